"""Benches: the one way figures of speed are shown (docs/performance.md)."""
