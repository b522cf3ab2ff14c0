"""The acts upon signatures of files: what was found is kept, what is worth nothing is turned away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.files import events, policies, verification
from motcua.files.models import SignatureEvidence
from motcua.files.operations.quarantines import apart
from motcua.files.shelves import Distrusted, Kept
from motcua.ledger.acts import Act, act
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.signatures import Judgement, Verdict, judged

AGAIN = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
"""How long after each question without an answer the authorities are asked again; then no more."""
OPEN = frozenset({Verdict.UNCONFIRMED, Verdict.UNTRUSTED})
"""What an answer of the authorities can still make better or worse."""


def turn_away(distrusted: Distrusted, *, actor: Actor, at: datetime) -> None:
    """Record that a signed file was not taken in and lies apart as it came: who brought it, when, and what
    is wrong with its signature, with the evidence."""
    policies.to_bring(actor)
    came, found = distrusted.came, distrusted.judgement.verdict
    with act(events.TURNED_AWAY, actor=actor, at=at) as a:
        turned_id = apart(a, came, f"chữ ký số: {found}", actor)
        a.insert(SignatureEvidence, [_row(came.sha256, came.seen, found, a.at)])
        a.about("quarantined_file", turned_id, {"sha256": came.sha256, "found": str(found)})


def witness(kept: Sequence[Kept], *, actor: Actor, at: datetime) -> None:
    """Keep the evidence of the signatures found as files came in; what is known already is not kept twice."""
    signed = {one.sha256: one.seen for one in kept if one.seen}
    if not signed:
        return
    policies.to_bring(actor)
    known = verification.of(signed)
    found = {sha256: judged(seen) for sha256, seen in signed.items()}
    new = [one for one in signed if one not in known or known[one].says_less_than(found[one])]
    if new:
        with act(events.SIGNATURES_CHECKED, actor=actor, at=at) as a:
            _keep(
                a,
                [
                    _row(one, signed[one], found[one].verdict, a.at, ask_at=_first(found[one]))
                    for one in new
                ],
            )


def confirm_signatures(
    *, sha256: str, seen: Mapping[str, Any], asked: int, answered: bool, actor: Actor, at: datetime
) -> Judgement:
    """Keep what was found of a file's signatures after the authorities were asked the `asked`-th time.

    Only the system asks. Without an answer it will ask again, later each time. Raises file.may_not.
    """
    policies.to_ask(actor)
    judgement = judged(seen)
    again = judgement.verdict in OPEN and not answered and asked <= len(AGAIN)
    ask_at = judgement.at + AGAIN[asked - 1] if again and judgement.at else None
    with act(events.SIGNATURES_CONFIRMED, actor=actor, at=at) as a:
        _keep(a, [_row(sha256, seen, judgement.verdict, a.at, asked=asked, ask_at=ask_at)])
    return judgement


def _first(found: Judgement) -> datetime | None:
    """When to ask for the first time: at once, by the real clock, where there is something to ask."""
    return found.at if found.verdict in OPEN else None


def _keep(a: Act, rows: Sequence[dict[str, Any]]) -> None:
    a.insert(SignatureEvidence, rows)
    for row in rows:
        said = {
            "sha256": row["sha256"],
            "verdict": row["verdict"],
            "engine": row["facts"]["engine"],
            "signatures": len(row["facts"]["signatures"]),
            "asked": row["asked"],
        }
        a.about("signature_evidence", row["id"], said)


def _row(
    sha256: str,
    seen: Mapping[str, Any],
    verdict: Verdict | None,
    at: datetime,
    *,
    asked: int = 0,
    ask_at: datetime | None = None,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "sha256": sha256,
        "verdict": str(verdict),
        "facts": dict(seen),
        "covered": [one["covered"] for one in seen["signatures"] if one["covered"]],
        "asked": asked,
        "ask_at": ask_at if seen.get("questions") else None,
        "at": at,
    }
