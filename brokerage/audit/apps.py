from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "brokerage.audit"
    label = "audit"
    verbose_name = "history and evidence"

    def ready(self):
        from . import guards

        post_migrate.connect(guards.after_migrate, sender=self, dispatch_uid="audit-guards")
