"""docs/reference/who-may.md: the matrix that is compared with the program, for people to read.

`make docs` writes it anew; a test asks that what is committed is what would be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from motcua.run.cast import CAST
from motcua.run.database import ROOT
from tests.permissions.asking import PAGES
from tests.permissions.doing import ACTS, acts_to_try
from tests.permissions.expected import PROVINCE, READERS, Reader, counts, may_do, sees
from tests.permissions.world import DOSSIERS, Facts

FILE = ROOT / "docs" / "reference" / "who-may.md"
MADE = "<!-- Tệp này do `make docs` viết ra; đừng sửa tay. -->"
BESIDE = {
    "không đăng nhập": "người không đăng nhập",
    "khong-vi-tri": "cán bộ hôm nay không giữ vị trí nào",
    "dong-nghiep": "chuyên viên khác cùng phòng, Sở Xây dựng",
    "thay-lanh-dao": "người được ủy quyền thay Giám đốc Sở Tư pháp",
    "duoc-xem": "kiểm soát thủ tục, được cấp quyền xem hồ sơ của Sở Tư pháp",
    "tap-huan": "tài khoản tập huấn, chuyên viên Sở Xây dựng",
}
TOLD = {
    "cho-chuyen-vien": "Sở Xây dựng, chờ chuyên viên",
    "nguoi-khac-nhan": "Sở Xây dựng, đồng nghiệp đã nhận",
    "cho-truong-phong": "Sở Xây dựng, chờ trưởng phòng",
    "cho-lanh-dao": "Sở Xây dựng, chờ lãnh đạo ký",
    "cho-bo-sung": "Sở Xây dựng, chờ doanh nghiệp bổ sung",
    "dang-dung": "Sở Xây dựng, dừng theo đề nghị của người nộp",
    "xin-hen-lai": "Sở Xây dựng, đã đề nghị hẹn lại",
    "cho-tra": "Sở Xây dựng, chờ trả",
    "nop-truc-tuyen": "Sở Xây dựng, người dân vừa nộp trực tuyến",
    "khong-nhan": "Sở Xây dựng, không tiếp nhận",
    "da-tra": "Sở Tư pháp, của người dân, đã trả",
    "so-tu-phap": "Sở Tư pháp, chờ chuyên viên, còn lệ phí",
    "hoi-y-kien": "Sở Tư pháp, đang lấy ý kiến Cục Thuế (đã trả lời) và Sở Xây dựng",
    "o-phuong": "phường Hưng Dũng, của người dân",
    "chung-thuc": "phường Hưng Dũng, bản sao đã chứng thực và trả",
    "xa-khac": "xã Hưng Hòa",
    "o-huyen": "huyện Quỳ Châu",
    "nganh-doc": "Cục Thuế, nhận tại Trung tâm",
    "tap-huan": "Sở Xây dựng, hồ sơ tập huấn",
    "cho-van-phong": "Sở Xây dựng, tờ trình chờ Văn phòng UBND tỉnh kiểm tra",
}


def page() -> str:
    """The whole document."""
    return "\n".join([MADE, *_head(), *_seen(), *_done()]) + "\n"


def _head() -> Iterator[str]:
    ways = [way for ways in PAGES.values() for way in ways]
    tried = sum(1 for reader in READERS for facts in DOSSIERS for _ in acts_to_try(reader, facts))
    asked = len(READERS) * len(ways) * len(DOSSIERS)
    yield "# Ai thấy gì, làm được gì · who may\n"
    yield f"{len(READERS)} người hỏi × {len(ways)} cách hỏi (danh sách, đếm, tìm, trang, tệp, số liệu,"
    yield f"hộp việc, trang người dân; trên trang và qua API) × {len(DOSSIERS)} hồ sơ = {asked} ô, và"
    yield f"{tried} lần làm thử một nghiệp vụ. Bảng này viết bằng tay từ quy định; `tests/permissions`"
    yield "so từng ô với chương trình."
    yield "Không thấy thì với người hỏi hồ sơ ấy không tồn tại (404). Vị trí nào được làm loại việc nào:"
    yield "[permissions.md](permissions.md).\n"


def _seen() -> Iterator[str]:
    yield "## Thấy hồ sơ nào\n"
    for number, facts in enumerate(DOSSIERS, start=1):
        yield f"{number}. {TOLD[facts.key]}"
    numbers = [str(number) for number in range(1, len(DOSSIERS) + 1)]
    yield "\n✓ thấy hồ sơ · số: chỉ có trong số liệu được xem, không mở được hồ sơ\n"
    yield "| người hỏi | " + " | ".join(numbers) + " |"
    yield "|---|" + "---|" * len(DOSSIERS)
    for reader in READERS:
        yield f"| {_title(reader)} | " + " | ".join(_cell(reader, f) for f in DOSSIERS) + " |"


def _cell(reader: Reader, facts: Facts) -> str:
    if sees(reader, facts):
        return "✓"
    return "số" if reader.figures and counts(reader, facts) else ""


def _done() -> Iterator[str]:
    yield "\n## Làm được gì với hồ sơ nào\n"
    yield "Lúc này, ai làm thì được; làm việc khác thì bị từ chối và không gì thay đổi.\n"
    for number, facts in enumerate(DOSSIERS, start=1):
        yield f"### {number}. {TOLD[facts.key]}\n"
        able = {act: [r for r in READERS if act in may_do(r, facts)] for act in ACTS}
        if not any(able.values()):
            yield "Không ai còn việc gì.\n"
            continue
        yield "| việc | ai |\n|---|---|"
        for act, readers in able.items():
            if readers:
                yield f"| `{act}` | {', '.join(f'`{r.name}`' for r in readers)} |"
        yield ""


def _title(reader: Reader) -> str:
    titles = {one.username: one.title for one in CAST}
    title = BESIDE.get(reader.name) or titles[reader.username]
    return (
        f"`{reader.name}` {title}{' – xem số liệu cả tỉnh' if reader.figures == PROVINCE else ''}"
    )


def write() -> None:
    """Needs Django set up."""
    FILE.write_text(page())
