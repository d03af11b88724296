from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from brokerage.deadlines import rounds
        from providers import tasks

        rounds.before_each_sweep(tasks.close_due)
