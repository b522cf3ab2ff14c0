"""Dựng dữ liệu minh họa nếu cơ sở dữ liệu còn trống: tỉnh năm 2022 và vài nghìn hồ sơ.

Ví dụ: motcua raise-example
"""

from __future__ import annotations

import argparse
from typing import Any

from tqdm import tqdm


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, default=3000, help="số hồ sơ (mặc định 3.000)")


def run(options: Any) -> int:
    from django.conf import settings

    from motcua.run.example import certificates, exchanged, raising, register, results

    if not settings.EXAMPLE:
        return 0
    if not raising.is_raised():
        _raise(options.dossiers)
    certificates.raise_certificates(raising.SYSTEM, raising.FOUNDED)
    results.raise_results(raising.TODAY)
    register.raise_register(raising.SYSTEM, raising.FOUNDED, raising.TODAY)
    if options.dossiers:
        exchanged.raise_exchange(raising.TODAY)
    return 0


def _raise(dossiers: int) -> None:
    from motcua.run.example import raising

    print("Đang dựng dữ liệu minh họa (lần đầu, khoảng một phút)…", flush=True)
    windows = raising.raise_structure()
    with tqdm(total=dossiers, unit=" hồ sơ", desc="Dữ liệu minh họa") as bar:
        for done in raising.raise_dossiers(windows, dossiers):
            bar.update(done)
        bar.total = bar.n  # what would come in after the example's moment is not there yet
        bar.refresh()
