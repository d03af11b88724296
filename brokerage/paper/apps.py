from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "brokerage.paper"
    label = "paper"
