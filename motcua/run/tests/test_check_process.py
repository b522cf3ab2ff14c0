from motcua.rules.bpmn_chain import Step, chain
from motcua.run import cli

WRONG = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p">
<startEvent id="s"/><userTask id="a" name="Th\xe1\xbb\xa5 l\xc3\xbd"/><userTask id="b" name="L\xe1\xba\xa1c"/>
<endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="a"/>
<sequenceFlow id="g" sourceRef="b" targetRef="e"/></process></definitions>"""


def check(tmp_path, content, capsys):
    file = tmp_path / "quy-trinh.bpmn"
    file.write_bytes(content)
    status = cli.main(["check-process", str(file)])
    return status, capsys.readouterr().out


def test_a_dead_end_and_an_unreachable_step_are_named(tmp_path, capsys):
    status, said = check(tmp_path, WRONG, capsys)
    assert status == 1
    assert "Sai – Thụ lý" in said and "Sai – Lạc" in said


def test_a_good_process_has_nothing_wrong(tmp_path, capsys):
    steps = (
        Step("Thụ lý", "accountable", "officer", 2),
        Step("Trả", "received_by", "clerk", 1, "hand_over"),
    )
    status, said = check(tmp_path, chain("Cấp giấy", steps), capsys)
    assert (status, said.startswith("0 chỗ sai")) == (0, True)


def test_hostile_files_are_refused_not_read(tmp_path, capsys):
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>'
    assert check(tmp_path, bomb, capsys)[0] == 1
    assert check(tmp_path, b"", capsys)[0] == 1
