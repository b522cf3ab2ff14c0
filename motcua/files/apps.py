from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class FilesConfig(AppConfig):
    name = "motcua.files"
    verbose_name = "tài liệu số"

    def ready(self) -> None:
        """Let the province's own printing of the papers stand in place of ours, where it has one."""
        if settings.PAPERS:
            from motcua.files import province_papers

            province_papers.install(Path(settings.PAPERS), settings.HOME / "papers")
