"""Nạp thêm hồ sơ minh họa, theo lô, bằng chính các quyết định và người ghi của hệ thống.

Ví dụ: motcua load-example --dossiers 100000 --seed 7
"""

from __future__ import annotations

import argparse
from typing import Any

from tqdm import tqdm


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, required=True, help="số hồ sơ")
    parser.add_argument(
        "--seed", type=int, default=2023, help="mầm ngẫu nhiên: cùng mầm, cùng kết quả"
    )


def run(options: Any) -> int:
    from motcua.run.example import raising

    found = raising.raise_structure()
    with tqdm(total=options.dossiers, unit=" hồ sơ", desc="Nạp hồ sơ minh họa") as bar:
        for done in raising.raise_dossiers(found, options.dossiers, seed=options.seed):
            bar.update(done)
    return 0
