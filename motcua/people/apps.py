from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "motcua.people"
    verbose_name = "con người"
