from motcua.dossiers.tests.conftest import world

__all__ = ["world"]
