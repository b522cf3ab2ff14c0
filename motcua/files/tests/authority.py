"""The authority of tests, by its old name."""

from motcua.files.authority import BORN, Authority

__all__ = ["BORN", "Authority"]
