"""What can have happened to a file."""

from __future__ import annotations

from motcua.ledger.acts import Event

STORED = Event("file.stored", "file")
"""Bytes not held before were taken in; their hash is in the record."""

QUARANTINED = Event("file.quarantined", "quarantined_file")
"""Bytes were found to harm: they lie apart, on no shelf and in no dossier."""
TURNED_AWAY = Event("file.turned_away", "quarantined_file")
"""A signed file was not taken in, for its signature is worth nothing: it lies apart, as it came."""
SIGNATURES_CHECKED = Event("file.signatures_checked", "signature_evidence")
"""The signatures of a file were looked at, and what was found is kept."""
SIGNATURES_CONFIRMED = Event("file.signatures_confirmed", "signature_evidence")
"""The authorities were asked whether certificates were revoked, and what they said is kept."""
RECOGNISED = Event("file.recognised", "file")
"""The words on a scan were read by a program, for search."""

CERTIFICATES_REQUESTED = Event("certificate.requested", "certificate")
"""An agency asked for a certificate, new or in place of one that ends."""
CERTIFICATE_REGISTERED = Event("certificate.registered", "certificate")
"""The certificate came and signs from now on."""
CERTIFICATE_REVOKED = Event("certificate.revoked", "certificate")
"""Its issuer took it back: it signs no more, and what it signed before stays."""
CERTIFICATE_LOST = Event("certificate.lost", "certificate")
"""The key is out of its holder's hands: it signs no more."""
CERTIFICATE_LOCKED = Event("certificate.locked", "certificate")
"""The key's device took too many wrong PINs."""
CERTIFICATE_UNLOCKED = Event("certificate.unlocked", "certificate")
"""The device was opened again."""
KEY_HANDED_OVER = Event("certificate.key_handed_over", "certificate")
"""The key went into somebody's hands, with minutes."""
CERTIFICATE_ENDS = Event("certificate.ends", "certificate")
"""Its end is near: 60, 30 or 7 days."""

ALL = (
    STORED,
    QUARANTINED,
    TURNED_AWAY,
    SIGNATURES_CHECKED,
    SIGNATURES_CONFIRMED,
    RECOGNISED,
    CERTIFICATES_REQUESTED,
    CERTIFICATE_REGISTERED,
    CERTIFICATE_REVOKED,
    CERTIFICATE_LOST,
    CERTIFICATE_LOCKED,
    CERTIFICATE_UNLOCKED,
    KEY_HANDED_OVER,
    CERTIFICATE_ENDS,
)
LABELS: dict[Event, str] = {
    STORED: "Lưu tệp",
    QUARANTINED: "Cách ly tệp có mã độc",
    TURNED_AWAY: "Không nhận tệp có chữ ký số không còn giá trị",
    SIGNATURES_CHECKED: "Kiểm tra chữ ký số",
    SIGNATURES_CONFIRMED: "Hỏi nơi cấp chứng thư số về việc thu hồi",
    RECOGNISED: "Nhận dạng chữ trong tệp",
    CERTIFICATES_REQUESTED: "Đề nghị cấp chứng thư số",
    CERTIFICATE_REGISTERED: "Đưa chứng thư số vào sử dụng",
    CERTIFICATE_REVOKED: "Thu hồi chứng thư số",
    CERTIFICATE_LOST: "Báo mất thiết bị lưu khóa",
    CERTIFICATE_LOCKED: "Báo thiết bị lưu khóa bị khóa",
    CERTIFICATE_UNLOCKED: "Mở khóa thiết bị lưu khóa",
    KEY_HANDED_OVER: "Bàn giao thiết bị lưu khóa",
    CERTIFICATE_ENDS: "Nhắc chứng thư số sắp hết hạn",
}
