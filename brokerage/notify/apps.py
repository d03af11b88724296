from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "brokerage.notify"
    label = "notify"
    verbose_name = "letters"
