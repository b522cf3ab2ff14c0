from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "motcua.messaging"
    verbose_name = "thông báo"
