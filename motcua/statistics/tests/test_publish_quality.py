"""Publishing the quality of a quarter: sealed, by two persons, corrected by a new version, the old kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from motcua.ledger.models import Entry
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statistics import publishing
from motcua.statistics.errors import SENTENCES
from motcua.statistics.models import Publication
from motcua.statistics.operations import draft_quality, drop_quality, publish_quality
from motcua.statistics.tests.test_quality import ALL, QUARTER, finished

JANUARY = datetime(2023, 1, 5, 9, 0, tzinfo=ZONE)


def refused(code, call):
    with pytest.raises(Refusal) as found:
        call()
    assert found.value.code == code
    SENTENCES[code].format(**found.value.params)


@pytest.fixture
def two(world, account):
    finished(world)
    return tuple(replace(ALL, account_id=account(name), name=name) for name in ("mot", "hai"))


def draft(actor, **more):
    return draft_quality(period=QUARTER, actor=actor, at=JANUARY, **more)


def test_a_quarter_is_drafted_by_one_and_published_by_another(two):
    one, other = two
    made = draft(one)
    refused("quality.own_draft",
            lambda: publish_quality(publication_id=made, actor=one, at=JANUARY))  # fmt: skip
    publish_quality(publication_id=made, actor=other, at=JANUARY)
    found = publishing.version(QUARTER)
    assert (found.version, found.whole, found.made_by, found.published_by) == (
        1,
        True,
        "mot",
        "hai",
    )
    (unit,) = found.figures["units"]
    assert unit["dossiers"] == 1
    assert unit["grade"] in {"excellent", "good", "fair", "average", "weak"}
    entries = Entry.objects.filter(subject_kind="quality").order_by("subject_seq")
    assert [e.event for e in entries] == ["quality.drafted", "quality.published"]
    assert entries[0].fields["sha256"] == found.sha256


def test_what_is_sealed_stays_and_a_correction_is_a_new_version_with_its_reason(world, two):
    one, other = two
    publish_quality(publication_id=draft(one), actor=other, at=JANUARY)
    finished(world, 9)
    refused("quality.reason_missing", lambda: draft(one))
    corrected = draft(one, reason="Bổ sung hồ sơ nhập từ sổ giấy")
    assert publishing.version(QUARTER).version == 1
    publish_quality(publication_id=corrected, actor=other, at=JANUARY)
    assert publishing.version(QUARTER).figures["units"][0]["dossiers"] == 2
    first = publishing.version(QUARTER, 1)
    assert (first.figures["units"][0]["dossiers"], first.whole) == (1, True)
    assert [p.version for p in publishing.published()] == [2, 1]
    refused("quality.published",
            lambda: publish_quality(publication_id=corrected, actor=one, at=JANUARY))  # fmt: skip


def test_a_quarter_under_way_is_not_published(two):
    refused("quality.period_open",
            lambda: draft_quality(period=QUARTER, actor=two[0], at=JANUARY.replace(year=2022)))  # fmt: skip


def test_one_draft_of_a_period_at_a_time_and_a_dropped_one_gives_way(two):
    one, other = two
    made = draft(one)
    refused("quality.draft_waits", lambda: draft(other))
    assert [d.version for d in publishing.drafts(one)] == [1]
    drop_quality(publication_id=made, actor=one, at=JANUARY)
    draft(other)
    assert [d.version for d in publishing.drafts(one)] == [2]
    refused("quality.not_found", lambda: publishing.version(QUARTER))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_nobody_else_publishes(world, two, role):
    nobody = world.actor(role)
    made = draft(two[0])
    refused("quality.may_not", lambda: draft(nobody))
    refused("quality.may_not",
            lambda: publish_quality(publication_id=made, actor=nobody, at=JANUARY))  # fmt: skip
    refused("quality.may_not", lambda: publishing.drafts(nobody))


def test_the_same_figures_seal_to_the_same_bytes(two):
    assert publishing.content_of(two[0], QUARTER) == publishing.content_of(two[1], QUARTER)


def test_a_changed_content_is_seen(two):
    publish_quality(publication_id=draft(two[0]), actor=two[1], at=JANUARY)
    found = publishing.version(QUARTER)
    assert not replace(found, content=found.content.replace("1", "2")).whole
    assert Publication.objects.count() == 1
