"""Every page of the desk, as every post of the cast that opens it: how long each takes, beside 300 ms.

The pages are those that links lead to from the inbox and the side navigation, a few of each kind for each
reader, asked of the application itself in one process: middleware, database and template, no network.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LIMIT_MS = 300
START = "/ban-lam-viec/"
LINK = re.compile(r'href="((?:/ban-lam-viec/|/thong-ke/|\?)[^"#]*)"')
OF_A_KIND = 2
"""Addresses of one page that a reader is sent to: the first that links lead him to."""


@dataclass(slots=True)
class Page:
    """What asking one page took, in milliseconds, how long of it the process worked (the rest it waited for
    the database, or for a processor that others had), and the slowest of all askings."""

    name: str
    took: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    slowest: tuple[float, str, str] = (0.0, "", "")

    def line(self) -> dict[str, Any]:
        p95 = statistics.quantiles(self.took, n=20)[-1] if len(self.took) > 1 else self.took[0]
        return {
            "bench": f"pages {self.name}",
            "value": round(p95, 1),
            "unit": "ms p95",
            "p50_ms": round(statistics.median(self.took), 1),
            "p95_ms": round(p95, 1),
            "cpu_ms": round(statistics.median(self.worked), 1),
            "worst_ms": round(self.slowest[0], 1),
            "worst_as": self.slowest[1],
            "worst_at": self.slowest[2],
            "requests": len(self.took),
            "ratio": round(p95 / LIMIT_MS, 3),
            "against": f"{LIMIT_MS} ms",
        }


def lines(dossiers: int, runs: int) -> Iterator[dict[str, Any]]:
    """A JSON line a page, slowest first, and one for all of them; each address asked `runs` × 3 times after
    the first."""
    from motcua.run import cli
    from motcua.run.benches import stage

    stage.prepare(dossiers)
    cli.prepare("django")
    pages: dict[str, Page] = {}
    for reader in _readers():
        for name, addresses in reader.reached().items():
            page = pages.setdefault(name, Page(name))
            for address in addresses:
                _ask(page, reader, address, runs * 3)
    listed = sorted((page.line() for page in pages.values()), key=lambda line: -line["p95_ms"])
    yield from listed
    slow = [line["bench"] for line in listed if line["p95_ms"] > LIMIT_MS]
    everything = Page(
        "",
        [took for page in pages.values() for took in page.took],
        [worked for page in pages.values() for worked in page.worked],
    )
    everything.slowest = max(page.slowest for page in pages.values())
    yield everything.line() | {
        "bench": "pages",
        "pages": len(listed),
        "over_the_limit": slow,
        "dossiers": dossiers,
    }


def _ask(page: Page, reader: Reader, address: str, times: int) -> None:
    for _ in range(times):
        start, worked = time.perf_counter(), time.process_time()
        reader.client.get(address)
        took = (time.perf_counter() - start) * 1000
        page.worked.append((time.process_time() - worked) * 1000)
        page.took.append(took)
        page.slowest = max(page.slowest, (took, reader.name, address))


@dataclass(slots=True)
class Reader:
    """A browser in which one of the cast has signed in and chosen one of his posts."""

    name: str
    client: Any

    def reached(self) -> dict[str, list[str]]:
        """The addresses that links lead to from the inbox, by the name of their page."""
        from django.urls import Resolver404, resolve

        found: dict[str, list[str]] = defaultdict(list)
        waiting, seen = [START], {START}
        while waiting:
            address = waiting.pop(0)
            try:
                at = resolve(address.partition("?")[0])
            except Resolver404:
                continue
            name = at.view_name if at.url_name != "act" else f"{at.view_name} {at.kwargs['act']}"
            if len(found[name]) >= OF_A_KIND:
                continue
            answer = self.client.get(address)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            found[name].append(address)
            for link in LINK.findall(answer.content.decode()):
                link = link.replace("&amp;", "&")
                to = address.partition("?")[0] + link if link.startswith("?") else link
                if to not in seen:
                    seen.add(to)
                    waiting.append(to)
        return {name: addresses for name, addresses in found.items() if addresses}


def _readers() -> Iterator[Reader]:
    from django.test import Client

    from motcua.people.models import Account, PostHeld
    from motcua.run.cast import CAST

    for account in Account.objects.filter(username__in=[one.username for one in CAST]):
        held = PostHeld.objects.filter(account=account).select_related("post__unit")
        for one in held.order_by("id"):
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(account, "django.contrib.auth.backends.ModelBackend")
            client.post("/chuyen-vi-tri/", {"post": one.id})
            yield Reader(f"{account.username} – {one.post.unit.key}", client)
