import io

import pypdf
import pytest

from motcua.dossiers.models import Slip
from motcua.ledger import sql
from motcua.rules.actor import Role


def words(response):
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_the_control_slip_opens_from_the_dossiers_page(desk, world):
    done = world.accepted()
    page = desk.standing(desk.officer(Role.CLERK)).get(desk.page_of(done.id))
    assert f"ho-so/{done.id}/phieu-kiem-soat/" in page.content.decode()
    slip = desk.get(f"ho-so/{done.id}/phieu-kiem-soat/")
    assert slip.headers["Content-Type"] == "application/pdf"
    assert slip.headers["Cache-Control"] == "private, no-store"
    assert done.code in words(slip)


def test_both_copies_of_the_receipt_are_printed_at_once(desk, world):
    done = world.accepted()
    slip = Slip.objects.get(dossier_id=done.id)
    desk.standing(desk.officer(Role.CLERK))
    both = words(desk.get(f"ho-so/{done.id}/phieu/{slip.id}/", lien="ca-hai"))
    assert "Liên 1" in both
    assert "Liên 2" in both


def test_the_register_of_the_desk_is_on_the_page_as_pdf_and_as_a_table(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.CLERK))
    page = desk.get("so-theo-doi/")
    assert done.code in page.content.decode()
    pdf = desk.get("so-theo-doi/", dang="pdf")
    assert "SỔ THEO DÕI HỒ SƠ" in words(pdf)
    table = desk.get("so-theo-doi/", dang="csv").content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("STT,Mã hồ sơ,")
    assert done.code in table


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "22/11/2022", "until": "21/11/2022"}, "trước ngày bắt đầu"),
        ({"since": "01/01/2020", "until": "21/11/2022"}, "không quá một năm"),
        ({"since": "31/02/2022"}, "Ngày chưa đúng"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_words(desk, world, asked, said):
    desk.standing(desk.officer(Role.CLERK))
    page = desk.get("so-theo-doi/", **asked)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_an_officer_of_an_agency_has_no_register(desk, world):
    world.accepted()
    page = desk.standing(desk.officer(Role.OFFICER)).get("so-theo-doi/")
    assert "Không có sổ nào" in page.content.decode()


def test_the_register_costs_the_same_however_many_dossiers_it_holds(desk, world):
    desk.standing(desk.officer(Role.CLERK))

    def cost():
        desk.get("so-theo-doi/")
        with sql.counted() as sent:
            desk.get("so-theo-doi/")
        return len(sent)

    world.accepted()
    one = cost()
    for _ in range(4):
        world.accepted()
    assert cost() == one <= 8


def test_the_forms_of_a_day_are_shown_with_their_law_and_a_sample_each(desk, world):
    desk.standing(desk.officer(Role.OFFICER))
    then, now = desk.get("mau-giay/", on="21/11/2022"), desk.get("mau-giay/", on="01/07/2025")
    assert len(then.context["forms"]) == 6
    assert len(now.context["forms"]) == 7
    assert "Thông tư 03/2025/TT-VPCP" in now.content.decode()
    assert "THÔNG BÁO DỪNG" in words(desk.get("mau-giay/stop/", on="01/07/2025"))
    assert desk.get("mau-giay/stop/", on="30/06/2025").status_code == 404
    assert desk.get("mau-giay/", on="40/13/2025").status_code == 422
