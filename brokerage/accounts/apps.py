from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "brokerage.accounts"
    label = "accounts"
    verbose_name = "People who work here"
    default_auto_field = "django.db.models.BigAutoField"
