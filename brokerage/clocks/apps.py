from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "brokerage.clocks"
    label = "clocks"
