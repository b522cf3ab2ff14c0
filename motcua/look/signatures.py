"""What is said of the signatures of a file, in words, to officers and to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from motcua.files import signers, verification
from motcua.files.signers import Fault, Signer
from motcua.look import formats
from motcua.rules.signatures import COUNTS, Judgement, Signature, Verdict

WORDS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.VALID: ("Chữ ký hợp lệ", "good"),
    Verdict.UNCONFIRMED: ("Chữ ký đúng, chưa rõ chứng thư có bị thu hồi hay không", "info"),
    Verdict.UNPROVEN: (
        "Chứng thư nay đã hết hạn, không có dấu thời gian chứng minh lúc ký",
        "warn",
    ),
    Verdict.WEAK: ("Ký bằng thuật toán đã lỗi thời, không còn bảo đảm", "warn"),
    Verdict.UNTRUSTED: ("Nơi cấp chứng thư chưa được tin cậy", "warn"),
    Verdict.UNREADABLE: ("Có dấu vết chữ ký số nhưng không đọc được", "warn"),
    Verdict.EXPIRED: ("Ký ngoài thời hạn của chứng thư", "bad"),
    Verdict.REVOKED: ("Chứng thư đã bị thu hồi khi ký", "bad"),
    Verdict.ALTERED: ("Nội dung bị sửa sau khi ký", "bad"),
}
"""The sentence and the tone of each verdict."""
SHORT: Mapping[Verdict, str] = {
    Verdict.VALID: "Hợp lệ",
    Verdict.UNCONFIRMED: "Đúng, chưa rõ thu hồi",
    Verdict.UNPROVEN: "Không chứng minh được",
    Verdict.WEAK: "Thuật toán cũ",
    Verdict.UNTRUSTED: "Nơi cấp chưa được tin",
    Verdict.UNREADABLE: "Không đọc được",
    Verdict.EXPIRED: "Hết hạn khi ký",
    Verdict.REVOKED: "Đã thu hồi",
    Verdict.ALTERED: "Bị sửa sau khi ký",
}
"""The same in the few words a label holds on a phone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A signature in words: who, when, by what, and what it is worth."""

    text: str
    short: str
    tone: str
    holder: str
    of: str
    when: str
    certificate: str
    level: str
    post: tuple[str, str] = ("", "")


def told(signatures: Iterable[Signature]) -> list[Told]:
    """The signatures of a file as a page tells them, in the order they were made."""
    return [_told(one) for one in signatures]


def told_to_officers(signatures: Iterable[Signature]) -> list[Told]:
    """The same with what the register of certificates says of the signer's post on that day."""
    return [replace(_told(one), post=_post(signers.of(one))) for one in signatures]


def _post(signer: Signer | None) -> tuple[str, str]:
    if signer is None:
        return ("Chứng thư này không có trong sổ chứng thư số của tỉnh.", "none")
    if signer.fault is Fault.NO_POST:
        return (f"{signer.holder} không giữ chức vụ nào vào ngày ký, theo sổ chứng thư số.", "bad")
    if signer.fault is Fault.OTHER_AGENCY:
        return (
            f"Chữ ký ghi {signer.claimed}, nhưng sổ chứng thư số ghi {_where(signer)}.",
            "bad",
        )
    return (f"Theo sổ chứng thư số: {_where(signer)}.", "good")


def _where(signer: Signer) -> str:
    return ", ".join((signer.holder, *signer.posts, signer.agency))


def of_file(sha256: str, media_type: str, *, officer: bool = False) -> dict[str, Any]:
    """What a page that shows a file tells of its signatures; nothing for a file without."""
    kept = verification.of([sha256]).get(sha256) if media_type == "application/pdf" else None
    if kept is None:
        return {}
    found = kept.judgement.signatures
    text, tone = verdict(kept.judgement)
    return {
        "signatures": told_to_officers(found) if officer else told(found),
        "signed_says": text,
        "signed_tone": tone,
        "signed_at": kept.at,
    }


def verdict(judgement: Judgement) -> tuple[str, str]:
    """The whole file in one sentence, and its tone."""
    if judgement.verdict is None:
        return "Tệp không có chữ ký số", "none"
    return WORDS[judgement.verdict]


def beside(verdict: str) -> dict[str, str]:
    """The few words that stand beside a file in a list."""
    found = Verdict(verdict)
    text = "Có chữ ký số" if found in COUNTS else f"Chữ ký số: {SHORT[found].lower()}"
    return {"text": text, "tone": WORDS[found][1]}


def _told(one: Signature) -> Told:
    text, tone = WORDS[one.verdict]
    return Told(
        text=text,
        short=SHORT[one.verdict],
        tone=tone,
        holder=one.holder or "Không đọc được tên người ký",
        of=", ".join(filter(None, (one.title, one.organisation))),
        when=_when(one),
        certificate=_certificate(one),
        level=f"PAdES {one.level}" if one.level else "",
    )


def _when(one: Signature) -> str:
    if one.signed_at is None:
        return "không ghi giờ ký"
    proven = "có dấu thời gian" if one.stamped else "theo máy của người ký"
    return f"{formats.moment_text(one.signed_at)} ({proven})"


def _certificate(one: Signature) -> str:
    said = [f"do {one.issuer} cấp"] if one.issuer else []
    if one.valid_from and one.valid_to:
        said.append(f"hạn {formats.date_text(one.valid_from)} – {formats.date_text(one.valid_to)}")
    if one.revoked_at:
        said.append(f"thu hồi {formats.date_text(one.revoked_at)}")
    return ", ".join(said)
