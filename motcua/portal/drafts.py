"""A filing in the making, kept in the session of the person who makes it until it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from motcua.catalogue.content import PaperRule
from motcua.files.shelves import Kept
from motcua.journeys.filing import Filing, Reached, Sent
from motcua.people.acting import Request
from motcua.rules.identity import new_id

SENT = "da-nop"
REMEMBERED = 20
MOST_FILES = 60
"""Files of one filing."""


@dataclass(slots=True)
class Draft:
    """What was filled in so far. `files` and `later` are by the place of the paper in its case."""

    key: str = field(default_factory=lambda: new_id().hex)
    subject: str = ""
    case: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    files: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    later: list[int] = field(default_factory=list)

    def of(self, place: int) -> list[Kept]:
        """The files of a paper."""
        return [Kept(**file) for file in self.files.get(str(place), [])]

    def add(self, place: int, kept: Kept) -> None:
        """A file more of a paper; the same bytes twice are one."""
        files = self.files.setdefault(str(place), [])
        if kept.sha256 not in {file["sha256"] for file in files}:
            files.append(kept.to_json())

    def drop(self, place: int, number: int) -> None:
        """Take a file of a paper out again."""
        files = self.files.get(str(place), [])
        if number < len(files):
            del files[number]

    @property
    def count(self) -> int:
        return sum(len(files) for files in self.files.values())

    def missing(self, papers: Sequence[PaperRule]) -> list[int]:
        """The places of papers that have neither a file nor the word that they come later."""
        return [n for n in range(len(papers)) if not self.of(n) and n not in self.later]

    def filing(self, procedure_id: int, unit_id: int, papers: Iterable[PaperRule]) -> Filing:
        """What is to be sent."""
        return Filing(
            procedure_id=procedure_id,
            unit_id=unit_id,
            papers=tuple(
                Sent(paper.name[:1000], paper.originals, paper.copies, tuple(self.of(n)))
                for n, paper in enumerate(papers)
            ),
            paper_case=self.case[:300],
            subject=self.subject,
            reached=Reached(self.phone, self.email, self.address),
        )


def find(request: Request, procedure_id: int, unit_id: int) -> Draft | None:
    """The draft of this session for a procedure at an agency."""
    kept = request.session.get(_name(procedure_id, unit_id))
    return Draft(**kept) if kept else None


def save(request: Request, procedure_id: int, unit_id: int, draft: Draft) -> None:
    request.session[_name(procedure_id, unit_id)] = asdict(draft)


def sent(request: Request, procedure_id: int, unit_id: int, key: str, dossier_id: str) -> None:
    """The draft has become a dossier; its key is remembered, so that sending again leads there."""
    request.session.pop(_name(procedure_id, unit_id), None)
    done = request.session.get(SENT, [])
    request.session[SENT] = [*done, [key, dossier_id]][-REMEMBERED:]


def sent_as(request: Request, key: str) -> str | None:
    """The dossier that a draft of this session became."""
    done: dict[str, str] = dict(request.session.get(SENT, []))
    return done.get(key)


def _name(procedure_id: int, unit_id: int) -> str:
    return f"nop-ho-so:{procedure_id}:{unit_id}"
