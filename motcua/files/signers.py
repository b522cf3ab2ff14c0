"""Whether who signed a file had the post to: by the register of certificates, on the day of the signature."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motcua.files import certificates
from motcua.rules.signatures import Signature
from motcua.rules.vietnamese import fold
from motcua.rules.worktime import ZONE


class Fault(StrEnum):
    """What does not match."""

    NO_POST = "no_post"
    """A person's certificate, who sat in no post that day."""
    OTHER_AGENCY = "other_agency"
    """The certificate names an agency the register does not know it of."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose a certificate is by the register: the person or the agency, the posts of that day, the agency;
    `claimed` is the agency the certificate itself names."""

    holder: str
    posts: tuple[str, ...]
    agency: str
    claimed: str
    fault: Fault | None


def of(signature: Signature) -> Signer | None:
    """Who signed; None where the register does not know the certificate."""
    held = certificates.held(signature.fingerprint)
    if held is None:
        return None
    posts: tuple[str, ...] = ()
    if signature.signed_at is not None:
        on = signature.signed_at.astimezone(ZONE).date()
        posts = tuple(post.title for post in held.posts_on(on))
    fault = None
    if held.account_id is not None and not posts:
        fault = Fault.NO_POST
    elif signature.organisation and fold(signature.organisation) != fold(held.agency):
        fault = Fault.OTHER_AGENCY
    return Signer(held.holder, posts, held.agency, signature.organisation, fault)
