"""The province's own door for filing online: open or closed on a day, and where one files instead."""

from __future__ import annotations

from datetime import date

from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal
from motcua.statutory.rule_kinds import FilingDoor
from motcua.statutory.rulesets import rule_set


def door(on: date) -> FilingDoor:
    """The door as it stands on a day (statutory data, by date)."""
    return rule_set("filing_door", on)


def to_file(actor: Actor, channel: Channel, on: date) -> None:
    """Raises dossier.filing_door_closed where a person files online on a day on which the province's portal
    takes nothing in. What comes in from another system has come through that system's door."""
    if channel is not Channel.ONLINE or actor.kind == "system":
        return
    found = door(on)
    if not found.is_open:
        params = {"since": found.valid_from, "instead": found.instead, "address": found.address}
        raise Refusal("dossier.filing_door_closed", params)
