"""Who may give the house a file, and who keeps the register of certificates. Who may read a file is the
question of the room that links it."""

from __future__ import annotations

from uuid import UUID

from motcua.files.models import Certificate
from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def to_store(actor: Actor) -> None:
    """Whoever is signed in, and the system itself; raises file.may_not."""
    if actor.account_id is None and actor.kind != "system":
        raise Refusal("file.may_not")


def to_bring(actor: Actor) -> None:
    """Whoever sends bytes may be told that they harm, and is recorded with them; raises file.may_not for
    nobody at all."""
    if not actor.kind:
        raise Refusal("file.may_not")


def to_ask(actor: Actor) -> None:
    """Only the system asks authorities about certificates; raises file.may_not."""
    if actor.kind != "system":
        raise Refusal("file.may_not")


def to_recognise(actor: Actor) -> None:
    """Only the system reads the words of scans; raises file.may_not."""
    if actor.kind != "system":
        raise Refusal("file.may_not")


def keeps_register(actor: Actor) -> bool:
    """Whether the actor keeps the province's register of certificates: its operators do."""
    return May.OPERATE in actor.may


def speaks_for_agency(actor: Actor) -> bool:
    """Whether the actor asks for the certificates of his agency and has its keys in hand: its registry, by
    whom the seal is kept (NĐ 30/2020 Đ32), and its heads."""
    return actor.agency_id is not None and not actor.may.isdisjoint({May.REGISTER, May.ASSIGN})


def visible_certificates(actor: Actor) -> tuple[str, list[int]]:
    """Which certificates the actor sees, as a condition on `c` and its parameters: the operators all, the
    registry and the heads their agency's, everybody his own."""
    if keeps_register(actor):
        return "TRUE", []
    mine = [actor.account_id or 0]
    if speaks_for_agency(actor):
        return "(c.unit_id = %s OR c.account_id = %s)", [actor.agency_id or 0, *mine]
    return "c.account_id = %s", mine


def may_request_certificate(actor: Actor, unit_id: int) -> bool:
    """Whether the actor asks for an agency's certificates: the operators for every agency, the registry and
    the heads for theirs."""
    return keeps_register(actor) or (speaks_for_agency(actor) and actor.agency_id == unit_id)


def to_request_certificate(actor: Actor, unit_id: int) -> None:
    """Raises certificate.may_not unless `may_request_certificate`."""
    if not may_request_certificate(actor, unit_id):
        raise Refusal("certificate.may_not")


def to_keep_certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Lock a certificate of the register for those who keep it; raises certificate.may_not, .not_found."""
    if not keeps_register(actor):
        raise Refusal("certificate.may_not")
    return _locked(actor, certificate_id)


def to_report_certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """Lock a certificate for whoever sees it: its holder, his agency, the operators; raises
    certificate.not_found."""
    return _locked(actor, certificate_id)


def to_hand_over_key(actor: Actor, certificate_id: UUID) -> Certificate:
    """Lock a certificate for the operators, or for the registry and the heads of its agency; raises
    certificate.may_not, .not_found."""
    found = _locked(actor, certificate_id)
    to_request_certificate(actor, found.unit_id)
    return found


def to_warn_of_certificates(actor: Actor) -> None:
    """Only the system's own duty warns; raises certificate.may_not."""
    if actor.kind != "system":
        raise Refusal("certificate.may_not")


def _locked(actor: Actor, certificate_id: UUID) -> Certificate:
    where, params = visible_certificates(actor)
    query = f"SELECT c.* FROM files_certificate c WHERE c.id = %s AND {where} FOR NO KEY UPDATE"  # noqa: S608 — fixed words only
    found = next(iter(Certificate.objects.raw(query, [certificate_id, *params])), None)
    if found is None:
        raise Refusal("certificate.not_found")
    return found
