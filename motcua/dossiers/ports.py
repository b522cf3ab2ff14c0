"""What dossiers need from outside; `gateways` fills it at start (ledger.ports)."""

from __future__ import annotations
