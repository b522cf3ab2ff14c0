from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "motcua.gateways"
    verbose_name = "kết nối"

    def ready(self) -> None:
        """Fill the rooms' ports by the settings."""
        from motcua.gateways import plugs

        plugs.fill()
