from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "brokerage.design"
    label = "design"
