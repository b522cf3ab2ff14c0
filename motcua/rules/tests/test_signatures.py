"""What a signature is worth, from what was found of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motcua.rules.signatures import REFUSED, Entered, Verdict, judged, registered, weigh

GOOD = {
    "kind": "signature", "field": "NguoiKy", "problem": "", "intact": True, "valid": True,
    "coverage": "ENTIRE_FILE", "modification": "NONE", "allowed": True, "digest": "sha256",
    "subfilter": "/ETSI.CAdES.detached", "holder": "Trần Văn Minh", "organisation": "Sở Xây dựng",
    "title": "Giám đốc", "issuer": "CA", "serial": "1f", "fingerprint": "ab", "valid_from": "",
    "valid_to": "", "claimed_at": "2022-11-21T02:00:00+00:00", "stamped_at": "", "stamp": "",
    "level": "B-B", "chain": "trusted", "revocation": "good", "revoked_at": "", "covered": "",
}  # fmt: skip
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
LATER = datetime(2022, 12, 1, 2, 0, tzinfo=UTC)


def file_of(*signatures, unreadable=""):
    return judged({"engine": "x", "unreadable": unreadable, "signatures": list(signatures)})


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({}, Verdict.VALID),
        ({"revocation": "unknown"}, Verdict.UNCONFIRMED),
        ({"coverage": "ENTIRE_REVISION", "modification": "FORM_FILLING"}, Verdict.VALID),
        ({"intact": False}, Verdict.ALTERED),
        ({"valid": False}, Verdict.ALTERED),
        ({"allowed": False}, Verdict.ALTERED),
        ({"coverage": "UNCLEAR"}, Verdict.ALTERED),
        ({"coverage": "CONTIGUOUS_BLOCK_FROM_START"}, Verdict.ALTERED),
        ({"modification": "OTHER"}, Verdict.ALTERED),
        ({"stamp": "broken"}, Verdict.ALTERED),
        ({"stamp": "untrusted"}, Verdict.VALID),
        ({"chain": "untrusted"}, Verdict.UNTRUSTED),
        ({"chain": "expired"}, Verdict.EXPIRED),
        ({"chain": "expired_since"}, Verdict.UNPROVEN),
        ({"chain": "revoked"}, Verdict.REVOKED),
        ({"digest": "sha1"}, Verdict.WEAK),
        ({"problem": "ValueError"}, Verdict.UNREADABLE),
        ({"chain": "revoked", "intact": False}, Verdict.ALTERED),
    ],
)
def test_a_signature_is_worth_what_was_found_of_it(found, verdict):
    assert weigh(GOOD | found) == verdict


def test_a_file_is_worth_its_worst_signature():
    assert file_of(GOOD, GOOD | {"chain": "untrusted"}, GOOD).verdict == Verdict.UNTRUSTED
    assert file_of(GOOD | {"intact": False}, GOOD).verdict == Verdict.ALTERED
    assert file_of(GOOD).worst.verdict == Verdict.VALID


def test_what_nobody_signed_after_is_a_change_even_where_a_form_was_filled():
    before = GOOD | {"coverage": "ENTIRE_REVISION", "modification": "FORM_FILLING"}
    assert file_of(before, GOOD).verdict == Verdict.VALID
    assert file_of(before).verdict == Verdict.ALTERED
    kept = GOOD | {"coverage": "ENTIRE_REVISION", "modification": "LTA_UPDATES"}
    assert file_of(kept).verdict == Verdict.VALID


def test_a_time_stamp_of_the_file_counts_as_the_end_and_is_no_signature():
    before = GOOD | {"coverage": "ENTIRE_REVISION", "modification": "FORM_FILLING"}
    found = file_of(before, GOOD | {"kind": "stamp", "chain": "untrusted"})
    assert (found.verdict, len(found.signatures)) == (Verdict.VALID, 1)
    broken = file_of(before, GOOD | {"kind": "stamp", "problem": "KeyError"})
    assert broken.verdict == Verdict.UNREADABLE


def test_a_file_that_cannot_be_read_is_never_good():
    assert file_of(unreadable="PdfError").verdict == Verdict.UNREADABLE
    assert file_of(GOOD, unreadable="PdfError").verdict == Verdict.UNREADABLE
    assert file_of().verdict == Verdict.UNREADABLE
    nothing = judged({})
    assert (nothing.is_signed, nothing.refused, nothing.worst) == (False, False, None)


def test_only_what_proves_a_fault_is_refused():
    assert {Verdict.ALTERED, Verdict.EXPIRED, Verdict.REVOKED} == REFUSED


def test_the_register_confirms_a_certificate_of_ours():
    found = file_of(GOOD | {"revocation": "unknown"})
    assert registered(found, {"ab": Entered(good=True)}, seen_at=AT).verdict == Verdict.VALID
    assert registered(found, {}, seen_at=AT) == found


@pytest.mark.parametrize(
    ("stamped_at", "seen_at", "verdict"),
    [
        ("", LATER, Verdict.REVOKED),
        ("", AT, Verdict.UNCONFIRMED),
        ("2022-11-20T02:00:00+00:00", LATER, Verdict.UNCONFIRMED),
        ("2022-11-25T02:00:00+00:00", LATER, Verdict.REVOKED),
    ],
)
def test_what_was_taken_back_signed_nothing_that_is_not_known_to_be_older(
    stamped_at, seen_at, verdict
):
    found = file_of(GOOD | {"revocation": "unknown", "stamped_at": stamped_at})
    back = Entered(good=False, ended_at=datetime(2022, 11, 24, tzinfo=UTC))
    assert registered(found, {"ab": back}, seen_at=seen_at).verdict == verdict


def test_what_is_altered_stays_altered_whatever_the_register_says():
    found = file_of(GOOD | {"intact": False})
    back = Entered(good=False, ended_at=datetime(2022, 1, 1, tzinfo=UTC))
    assert registered(found, {"ab": back}, seen_at=AT).verdict == Verdict.ALTERED
    filled = file_of(GOOD | {"coverage": "ENTIRE_REVISION", "modification": "FORM_FILLING"})
    assert registered(filled, {"ab": Entered(good=True)}, seen_at=AT).verdict == Verdict.ALTERED
