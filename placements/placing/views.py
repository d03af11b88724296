from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.design.forms import DateInputField, GovukForm
from brokerage.design.views import ActionView, Door
from brokerage.money import four_weekly, yearly_estimate
from placements.choosing import queries as choosing
from placements.choosing.views import OfACase
from placements.placing import actions, rules
from placements.placing.models import Placement
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.intake.models import SEES_THE_TEAMS_CASES
from referrals.needs.week import Line, timetable

BROKERS = {Role.BROKER, Role.DUTY_BROKER}


class ArrangeForm(GovukForm):
    submit_text = "Arrange it"
    start_on = DateInputField(
        label="When does the service start?", error_messages={"required": "Enter the day the service starts"}
    )


class Arrange(OfACase, ActionView):
    """Arrange the chosen offer at the price it stands at."""

    may = BROKERS
    deed = "arrange a placement"
    heading = "Arrange the placement"
    done = "Arranged. The referrer and the providers not chosen have been told."
    form_class = ArrangeForm
    template_name = "placements/placing/arrange.html"

    def get_back(self):
        return self.subject.get_absolute_url()

    @cached_property
    def option(self):
        choice = choosing.current_choice(self.subject)
        return choosing.option_of(choice.reply) if choice else None

    def why_not(self):
        choice = choosing.current_choice(self.subject)
        price = self.option and self.option.price
        return rules.reason_not_to_arrange(self.subject, self.request.user, choice=choice, price=price)

    def get_initial(self):
        return {"start_on": self.option.reply.start_on} if self.option else {}

    def act(self, answers):
        return actions.arrange(self.subject, start_on=answers["start_on"], by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"option": self.option}


class PlacementPage(OpensCase, Door, TemplateView):
    page = Page.PLACEMENT
    may = set(SEES_THE_TEAMS_CASES)
    deed = "open a placement"
    template_name = "placements/placing/placement.html"

    @cached_property
    def subject(self):
        placements = Placement.objects.visible_to(self.request.user).select_related(
            "referral__person", "service__provider", "arranged_by", "agreement__decided_by", "choice"
        )
        return get_object_or_404(placements, number=self.kwargs["number"])

    def get_context_data(self, **kwargs):
        placement = self.subject
        lines = [Line.read(line) for line in placement.timetable]
        return super().get_context_data(**kwargs) | {
            "placement": placement,
            "referral": placement.referral,
            "rows": timetable(lines),
            "four_weekly": four_weekly(placement.weekly_cost),
            "yearly": yearly_estimate(placement.weekly_cost),
        }
