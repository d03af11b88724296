"""The rota's pages, and an alarm's. Behind the link of a page GET changes nothing; a POST names who has it."""

from datetime import datetime, timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.clocks import calendars, clock
from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.links import links
from brokerage.links.pages import link_page

from . import actions, forms, queries, rules, shifts
from .models import Alarm, How, Page, Shift

A_DAY = timedelta(days=1)


class Rota(Door, TemplateView):
    may = rules.MAY_READ
    deed = "see who is on call"
    template_name = "oncall/rota.html"

    def get_context_data(self, **kwargs):
        user, now = self.request.user, clock.now()
        alarms = Alarm.objects.visible_to(user).select_related("team")
        return super().get_context_data(**kwargs) | {
            "heading": "Who is on call",
            "teams": queries.fortnight(user, at=now),
            "alarms": [_with_reason(alarm, user) for alarm in alarms.going()],
            "answered": alarms.exclude(acknowledged_at=None)[:5],
            "may_change": rules.reason_not_to_change(user) is None,
            "may_hand_over": user.has_role(*rules.ANSWERS),
            "now": now,
        }


def _with_reason(alarm, user):
    alarm.may_answer = rules.reason_not_to_acknowledge(alarm, user) is None
    return alarm


class AShift(ActionView, abstract=True):
    may = rules.MAY_CHANGE
    deed = "change the rota"
    form_class = forms.ShiftForm
    template_name = "oncall/shift.html"
    goes_to = reverse_lazy("rota")
    back = reverse_lazy("rota")

    def get_queryset(self):
        return Shift.objects.visible_to(self.request.user).select_related("team", "person")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"teams": queries.teams_of(self.request.user)}

    def form_valid(self, form):
        form.cleaned_data = form.facts()
        return super().form_valid(form)


class PutOn(AShift):
    heading = "Put somebody on the rota"
    done = "Put on the rota"

    def get_queryset(self):
        return None

    def get_initial(self):
        """A gap that was pressed is filled in."""
        ends = [_instant(self.request.GET.get(name, "")) for name in ("from", "until")]
        team = self.request.GET.get("team", "")
        filled = forms.answers_from(*ends, policy=calendars.policy())
        return filled | ({"team": team} if team.isdecimal() else {})

    def act(self, answers):
        return shifts.put_on(**answers, by=self.request.user)


class Change(AShift):
    heading = "Change a shift"
    done = "The rota was changed"

    def why_not(self):
        return rules.reason_not_to_change(self.request.user, self.subject)

    def get_initial(self):
        return forms.answers_of(self.subject, policy=calendars.policy())

    def act(self, answers):
        shifts.change(self.subject, **answers, by=self.request.user)


class TakeOff(ButtonView):
    may = rules.MAY_CHANGE
    deed = "change the rota"
    done = "Taken off the rota"
    goes_to = reverse_lazy("rota")

    def get_queryset(self):
        return Shift.objects.visible_to(self.request.user)

    def act(self, answers):
        shifts.take_off(self.subject, by=self.request.user)


class CopyWeek(ActionView):
    may = rules.MAY_CHANGE
    deed = "change the rota"
    heading = "Copy a week of the rota"
    form_class = forms.CopyForm
    back = goes_to = reverse_lazy("rota")
    template_name = "oncall/copy.html"

    @cached_property
    def mondays(self):
        """Next week first, then the one after it, and this one: each is filled from the week before."""
        today = calendars.policy().local(clock.now()).date()
        this = today - today.weekday() * A_DAY
        return [this + 7 * A_DAY, this + 14 * A_DAY, this]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"mondays": self.mondays}

    def act(self, answers):
        return shifts.copy_week(to=answers["to"], by=self.request.user)

    def get_done(self):
        if not self.has_acted:
            return "The week was copied"
        copied, left = self.outcome
        said = f"{copied} shift{'' if copied == 1 else 's'} copied"
        return f"{said}. {len(left)} not: {left[0]}" if left else said


class AlarmPage(Door, TemplateView):
    """An alarm and every page that was sent for it."""

    may = "anyone signed in"
    template_name = "oncall/alarm.html"

    @cached_property
    def alarm(self):
        return get_object_or_404(
            Alarm.objects.visible_to(self.request.user).select_related("team", "acknowledged_by"), pk=self.kwargs["pk"]
        )

    def get_context_data(self, **kwargs):
        alarm = self.alarm
        return super().get_context_data(**kwargs) | {
            "heading": f"{alarm.words} {alarm.case}",
            "alarm": alarm,
            "pages": alarm.pages.order_by("-round", "pk"),
            "reason_not_to": rules.reason_not_to_acknowledge(alarm, self.request.user),
            "back": reverse("rota") if self.request.user.has_role(*rules.MAY_READ) else reverse("home"),
        }


class Acknowledge(ButtonView):
    may = "anyone signed in"
    deed = "say that you have it"
    done = "You have it. Nobody else is paged."

    def get_queryset(self):
        return Alarm.objects.visible_to(self.request.user).select_related("team")

    def act(self, answers):
        actions.acknowledge(self.subject, by=self.request.user)


@link_page
class AnswerPage(ActionView):
    """Behind the link in a page, for whoever holds the phone."""

    may = "public"
    form_class = forms.WhoHasItForm
    template_name = "oncall/answer.html"
    done = "You have it. Nobody else is paged."

    @cached_property
    def subject(self):
        page = links.find(Page, self.kwargs["token"])
        return Page.objects.select_related("alarm__team").get(pk=page.pk)

    def get_heading(self):
        return f"{self.subject.alarm.words} {self.subject.alarm.case}"

    def get_back(self):
        return ""

    def act(self, answers):
        actions.acknowledge(self.subject.alarm, name=answers["name"], how=How.LINK)

    def get_success_url(self):
        return reverse("oncall_page", args=[self.kwargs["token"]])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"alarm": self.subject.alarm}


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
