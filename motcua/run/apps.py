from django.apps import AppConfig


class RunConfig(AppConfig):
    name = "motcua.run"
    verbose_name = "vận hành"
