"""Messages written to a folder instead of sent, for trials and training: a file each, named by our id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from motcua.ledger.ports import Check
from motcua.messaging.ports import Letter
from motcua.rules.delivery import Answer, Outcome


class Folder:
    """A carrier that carries nothing anywhere (messaging.ports.Carrier)."""

    at_once, threads, asks = 100, 1, True

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def carries(self, kind: str) -> bool:
        """A folder takes anything."""
        return True

    def send(self, letter: Letter) -> Answer:
        """Write one message; the same id is the same file."""
        title = f"{letter.title}\n\n" if letter.title else ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file(letter.id).write_text(f"{letter.to}\n\n{title}{letter.text}\n")
        except OSError as failure:
            return Answer(Outcome.UNREACHED, said=str(failure)[:300])
        return Answer(Outcome.ACCEPTED, ref=self._file(letter.id).name)

    def reports(self, letters: Sequence[tuple[UUID, str]]) -> Mapping[UUID, Answer]:
        """What lies in the folder has arrived."""
        there = (letter_id for letter_id, _ in letters if self._file(letter_id).exists())
        return {letter_id: Answer(Outcome.DELIVERED) for letter_id in there}

    def check(self) -> Check:
        """Where the messages are."""
        return Check(True, f"Bản thử: tin được ghi vào thư mục {self.folder}, không gửi cho ai.")

    def _file(self, letter_id: UUID) -> Path:
        return self.folder / f"{letter_id}.txt"
