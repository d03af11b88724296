from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "brokerage.health"
    label = "health"
