"""Results on their way out through the desk's pages: the whole way of one, and what each page refuses."""

import pytest

from motcua.dossiers.models import Attachment, Dossier, Issue, ResultDraft
from motcua.dossiers.tests.conftest import later
from motcua.journeys import hands
from motcua.journeys.tests import keys
from motcua.ledger import sql
from motcua.rules.actor import Role


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    settings.BLOBS, settings.CERTIFICATES = tmp_path / "kho", tmp_path / "khoa"
    settings.BLOBS.mkdir()
    settings.PAPERS, settings.SOFFICE, settings.TRUST = "", "", None
    monkeypatch.setattr(hands, "sound", lambda *args: True)


@pytest.fixture
def dossier(world):
    return world.accepted().id


def give_keys(desk, folder):
    """The leader's key and the agency's seal."""
    leader = desk.officer(Role.LEADER)
    of = {"unit_id": desk.world.department, "account_id": leader.account_id}
    keys.key(folder, f"leader-{desk.world.department}", leader.name, **of)
    keys.key(folder, "so-a", "Cơ quan so-a", unit_id=desk.world.department, account_id=None)
    desk.officer(Role.REGISTRY)


def approved(desk, dossier, role=Role.LEADER):
    """Drafted, submitted, handed on and approved, each on its page; the leader stands at the desk."""
    desk.standing(desk.officer(Role.OFFICER), later(1))
    desk.post(f"ho-so/{dossier}/du-thao/", template="quyet-dinh")
    draft = ResultDraft.objects.get(dossier_id=dossier)
    at = f"ho-so/{dossier}/du-thao/{draft.id}/"
    assert desk.post(f"{at}trinh/", version=1).status_code == 302
    assert desk.act(dossier, "chuyen").status_code == 302
    desk.standing(desk.officer(role), later(1))
    assert desk.post(f"{at}duyet/", version=1).status_code == 302
    return at


def test_from_the_draft_to_the_hand_over_each_at_his_own_page(desk, dossier, settings):
    give_keys(desk, settings.CERTIFICATES)
    at = approved(desk, dossier)
    issue = Issue.objects.get()
    here = f"ho-so/{dossier}/phat-hanh/{issue.id}/"
    assert here in desk.get(at).content.decode()
    assert desk.get(f"{here}tep/trinh-ky/").status_code == 200
    with sql.counted() as sent:
        page = desk.get("cho-ky/")
    assert len(sent) <= 8 and issue.title in page.content.decode()
    done = desk.post("cho-ky/", **{"van-ban": str(issue.id)})
    assert "Đã ký số" in done.content.decode()
    assert "ghi-ket-qua" not in desk.get(f"ho-so/{dossier}/").content.decode()
    desk.standing(desk.officer(Role.REGISTRY), later(1))
    assert "ghi-ket-qua" not in desk.get(f"ho-so/{dossier}/").content.decode()
    waiting = desk.get("van-thu/").content.decode()
    assert "chưa cấp" in waiting
    done = desk.post("van-thu/", **{"van-ban": str(issue.id)})
    assert "phát hành" in done.content.decode()
    assert desk.post(f"{here}dong-dau/").status_code in (409, 422)
    assert Dossier.objects.get(id=dossier).status == 9
    with sql.counted() as sent:
        page = desk.get(here)
    assert len(sent) <= 30 and "Đã phát hành, còn hiệu lực" in page.content.decode()
    assert "01/QĐ-CQS" in desk.get("van-thu/so/").content.decode()
    desk.standing(desk.officer(Role.CLERK), later(2))
    file = Attachment.objects.get()
    assert f"{file.id}" in desk.get(f"ho-so/{dossier}/").content.decode()
    handed = desk.act(
        dossier,
        "tra-ket-qua",
        recipient="Nguyễn Thị Lam",
        identity="040190000001",
        method="counter",
    )
    assert handed.status_code == 302
    assert Dossier.objects.get(id=dossier).status == 10


def test_it_is_revoked_and_the_old_file_stays_to_be_read(desk, dossier, settings):
    give_keys(desk, settings.CERTIFICATES)
    approved(desk, dossier)
    issue = Issue.objects.get()
    here = f"ho-so/{dossier}/phat-hanh/{issue.id}/"
    assert desk.post(f"{here}ky/").status_code == 302
    desk.standing(desk.officer(Role.REGISTRY), later(1))
    assert desk.post(f"{here}dong-dau/").status_code == 302
    assert desk.post(f"{here}de-nghi-thu-hoi/", reason="").status_code == 422
    said = {"reason": "Cấp sai", "replacement": "99/QĐ-CQS"}
    unknown = desk.post(f"{here}de-nghi-thu-hoi/", **said)
    assert "không có kết quả đang có hiệu lực" in unknown.content.decode()
    assert desk.post(f"{here}de-nghi-thu-hoi/", reason="Cấp sai").status_code == 302
    assert "chờ lãnh đạo quyết định" in desk.get(here).content.decode()
    desk.standing(desk.officer(Role.LEADER), later(2))
    page = desk.get(here)
    revocation = page.context["waiting"]["id"]
    assert desk.post(f"{here}giu-nguyen/", revocation=revocation, answer="").status_code == 422
    assert desk.post(f"{here}thu-hoi/", revocation=revocation).status_code == 302
    assert "Đã thu hồi" in desk.get(here).content.decode()
    assert desk.get(f"{here}tep/phat-hanh/").status_code == 200
    assert desk.get(f"{here}tep/khong-co/").status_code == 404
    assert desk.post(f"{here}khong-co/").status_code == 404


def test_a_number_is_voided_and_an_issue_stopped_with_the_reason(desk, dossier, settings, world):
    give_keys(desk, settings.CERTIFICATES)
    at = approved(desk, dossier)
    issue = Issue.objects.get()
    here = f"ho-so/{dossier}/phat-hanh/{issue.id}/"
    desk.post(f"{here}ky/")
    (settings.CERTIFICATES / "so-a.p12").unlink()
    desk.standing(desk.officer(Role.REGISTRY), later(1))
    left = desk.post("van-thu/", **{"van-ban": str(issue.id)})
    assert "Có văn bản chưa làm được" in left.content.decode()
    assert Issue.objects.get().stage == "signed"
    assert "chưa có số" in desk.post(f"{here}huy-so/", reason="Nhầm").content.decode()
    assert desk.post(f"{here}dung/", reason=" ").status_code == 422
    assert desk.post(f"{here}dung/", reason="Sai tên").status_code == 302
    assert "Sai tên" in desk.get(at).content.decode()
    nothing = desk.post("van-thu/")
    assert nothing.status_code == 200
    desk.standing(desk.officer(Role.OFFICER, unit=world.other_department), later(1))
    assert desk.get(here).status_code == 404
    assert desk.get("van-thu/so/").status_code == 403
    assert desk.get("cho-ky/").status_code == 200


def test_where_the_leader_comes_without_a_key_he_is_told_and_may_stop(desk, dossier, settings):
    give_keys(desk, settings.CERTIFICATES)
    (settings.CERTIFICATES / f"leader-{desk.world.department}.p12").unlink()
    at = approved(desk, dossier)
    issue = Issue.objects.get()
    said = desk.post(f"ho-so/{dossier}/phat-hanh/{issue.id}/ky/")
    assert "Chưa có chứng thư số" in said.content.decode()
    assert (
        desk.post(f"ho-so/{dossier}/phat-hanh/{issue.id}/dung/", reason="Ký giấy").status_code
        == 302
    )
    assert "Đưa vào ký số" not in desk.get(at).content.decode()


def test_what_was_approved_before_it_could_be_signed_is_made_ready_later(desk, dossier, settings):
    at = approved(desk, dossier)
    assert not Issue.objects.exists()
    assert "Đưa vào ký số" not in desk.get(at).content.decode()
    give_keys(desk, settings.CERTIFICATES)
    assert "Đưa vào ký số" in desk.get(at).content.decode()
    assert desk.post(f"{at}ky-so/", version=1).status_code == 302
    assert Issue.objects.get().stage == "prepared"
