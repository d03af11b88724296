from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "brokerage.notify"
    label = "notify"
    verbose_name = "letters"

    def ready(self):
        import brokerage.celery  # noqa: F401 - a web process rings our broker, and not Celery's idea of one
