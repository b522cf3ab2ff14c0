"""What a certificate may do at a moment, and when its end is warned of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from motcua.rules import certificates
from motcua.rules.certificates import Registered, Standing
from motcua.rules.refusal import Refusal

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
PERSONAL = Registered(Standing.ACTIVE, AT - timedelta(days=1), AT + timedelta(days=1), 5, 9)
AGENCY = replace(PERSONAL, account_id=None)


def signs(found, account_id=None, unit_id=None, at=AT):
    return certificates.to_sign(found, account_id=account_id, unit_id=unit_id, at=at)


def test_a_persons_signs_for_the_person_and_an_agencys_for_the_agency():
    assert signs(PERSONAL, account_id=5) == PERSONAL
    assert signs(AGENCY, unit_id=9) == AGENCY


@pytest.mark.parametrize(
    ("found", "account_id", "unit_id", "code"),
    [
        (None, 5, None, "not_registered"),
        (replace(PERSONAL, standing=Standing.REQUESTED), 5, None, "not_registered"),
        (PERSONAL, 6, None, "not_yours"),
        (PERSONAL, None, 9, "not_yours"),
        (AGENCY, 5, None, "not_yours"),
        (AGENCY, None, 8, "not_yours"),
        (replace(PERSONAL, standing=Standing.REVOKED), 5, None, "revoked"),
        (replace(PERSONAL, standing=Standing.LOST), 5, None, "lost"),
        (replace(AGENCY, standing=Standing.LOCKED), None, 9, "locked"),
    ],
)
def test_it_signs_for_nobody_else_and_in_no_other_state(found, account_id, unit_id, code):
    with pytest.raises(Refusal) as refused:
        signs(found, account_id, unit_id)
    assert refused.value.code == f"certificate.{code}"


def test_it_signs_from_its_first_moment_to_its_last():
    assert signs(PERSONAL, 5, at=PERSONAL.valid_from) and signs(
        PERSONAL, 5, at=PERSONAL.valid_until
    )
    moment = timedelta(microseconds=1)
    with pytest.raises(Refusal, match="not_yet"):
        signs(PERSONAL, 5, at=PERSONAL.valid_from - moment)
    with pytest.raises(Refusal, match="expired"):
        signs(PERSONAL, 5, at=PERSONAL.valid_until + moment)


@pytest.mark.parametrize(
    ("days", "warned", "said"),
    [
        (61, None, None), (60, None, 60), (31, 60, None), (30, 60, 30), (8, 30, None), (7, 30, 7),
        (1, 7, None), (3, None, 7), (20, None, 30), (0, 30, None), (-1, 7, None), (60, 7, None),
    ],
)  # fmt: skip
def test_its_end_is_warned_of_once_at_60_30_and_7_days(days, warned, said):
    assert certificates.warning(AT + timedelta(days=days), warned, AT) == said
