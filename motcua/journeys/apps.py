from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "motcua.journeys"
    verbose_name = "liên thông"
