"""Signatures of a dossier's files on the desk's pages: in words, with whose the certificate is."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from motcua.desk.tests.test_browser import HOST, complaints, opened
from motcua.desk.tests.test_browser_results import looked_at
from motcua.desk.tests.test_scans import attached, upload
from motcua.dossiers import issued, scan_folder
from motcua.dossiers.issued import Issued
from motcua.dossiers.models import Capture
from motcua.dossiers.tests.conftest import NINE
from motcua.files import certificates, signers
from motcua.files.certificates import Held, Post
from motcua.files.models import Quarantined
from motcua.files.signers import Fault
from motcua.files.tests import samples, signed
from motcua.files.tests.authority import BORN, Authority
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.casework_issuing import Standing
from motcua.rules.signatures import judged
from motcua.rules.tests.test_signatures import GOOD

__all__ = ["complaints", "opened"]
TOKEN = "A1b2C3d4E5f6G7h8J9k0LmNp"


@pytest.fixture
def authority(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    made = Authority()
    settings.TRUST = tmp_path / "tin-cay"
    made.publish(settings.TRUST)
    made.issue(tmp_path, "lan", "Nguyễn Thị Lan")
    return made


@pytest.fixture
def paper(authority, tmp_path):
    return signed.sign(signed.blank(), tmp_path, "lan")


def test_a_signed_file_says_so_on_its_dossier_and_all_of_it_where_it_is_looked_at(desk, paper):
    clerk, dossier = desk.officer(Role.CLERK), desk.world.accepted().id
    file = attached(dossier, paper, "don.pdf")
    attached(dossier, samples.PDF, "ban-ve.pdf")
    page = desk.standing(clerk).get(f"ho-so/{dossier}/").content.decode()
    assert page.count("Có chữ ký số") == 1
    with sql.counted() as sent:
        shown = desk.get(f"ho-so/{dossier}/tep/{file}/xem/").content.decode()
    assert "Nguyễn Thị Lan" in shown
    assert "chưa rõ chứng thư có bị thu hồi hay không" in shown
    assert "không có trong sổ chứng thư số" in shown
    assert sum("files_" in statement for statement in sent) <= 4


@pytest.fixture
def issued_paper(monkeypatch, paper):
    """The paper is a result of ours that stands."""
    sha256 = hashlib.sha256(paper).hexdigest()
    one = Issued(TOKEN, Standing.VALID, "Giấy phép xây dựng", "Sở Xây dựng tỉnh Nghệ An",
                 "12/GPXD-SXD", date(2022, 11, 21), sha256)  # fmt: skip
    monkeypatch.setattr(issued, "by_token", {TOKEN: one}.get)
    monkeypatch.setattr(issued, "by_sha256", {sha256: one}.get)
    return paper


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_said_of_signatures_is_within_reach_of_everyone(
    desk, opened, complaints, issued_paper, width
):
    clerk, dossier = desk.officer(Role.CLERK), desk.world.accepted().id
    file = attached(dossier, issued_paper, "don.pdf")
    desk.standing(clerk)
    page = opened(f"ho-so/{dossier}/tep/{file}/xem/", width)
    page.get_by_text("Chữ ký số:").click()
    looked_at(page, complaints, width)
    page.goto(f"{HOST}/xac-minh/{TOKEN}/")
    assert page.get_by_text("Kết quả đang có hiệu lực").first.is_visible()
    looked_at(page, complaints, width)
    page.goto(f"{HOST}/xac-minh/")
    assert page.get_by_label("Tệp kết quả (PDF)").is_visible()
    looked_at(page, complaints, width)


def test_the_desk_and_the_scan_folder_turn_an_altered_file_away_and_keep_it(
    desk, paper, settings, tmp_path
):
    clerk, dossier = desk.officer(Role.CLERK), desk.world.accepted().id
    altered = signed.updated(paper)
    address = f"ho-so/{dossier}/so-hoa/"
    answer = desk.standing(clerk).post(address, viec="tai-len", tep=upload("a.pdf", altered))
    assert answer.status_code == 422
    assert "đã bị sửa sau khi ký số" in answer.content.decode()
    settings.SCAN_FOLDER = tmp_path / "quet"
    folder = settings.SCAN_FOLDER / organisations.unit(desk.world.desk).key
    folder.mkdir(parents=True)
    (folder / "b.pdf").write_bytes(altered)
    seen = scan_folder.sweep(scan_folder.Swept(), at=NINE)
    assert scan_folder.sweep(seen, at=NINE).refused == 1
    assert (folder / "khong-nhan" / "b.pdf").read_bytes() == altered
    assert "Hãy lấy lại tệp gốc" in (folder / "khong-nhan" / "b.pdf.vi-sao.txt").read_text()
    assert list(Quarantined.objects.values_list("name", "found")) == [
        ("a.pdf", "chữ ký số: altered"),
        ("b.pdf", "chữ ký số: altered"),
    ]
    assert not Capture.objects.exists()


def test_a_file_without_signatures_says_nothing_of_them(desk, authority):
    clerk, dossier = desk.officer(Role.CLERK), desk.world.accepted().id
    file = attached(dossier, samples.PDF, "ban-ve.pdf")
    shown = desk.standing(clerk).get(f"ho-so/{dossier}/tep/{file}/xem/").content.decode()
    assert "Chữ ký số" not in shown


def held(**changed):
    values = {
        "kind": "personal", "standing": "active", "standing_since": BORN, "account_id": 7,
        "unit_id": 1, "holder": "Trần Văn Minh", "agency": "Sở Xây dựng", "serial": "1f",
        "subject": "", "issuer": "", "fingerprint": "ab", "valid_from": BORN,
        "valid_until": BORN, "posts": (
            Post(1, "leader", "Giám đốc", 1, 1, date(2020, 1, 1), date(2022, 6, 1)),),
    }  # fmt: skip
    return Held(**values | changed)


def signature(**changed):
    facts = GOOD | {"claimed_at": "2022-03-01T02:00:00+00:00"} | changed
    return judged({"engine": "", "unreadable": "", "signatures": [facts]}).signatures[0]


@pytest.mark.parametrize(
    ("register", "signs", "fault"),
    [
        ({}, {}, None),
        ({}, {"claimed_at": "2022-07-01T02:00:00+00:00"}, Fault.NO_POST),
        ({"posts": ()}, {}, Fault.NO_POST),
        ({"account_id": None, "posts": ()}, {}, None),
        ({}, {"organisation": "Sở Y tế"}, Fault.OTHER_AGENCY),
        ({}, {"organisation": "sở xây dựng"}, None),
        ({}, {"organisation": ""}, None),
    ],
)
def test_a_signer_whose_post_does_not_match_is_found(monkeypatch, register, signs, fault):
    monkeypatch.setattr(certificates, "held", lambda _: held(**register))
    assert signers.of(signature(**signs)).fault == fault


def test_who_is_not_in_the_register_is_nobody_we_know(monkeypatch):
    monkeypatch.setattr(certificates, "held", lambda _: None)
    assert signers.of(signature()) is None
