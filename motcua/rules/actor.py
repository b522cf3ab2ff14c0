"""Who acts: one frozen value that every act and every fetch is asked with.

The doors build it (people.queries.actor_of); rules and rooms only read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a post is for (NĐ 61/2018 Đ10–12, Đ17–20; TT 01/2018 Đ6)."""

    CLERK = "clerk"
    CASHIER = "cashier"
    MAIL_CLERK = "mail_clerk"
    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"
    REGISTRY = "registry"
    DIRECTOR = "director"
    CONTROL_OFFICER = "control_officer"
    COMMITTEE_OFFICER = "committee_officer"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class May(StrEnum):
    """A capability: the right to one family of acts, within the actor's scope."""

    ACCEPT = "accept"
    PROCESS = "process"
    APPROVE = "approve"
    SIGN = "sign"
    REGISTER = "register"
    COLLECT = "collect"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    SEE_FIGURES = "see_figures"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_UNITS = "manage_units"
    OPERATE = "operate"


CAPABILITIES: Mapping[Role, frozenset[May]] = {
    Role.CLERK: frozenset({May.ACCEPT, May.PROCESS, May.HAND_OVER, May.COLLECT}),
    Role.CASHIER: frozenset({May.COLLECT}),
    Role.MAIL_CLERK: frozenset({May.ACCEPT, May.HAND_OVER}),
    Role.OFFICER: frozenset({May.PROCESS}),
    Role.HEAD: frozenset({May.PROCESS, May.APPROVE, May.ASSIGN, May.SEE_FIGURES}),
    Role.LEADER: frozenset({May.PROCESS, May.APPROVE, May.SIGN, May.SEE_FIGURES}),
    Role.REGISTRY: frozenset({May.PROCESS, May.REGISTER}),
    Role.DIRECTOR: frozenset({May.ACCEPT, May.HAND_OVER, May.ASSIGN, May.SEE_FIGURES}),
    Role.CONTROL_OFFICER: frozenset({May.SEE_FIGURES, May.MANAGE_CATALOGUE}),
    Role.COMMITTEE_OFFICER: frozenset({May.SEE_FIGURES, May.MANAGE_CATALOGUE}),
    Role.INSPECTOR: frozenset({May.SEE_FIGURES}),
    Role.ADMINISTRATOR: frozenset(
        {May.SEE_FIGURES, May.MANAGE_CATALOGUE, May.MANAGE_UNITS, May.OPERATE}
    ),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose dossiers may be seen: all, or those of these accountable agencies, or received at these
    desks, or about which these agencies were asked, or which came before these committees to be decided, or
    of this person. A right to figures is not a right to rows.

    `lent` are those of the units that a grant adds to what the post is for: what lies there is not the
    actor's own work, and a look at it needs a reason.
    """

    everything: bool = False
    accountable: frozenset[int] = frozenset()
    received_by: frozenset[int] = frozenset()
    consulted: frozenset[int] = frozenset()
    decides: frozenset[int] = frozenset()
    person_id: int | None = None
    lent: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def empty(self) -> bool:
        return not (
            self.everything
            or self.accountable
            or self.received_by
            or self.consulted
            or self.decides
            or self.person_id
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """An account, in the post it acts in, with what that post may do and see today.

    `units` are the units whose open work items are this actor's to take (the post's own unit);
    `on_behalf_of` is the account that delegated the post, where one did.
    """

    account_id: int | None
    kind: str
    name: str
    post_id: int | None = None
    role: Role | None = None
    title: str = ""
    unit_id: int | None = None
    agency_id: int | None = None
    units: frozenset[int] = frozenset()
    may: frozenset[May] = frozenset()
    sees: Scope = field(default_factory=Scope)
    on_behalf_of: int | None = None
    training: bool = False

    @property
    def is_officer(self) -> bool:
        return self.kind == "officer"

    @property
    def is_citizen(self) -> bool:
        return self.kind == "citizen"


ANONYMOUS = Actor(account_id=None, kind="anonymous", name="")


def system(name: str) -> Actor:
    """The system itself acting under a named duty (migration, example, nightly work)."""
    return Actor(
        account_id=None, kind="system", name=name, sees=Scope(everything=True), may=frozenset(May)
    )
