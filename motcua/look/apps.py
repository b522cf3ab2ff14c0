from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "motcua.look"
    verbose_name = "giao diện"
