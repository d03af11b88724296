from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from brokerage.deadlines import escalating
        from brokerage.deadlines.closed_days import moving
        from brokerage.oncall import actions as oncall
        from referrals.access import actions as access
        from referrals.work import marks, moves

        escalating.mark_with(marks.mark)
        moving.afterwards(moves.show_again)
        oncall.afterwards(access.name_whoever_has_it)
