"""Một Cửa: the one door of a province."""

__version__ = "0.1.0"
