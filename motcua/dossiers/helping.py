"""Who took in for whom: the desk, the agency that answers, and the agency that sent the officer to the desk
(NĐ 61/2018 Đ10–11: officers at a centre are seconded from their agencies)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.dossiers import policies_trust
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.worktime import ZONE


@dataclass(frozen=True, slots=True)
class Helped:
    """So many dossiers taken in at a desk for an agency, by officers of a home agency (none: its own)."""

    desk_id: int
    accountable_id: int
    home_id: int | None
    dossiers: int

    @property
    def for_another(self) -> bool:
        """Whether the desk took in for an agency other than its own and than its officer's."""
        desks = {organisations.agency_of(self.desk_id), self.home_id}
        return self.accountable_id not in desks


def helped(actor: Actor, since: date, until: date) -> Sequence[Helped]:
    """What desks took in between two days (both included), by agency and home, the most first.

    Raises dossier.may_not.
    """
    policies_trust.to_see_signals(actor)
    begins, ends = (
        datetime.combine(on, time.min, ZONE) for on in (since, until + timedelta(days=1))
    )
    rows = sql.fetch(HELPED, [begins, ends, actor.training], prepare=False)
    return [Helped(**row) for row in rows]


HELPED = """
SELECT d.received_by_id AS desk_id, d.accountable_id, home.agency_id AS home_id, count(*) AS dossiers
FROM dossiers_dossier d
LEFT JOIN LATERAL (SELECT account_id, post_id FROM ledger_entry WHERE subject_id = d.id
    AND subject_kind = 'dossier' AND event = 'dossier.accepted' LIMIT 1) e ON TRUE
LEFT JOIN people_postheld h ON h.account_id = e.account_id AND h.post_id = e.post_id
    AND h.valid @> (d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
LEFT JOIN organisations_unit home ON home.id = h.home_unit_id
WHERE d.received_at >= %s AND d.received_at < %s AND d.accepted_at IS NOT NULL AND d.training = %s
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2
"""
