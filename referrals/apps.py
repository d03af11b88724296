from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from referrals.intake import paperwork  # what a phoned referral owes, wherever it is chased from  # noqa: F401
