from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "brokerage.links"
    label = "links"
    verbose_name = "Links for people without an account"
