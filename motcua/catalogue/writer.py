"""Rows of the catalogue, set-wise: one procedure or a whole catalogue are written by the same code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from psycopg.types.range import DateRange

from motcua.catalogue import state
from motcua.catalogue.models import (
    ChannelRule,
    Decision,
    Domain,
    FeeRule,
    PaperRule,
    Procedure,
    ProcedureVersion,
    ResultRule,
)
from motcua.catalogue.planning import Change
from motcua.catalogue.records import slug_code
from motcua.ledger import sql
from motcua.rules import vietnamese

UNSORTED = "Chưa phân lĩnh vực"
_CLOSE = """
UPDATE catalogue_procedureversion v SET valid = daterange(lower(v.valid), c.until)
FROM unnest(%s::int[], %s::date[]) AS c(id, until) WHERE v.id = c.id
"""


def reserve(model: type[Any], many: int) -> list[int]:
    """Ids of rows to come, so that rows can name each other and the ledger can name them."""
    query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS id FROM generate_series(1, %s)"
    return [row["id"] for row in sql.fetch(query, [model._meta.db_table, many])]


def decision(values: Mapping[str, Any]) -> int:
    """Write a decision; its number tells every process that what it kept of the catalogue is old."""
    [new] = reserve(Decision, 1)
    sql.insert(Decision, [{"id": new, **values}])
    return new


def versions(changes: Sequence[Change], decision_id: int) -> dict[int, Change]:
    """Write the versions of a plan under a decision; returns them by procedure."""
    fields = _domains(change.content.domain for change in changes)
    before = [change for change in changes if change.known]
    sql.execute(
        _CLOSE, [[c.known.version_id for c in before if c.known], [c.since for c in before]]
    )
    owners = _procedures(changes)
    ids = reserve(ProcedureVersion, len(changes))
    sql.insert(
        ProcedureVersion,
        [
            _version(change, new, owner, decision_id, fields)
            for change, new, owner in zip(changes, ids, owners, strict=True)
        ],
    )
    _rules(dict(zip(ids, changes, strict=True)))
    return dict(zip(owners, changes, strict=True))


def _domains(names: Iterable[str]) -> dict[str, int]:
    """Ids of the fields named, by key; those not known yet are written."""
    known = state.domains()
    missing = {domain_key(name): name or UNSORTED for name in names}
    missing = {key: name for key, name in missing.items() if key not in known}
    ids = reserve(Domain, len(missing))
    rows = zip(ids, missing.items(), strict=True)
    sql.insert(Domain, [{"id": new, "key": key, "name": name} for new, (key, name) in rows])
    return known | dict(zip(missing, ids, strict=True))


def domain_key(name: str) -> str:
    """The key of a field of administration: names that differ only in spelling are one."""
    return slug_code(name or UNSORTED)


def _procedures(changes: Sequence[Change]) -> list[int]:
    new = [change for change in changes if change.known is None]
    ids = reserve(Procedure, len(new))
    sql.insert(
        Procedure,
        [
            {"id": made, "source": change.content.source, "code": change.content.code}
            for made, change in zip(ids, new, strict=True)
        ],
    )
    fresh = iter(ids)
    return [change.known.procedure_id if change.known else next(fresh) for change in changes]


def _version(
    change: Change, new: int, owner: int, decision_id: int, fields: Mapping[str, int]
) -> dict[str, Any]:
    content = change.content
    return {
        "id": new,
        "procedure_id": owner,
        "decision_id": decision_id,
        "valid": days(change.since),
        "name": content.name,
        "folded_name": vietnamese.fold(content.name),
        "domain_id": fields[domain_key(content.domain)],
        "levels": [level.value for level in content.levels],
        "applicant_kinds": list(content.applicant_kinds),
        "online_level": content.online_level.value,
        "content": content.to_json(),
        "content_digest": change.digest,
    }


def days(since: date, until: date | None = None) -> DateRange:
    """The half-open range of days a row is valid."""
    return DateRange(since, until)


def _rules(made: Mapping[int, Change]) -> None:
    channels = [(version, rule) for version, c in made.items() for rule in c.content.channels]
    ids = reserve(ChannelRule, len(channels))
    sql.insert(
        ChannelRule,
        [
            {
                "id": new,
                "version_id": version,
                "channel": int(rule.channel),
                "limit_amount": rule.limit.amount if rule.limit else None,
                "limit_unit": rule.limit.unit.value if rule.limit else "",
                "limit_text": rule.limit_text,
                "note": rule.note,
            }
            for new, (version, rule) in zip(ids, channels, strict=True)
        ],
    )
    sql.insert(
        FeeRule,
        [
            {
                "channel_id": new,
                "position": position,
                "amount": fee.amount,
                "text": fee.text,
                "note": fee.note,
            }
            for new, (_, rule) in zip(ids, channels, strict=True)
            for position, fee in enumerate(rule.fees)
        ],
    )
    sql.insert(PaperRule, list(_papers(made)))
    sql.insert(
        ResultRule,
        [
            {"version_id": version, "position": position, "code": rule.code, "name": rule.name}
            for version, change in made.items()
            for position, rule in enumerate(change.content.results)
        ],
    )


def _papers(made: Mapping[int, Change]) -> Iterator[dict[str, Any]]:
    for version, change in made.items():
        for position, rule in enumerate(change.content.papers):
            yield {
                "version_id": version,
                "position": position,
                "case": rule.case,
                "name": rule.name,
                "originals": rule.originals,
                "copies": rule.copies,
                "quantity_sure": rule.quantity_sure,
                "form_file": rule.form_file,
                "replaced_by": rule.replaced_by_result_code,
            }
