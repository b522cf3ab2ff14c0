from motcua.dossiers.tests.conftest import account, world

__all__ = ["account", "world"]
