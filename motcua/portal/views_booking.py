"""Appointments: a desk, a day, an hour; then a code to show and a page to cancel or to come by."""

from __future__ import annotations
