from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "brokerage.deadlines"
    label = "deadlines"
