"""Reports as tables: on the terminal, and as the page of results."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from platform import python_version

from motcua.run.conformance.verdicts import Report, Verdict

COLUMNS = {
    Verdict.PASSED: "đúng",
    Verdict.PASSED_DAY: "đúng ngày",
    Verdict.FAILED: "sai",
    Verdict.NOT_EXPRESSIBLE: "không diễn đạt được",
}
MADE = "<!-- Tệp này do `motcua conformance deadlines --write-results` viết ra; đừng sửa tay. -->"


def lines(report: Report) -> Iterator[str]:
    """The verdicts by tag, and in all, as one reads them on a terminal."""
    yield f"{'nhãn':<36}" + "".join(f"{name:>22}" for name in COLUMNS.values())
    for tag, counted in report.by_tag().items():
        yield f"{tag:<36}" + "".join(f"{counted[verdict]:>22}" for verdict in COLUMNS)
    counted = report.counted
    yield f"{'tất cả':<36}" + "".join(f"{counted[verdict]:>22}" for verdict in COLUMNS)


def page(reports: Sequence[Report], tags: Mapping[str, str]) -> str:
    """The page of results: every engine, what it cannot express, and every tag."""
    return "\n".join([MADE, *_engines(reports), *_cannot(reports), *_by_tag(reports, tags)]) + "\n"


def _engines(reports: Sequence[Report]) -> Iterator[str]:
    total = len(reports[0].results)
    yield "# Kết quả trên bộ trường hợp ngày hẹn trả"
    yield ""
    yield (
        f"{total} trường hợp, chạy bằng Python {python_version()} ({sys.platform}). “Đúng ngày” là bộ "
        "tính chỉ trả lời được ngày, không có giờ. Mọi con số do chương trình chạy đếm."
    )
    yield ""
    yield "| bộ tính | phiên bản | " + " | ".join(COLUMNS.values()) + " |"
    yield "|---|---|" + "---:|" * len(COLUMNS)
    for report in reports:
        counted = " | ".join(str(report.counted[verdict]) for verdict in COLUMNS)
        yield f"| {report.name} | {report.version} | {counted} |"


def _cannot(reports: Sequence[Report]) -> Iterator[str]:
    yield ""
    yield "## Mỗi bộ tính không diễn đạt được gì"
    for report in reports:
        if cannot := report.cannot():
            yield ""
            yield f"**{report.name}**"
            yield ""
            for reason, count in sorted(cannot.items(), key=lambda item: (-item[1], item[0])):
                yield f"- {reason}: {count}"


def _by_tag(reports: Sequence[Report], tags: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield "## Theo nhãn"
    yield ""
    yield "Mỗi ô: đúng (kể cả đúng ngày) / sai / không diễn đạt được."
    yield ""
    yield "| nhãn | nghĩa | " + " | ".join(report.name for report in reports) + " |"
    yield "|---|---|" + "---|" * len(reports)
    counts = [report.by_tag() for report in reports]
    for tag, meaning in tags.items():
        cells = []
        for counted in counts:
            c: Counter[Verdict] = counted.get(tag, Counter())
            right = c[Verdict.PASSED] + c[Verdict.PASSED_DAY]
            wrong, not_said = c[Verdict.FAILED], c[Verdict.NOT_EXPRESSIBLE]
            cells.append(f"{right} / {wrong} / {not_said}")
        yield f"| `{tag}` | {meaning} | " + " | ".join(cells) + " |"
