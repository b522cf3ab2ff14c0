from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "motcua.counter"
    verbose_name = "quầy"
