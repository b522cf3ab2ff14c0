from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "motcua.ledger"
    verbose_name = "nhật ký"
