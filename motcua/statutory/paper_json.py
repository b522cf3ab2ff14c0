"""A statutory paper as JSON and back, so that what was issued can be printed again as it was."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from motcua.statutory.paper_forms import Paper


def to_json(value: Any) -> Any:
    """Plain values of a paper (or of a part of one); moments as ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_json(kind: type[Paper], data: Mapping[str, Any]) -> Paper:
    """The paper of type `kind` that `to_json` wrote; raises KeyError or ValueError if it is not one."""
    paper: Paper = _read(kind, data)
    return paper


def _read(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = [arg for arg in typing.get_args(kind) if arg is not type(None)]
        return None if data is None else _read(inner[0], data)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in data)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        known = {f.name: _read(hints[f.name], data[f.name]) for f in dataclasses.fields(kind)}
        return kind(**known)  # type: ignore[operator]
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data
