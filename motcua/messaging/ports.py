"""The channels notices leave by; `gateways` fills them at start (ledger.ports)."""

from __future__ import annotations
