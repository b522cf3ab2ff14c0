from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    verbose_name = "hồ sơ"

    def ready(self) -> None:
        from motcua.dossiers import consulting
        from motcua.people import ports

        ports.consultations(consulting.is_consulted)
