"""Signatures of files that come in: looked at apart, weighed, and kept as evidence."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from motcua.files import judging, operations, shelves, verification
from motcua.files.models import Blob, Quarantined, SignatureEvidence
from motcua.files.tests import samples, signed
from motcua.files.tests.authority import Authority
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import Actor, system
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Verdict, judged

SYSTEM = system("kiểm thử")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = Authority()
    made.folder = tmp_path_factory.mktemp("chung-thu")
    made.issue(made.folder, "lan", "Nguyễn Thị Lan")
    made.issue(made.folder, "cu", "Trần Văn Cũ", until=datetime.now(UTC) - timedelta(days=30))
    made.trust = tmp_path_factory.mktemp("tin-cay")
    made.publish(made.trust)
    return made


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, authority):
    settings.BLOBS = tmp_path / "files"
    settings.TRUST = authority.trust


@pytest.fixture(scope="module")
def paper(authority):
    return signed.sign(signed.blank(), authority.folder, "lan")


def refusal(content):
    with pytest.raises(Refusal) as refused:
        operations.keep([content], "giay.pdf", actor=SYSTEM, at=AT)
    return refused.value


# ---- judged -----------------------------------------------------------------------------------------


def test_a_signed_file_is_judged_by_the_roots_of_the_configuration(settings, paper):
    found = verification.judge_bytes(paper)
    assert found.verdict == Verdict.UNCONFIRMED, "nobody said whether it was revoked"
    one = found.signatures[0]
    assert (one.holder, one.field, one.level) == ("Nguyễn Thị Lan", "NguoiKy", "B-B")
    assert not one.stamped
    assert abs((one.signed_at - datetime.now(UTC)).total_seconds()) < 600
    settings.TRUST = None
    assert verification.judge_bytes(paper).verdict == Verdict.UNTRUSTED


def test_a_second_signature_leaves_the_first_good(authority, paper):
    both = signed.sign(paper, authority.folder, "lan", "CoQuan")
    found = verification.judge_bytes(both)
    assert [one.field for one in found.signatures] == ["NguoiKy", "CoQuan"]
    assert found.verdict == Verdict.UNCONFIRMED


def facts_of(path, trust=None):
    return judging.judge({"path": str(path), "trust": trust and str(trust), "answers": []})


@pytest.fixture(scope="module")
def corpus(shared_data):
    """The facts of each file of the corpus, by its name; its test authority is trusted."""
    folder = shared_data / "11_oracles" / "pades"
    return {
        file.name: facts_of(file, folder / "pyhanko_test_ca")
        for file in sorted(folder.glob("*.pdf"))
    }


def test_the_signatures_of_the_corpus_are_judged_as_the_oracle_says(shared_data, corpus):
    oracle = shared_data / "11_oracles" / "pades" / "expected_pyhanko_0.38.json"
    compared = 0
    for name, expected in json.loads(oracle.read_text()).items():
        assert bool(corpus[name]["unreadable"]) == ("error" in expected), name
        ours = {one["field"]: one for one in corpus[name]["signatures"]}
        for theirs in expected.get("signatures", ()):
            found = ours[theirs["field"]]
            if "error" in theirs:
                assert found["kind"] == "stamp", name
                continue
            compared += 1
            for word in ("intact", "valid"):
                assert found[word] == theirs[word], name
            assert found["digest"] == theirs["md"], name
            for word in ("coverage", "modification"):
                assert theirs[word].endswith(f".{found[word]}"), name
    assert compared > 40


ALTERED = (
    "dss__pdf-byterange-overlap",
    "dss__pdf-structtreeroot-changes",
    "dss__siwa",
    "pyhanko__coverage-anomalies__one-byterange",
    "pyhanko__coverage-anomalies__signature-gap-too-big",
    "pyhanko__coverage-anomalies__weird-byterange",
    "pyhanko__form-update-ap-indirect-sneaky-trailer",
    "pyhanko__form-update-override-appearance-stream-ap-indirect-sneaky",
    "pyhanko__form-update-override-appearance-stream-sneaky",
)
"""Where the oracle finds a change the signer did not allow, or a range that leaves something out."""


def test_what_was_changed_after_signing_is_altered_and_nothing_else_of_the_corpus_is(corpus):
    found = {name for name, facts in corpus.items() if judged(facts).verdict == Verdict.ALTERED}
    assert found == {f"{stem}.pdf" for stem in ALTERED}


def test_no_broken_pdf_takes_the_examiner_down(shared_data):
    start = time.monotonic()
    for file in sorted((shared_data / "11_oracles" / "pdf_robustness").glob("*.pdf")):
        assert not any(one.counts for one in judged(facts_of(file)).signatures), file.name
    assert time.monotonic() - start < 20


def test_a_loop_made_in_a_file_ends(shared_data):
    for name in ("dss__pades_infinite_loop", "dss__pades_opposite_infinite_loop"):
        found = verification.judge(shared_data / "11_oracles" / "pades" / f"{name}.pdf")
        assert found.verdict == Verdict.UNREADABLE


# ---- at the door ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_evidence_of_a_signed_file_is_kept_once(paper):
    kept = operations.keep([paper], "giay.pdf", actor=SYSTEM, at=AT)
    row = SignatureEvidence.objects.get(sha256=kept.sha256)
    assert (row.verdict, row.asked, row.at) == ("unconfirmed", 0, AT)
    assert row.facts["signatures"][0]["holder"] == "Nguyễn Thị Lan"
    operations.store_kept([kept], actor=SYSTEM, at=AT)
    operations.keep([paper], "giay.pdf", actor=SYSTEM, at=AT)
    assert SignatureEvidence.objects.count() == 1
    assert verification.of([kept.sha256])[kept.sha256].judgement.signatures[0].counts
    entry = Entry.objects.get(event="file.signatures_checked")
    assert "Lan" not in json.dumps(entry.fields, ensure_ascii=False)
    assert list(verify.breaks()) == []


@pytest.mark.django_db
def test_a_file_without_signatures_leaves_no_evidence_and_costs_no_second_look(monkeypatch):
    monkeypatch.setattr(verification, "facts", lambda *_: pytest.fail("looked at"))
    operations.keep([samples.PDF], "giay.pdf", actor=SYSTEM, at=AT)
    assert not SignatureEvidence.objects.exists()
    assert verification.of(["0" * 64]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [signed.updated, signed.bitten])
def test_a_file_altered_after_signing_is_refused_and_kept_apart_as_it_came(change, paper):
    changed = change(paper)
    refused = refusal(changed)
    assert refused.code == "file.altered"
    row = Quarantined.objects.get()
    assert (row.name, row.found) == ("giay.pdf", "chữ ký số: altered")
    assert shelves.quarantined(row.sha256).read_bytes() == changed
    assert not shelves.path_of(row.sha256).exists()
    assert not Blob.objects.exists()
    assert SignatureEvidence.objects.get().verdict == "altered"
    assert Entry.objects.filter(event="file.turned_away").exists()


@pytest.mark.django_db
def test_nobody_at_all_brings_no_evidence(paper):
    nobody = Actor(account_id=None, kind="", name="")
    kept = shelves.keep([paper], "giay.pdf")
    with pytest.raises(Refusal) as refused:
        operations.witness([kept], actor=nobody, at=AT)
    assert refused.value.code == "file.may_not"
    with pytest.raises(shelves.Distrusted) as distrusted:
        shelves.keep([signed.bitten(paper)], "giay.pdf")
    with pytest.raises(Refusal) as refused:
        operations.turn_away(distrusted.value, actor=nobody, at=AT)
    assert refused.value.code == "file.may_not"


@pytest.mark.django_db
def test_a_signature_by_a_certificate_that_had_ended_is_refused(authority):
    refused = refusal(signed.sign(signed.blank(), authority.folder, "cu"))
    assert refused.code == "file.signed_out_of_time"
    assert refused.params["holder"] == "Trần Văn Cũ"
    assert refused.params["until"] < datetime.now(UTC).date()


@pytest.mark.django_db
def test_a_file_too_hard_to_judge_is_taken_in_as_one_nobody_could_read(monkeypatch, paper):
    def too_hard(*_):
        raise Refusal("file.too_hard", {"name": ""})

    monkeypatch.setattr("motcua.files.bounded.judge", too_hard)
    kept = operations.keep([paper], "giay.pdf", actor=SYSTEM, at=AT)
    assert verification.of([kept.sha256])[kept.sha256].judgement.verdict == Verdict.UNREADABLE
