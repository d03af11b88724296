"""The dates of each year's play scheme, as somebody sets them."""

from django.urls import reverse_lazy
from django.utils import timezone

from brokerage.accounts.models import Role
from brokerage.clocks import clock
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ListPage
from referrals.playscheme import actions
from referrals.playscheme.dates import scheme_of
from referrals.playscheme.forms import SchemeForm
from referrals.playscheme.models import Scheme

SETS_DATES = {Role.ADMINISTRATOR, Role.TEAM_MANAGER}


class Schemes(ListPage):
    may = SETS_DATES
    deed = "set the play scheme’s dates"
    heading = "Summer play schemes"
    template_name = "referrals/playscheme/schemes.html"
    columns = (
        Column("year", "Year", sort="year"),
        Column("opens_on", "Dealt with from"),
        Column("closes_on", "Open cases close"),
        Column("last_call_on", "Last late request"),
        Column("days", "Runs"),
        Column("most_days", "Most days", numeric=True),
    )
    empty = "Nobody has set a year’s dates yet: the usual ones apply, from 1 January, with 1 March and 15 June."
    empty_next = ("Set a year’s dates", reverse_lazy("set_play_scheme"))

    def get_rows(self):
        return Scheme.objects.order_by("-year")


class SetScheme(ActionView):
    """A year that was set before is set again. Requests read the new dates; what was decided stands."""

    may = SETS_DATES
    deed = "set the play scheme’s dates"
    heading = "Dates of a play scheme"
    done = "Dates saved"
    form_class = SchemeForm
    goes_to = reverse_lazy("play_schemes")
    back = reverse_lazy("play_schemes")

    def get_initial(self):
        today = timezone.localdate(clock.now())
        year = self.request.GET.get("year", "")
        scheme = scheme_of(int(year) if year.isdigit() and 2020 <= int(year) <= 2100 else today.year + 1)
        return {name: getattr(scheme, name) for name in SchemeForm.base_fields}

    def act(self, answers):
        actions.set_scheme(by=self.request.user, **answers)
