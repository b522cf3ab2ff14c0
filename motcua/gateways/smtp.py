"""Letters by SMTP (RFC 5321): one line a thread, kept while letters follow one another.

A server that answers the end of a letter with 250 has it; one that is gone before it answers may have it,
and cannot be asked.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formatdate
from queue import Empty, SimpleQueue
from time import monotonic
from uuid import UUID

from motcua.ledger.ports import Check
from motcua.messaging.ports import Letter
from motcua.rules.delivery import Answer, Outcome

RULES = compat32.clone(linesep="\r\n")
ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[A-Za-z0-9.-]+", re.ASCII)
"""What goes after RCPT TO as it stands; an address in other letters (RFC 6531) is none to us."""
SECONDS = 20.0
FRESH = 5.0
"""A line used so many seconds ago is taken for open without asking."""
PERMANENT = 500
NO_MAILBOX = frozenset({550, 551, 552, 553})
"""Refusals of a receiver, where the server says no more than the number."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed over, how the line is closed, and who we say we are."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""


class Mail:
    """The carrier of letters (messaging.ports.Carrier)."""

    name, at_once, threads, asks = "smtp", 20, 4, False

    def __init__(self, server: Server, *, seconds: float = SECONDS) -> None:
        self.server, self.seconds = server, seconds
        self._kept: SimpleQueue[tuple[smtplib.SMTP, float]] = SimpleQueue()

    def send(self, letter: Letter) -> Answer:
        """Hand one letter over."""
        if not ADDRESS.fullmatch(letter.to):
            return Answer(Outcome.REFUSED, said="địa chỉ thư điện tử viết sai")
        message = self._written(letter)
        try:
            line = self._line()
        except _TurnedAway as away:
            return Answer(Outcome.FAULT, said=str(away))
        except (OSError, smtplib.SMTPException) as gone:
            return Answer(Outcome.UNREACHED, said=_words(gone))
        answer = self._handed(line, letter.to, message)
        if answer.outcome in (Outcome.UNCERTAIN, Outcome.UNREACHED):
            line.close()
        else:
            self._keep(line)
        return answer

    def carries(self, kind: str) -> bool:
        """Letters say anything."""
        return True

    def reports(self, letters: Sequence[tuple[UUID, str]]) -> Mapping[UUID, Answer]:
        """SMTP tells nothing afterwards."""
        return {}

    def check(self) -> Check:
        """Whether the server lets us in."""
        try:
            self._keep(self._line())
        except _TurnedAway as away:
            return Check(False, f"Máy chủ thư từ chối đăng nhập ({away}). Hãy xem lại tài khoản.")
        except (OSError, smtplib.SMTPException):
            return Check(False, "Máy chủ thư không trả lời.")
        return Check(True, f"Máy chủ thư {self.server.host} nhận thư.")

    def _handed(self, line: smtplib.SMTP, to: str, message: bytes) -> Answer:
        """MAIL, RCPT, DATA: until the letter's last byte is sent, what fails has surely not been taken."""
        try:
            _said(line.mail(self.server.sender), Outcome.FAULT)
            code, said = line.rcpt(to)
            _said((code, said), _of_receiver(code, said))
            _said(line.docmd("DATA"), Outcome.FAILED, wanted=354)
        except _No as no:
            line.rset()
            return no.answer
        except (OSError, smtplib.SMTPException) as gone:
            return Answer(Outcome.UNREACHED, said=_words(gone))
        try:
            line.send(message)
            code, said = line.getreply()
        except (OSError, smtplib.SMTPException):
            return Answer(Outcome.UNCERTAIN, said="máy chủ thư ngắt trước khi trả lời")
        try:
            _said((code, said), Outcome.FAILED)
        except _No as no:
            return no.answer
        return Answer(Outcome.ACCEPTED, ref=_text(said)[:100])

    def _written(self, letter: Letter) -> bytes:
        """The letter as it goes over the line. Its Message-ID is our id, by which a receiver can be asked."""
        made = MIMEText(letter.text, "plain", "utf-8", policy=RULES)
        made["From"] = self.server.sender
        made["To"] = letter.to
        made["Subject"] = Header(letter.title, "utf-8").encode(linesep="\r\n")
        made["Date"] = formatdate()
        made["Message-ID"] = f"<{letter.id}@{self.server.sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made["Content-Language"] = letter.language
        lines = made.as_bytes().replace(b"\r\n.", b"\r\n..")
        return (lines if lines.endswith(b"\r\n") else lines + b"\r\n") + b".\r\n"

    def _line(self) -> smtplib.SMTP:
        """A line that is still open, or a new one."""
        while True:
            try:
                kept, used = self._kept.get_nowait()
            except Empty:
                return self._opened()
            if monotonic() - used < FRESH:
                return kept
            try:
                if kept.noop()[0] == 250:
                    return kept
            except (OSError, smtplib.SMTPException):
                pass
            kept.close()

    def _keep(self, line: smtplib.SMTP) -> None:
        self._kept.put((line, monotonic()))

    def _opened(self) -> smtplib.SMTP:
        at, secure = self.server, ssl.create_default_context
        if at.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                at.host, at.port, timeout=self.seconds, context=secure()
            )
        else:
            line = smtplib.SMTP(at.host, at.port, timeout=self.seconds)
        try:
            line.ehlo_or_helo_if_needed()
            if at.security == "starttls":
                line.starttls(context=secure())
            if at.user:
                line.login(at.user, at.password)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as no:
            line.close()
            raise _TurnedAway(_words(no)) from None
        except BaseException:
            line.close()
            raise
        return line


class _TurnedAway(Exception):
    """The server does not let us in."""


class _No(Exception):
    """The server does not take this letter."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


def _said(reply: tuple[int, bytes], refused: Outcome, wanted: int = 250) -> None:
    code, said = reply
    if code in (wanted, 251, 252):
        return
    if code in (-1, 421):
        outcome = Outcome.UNREACHED
    else:
        outcome = refused if code >= PERMANENT else Outcome.DEFERRED
    raise _No(Answer(outcome, said=f"{code} {_text(said)}"[:300]))


def _of_receiver(code: int, said: bytes) -> Outcome:
    """Whether a refused receiver does not exist (RFC 3463: 5.1, 5.2), or we may not write through here."""
    detail = _text(said)[:4]
    if detail.startswith("5."):
        return Outcome.REFUSED if detail in ("5.1.", "5.2.") else Outcome.FAULT
    return Outcome.REFUSED if code in NO_MAILBOX else Outcome.FAULT


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {_text(reply) if isinstance(reply, bytes) else reply}"
    return type(error).__name__


def _text(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())
