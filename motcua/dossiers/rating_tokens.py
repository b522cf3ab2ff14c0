"""The signed link by which a dossier is rated, and the rating that stands.

The link is given with the result. It names the dossier and how many ratings there were when it was made, so
it serves once; whoever wants to change his word signs in, or asks at the kiosk again.
"""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from motcua.dossiers.models import Dossier, Rating
from motcua.rules.casework_ratings import Said, Satisfaction
from motcua.rules.refusal import Refusal

SALT = "motcua.rating"


def token_of(dossier_id: UUID) -> str:
    """The token for the next rating of a dossier; the caller has asked permission."""
    given = Rating.objects.filter(dossier_id=dossier_id).count()
    return signing.dumps([str(dossier_id), given], salt=SALT)


def read_token(token: str) -> tuple[UUID, int]:
    """The dossier of a token, and how many ratings it had; raises rating.link_invalid."""
    try:
        dossier_id, given = signing.loads(token, salt=SALT)
        return UUID(dossier_id), int(given)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal("rating.link_invalid") from None


def standing(dossier_id: UUID) -> Said | None:
    """The rating that stands, as a decision looks at it; the dossier is locked or was asked for."""
    rows = list(Rating.objects.filter(dossier_id=dossier_id).order_by("round"))
    if not rows:
        return None
    last = rows[-1]
    return Said(last.id, last.round, rows[0].at, Satisfaction(last.level), last.text)


def refused(dossier_id: UUID) -> bool:
    """Whether the dossier ended with a refusal, whose letter is the result."""
    return Dossier.objects.filter(id=dossier_id, result__kind="refusal").exists()
