"""`motcua import-units` says what it took, what it did not, and why."""

from __future__ import annotations

import json

import pytest

from motcua.run import cli

LIST = (
    "level,code,name,parent_code,valid_from,valid_to\n"
    "tinh,40,Tỉnh Nghệ An,,,\nhuyen,412,Thành phố Vinh,40,,\nxa,16001,Xã Lạc,499,,\n"
)


@pytest.fixture
def run(db, capsys, monkeypatch):
    monkeypatch.setattr(cli, "prepare", lambda needs: None)

    def said(*arguments):
        status = cli.main(["import-units", *map(str, arguments)])
        return status, capsys.readouterr()

    return said


def test_a_folder_is_taken_and_bad_lines_are_listed(run, tmp_path):
    (tmp_path / "a.csv").write_text(LIST, encoding="utf-8")
    status, said = run(tmp_path, "--json")
    *lines, last = said.out.splitlines()
    report = json.loads(last)
    assert status == 0
    assert "dòng 4: không tìm thấy đơn vị cấp trên mã 499" in lines[0]
    assert (report["read"], report["new"], report["changed"]) == (3, 2, 0)
    assert report["rejected"][0]["line"] == 4
    assert json.loads(run(tmp_path, "--json")[1].out.splitlines()[-1])["unchanged"] == 2


@pytest.mark.parametrize("name", ["", "khong-co.csv"])
def test_what_is_not_there_is_said(run, tmp_path, name):
    status, said = run(tmp_path / name)
    assert status == 1
    assert str(tmp_path) in said.err
