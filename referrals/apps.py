from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from brokerage.deadlines import escalating
        from referrals.work import marks

        escalating.mark_with(marks.mark)
