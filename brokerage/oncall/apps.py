from django.apps import AppConfig


class OncallConfig(AppConfig):
    name = "brokerage.oncall"
    label = "oncall"
    verbose_name = "Out of hours"
    default_auto_field = "django.db.models.BigAutoField"
