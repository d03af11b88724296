"""The calls to make: which are due, who has taken each, every try, and how it was answered."""

from django.db.models import Count, Q
from django.urls import reverse, reverse_lazy
from django.views.generic import DetailView

from brokerage.accounts.models import Role
from brokerage.audit.recording import history_of
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock, Kind
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from referrals.asking import actions, rules
from referrals.asking.forms import AnswerForm, AskForm, AttemptForm, CallFilter, FromCallForm
from referrals.asking.models import READS_CALLS, CallRequest, Status
from referrals.intake.own import REFERRERS

READERS = set(READS_CALLS)
BROKERS = {Role.BROKER, Role.DUTY_BROKER}


class Calls(ListPage):
    may = READERS
    deed = "see the calls to make"
    heading = "Calls to make"
    template_name = "referrals/asking/calls.html"
    empty = "Nobody waits to be rung."
    filter_class = CallFilter
    columns = (
        Column("call", "Request"),
        Column("for_whom", "For"),
        Column("best_time", "Ring"),
        Column("due", "By", sort=("ring_by",)),
        Column("tries", "Tries", numeric=True),
        Column("taken_by", "Taken by"),
    )

    def get_rows(self):
        return (
            CallRequest.objects.visible_to(self.request.user)
            .select_related("taken_by", "team")
            .annotate(tries=Count("attempts"))
            .order_by("ring_by", "pk")
        )

    def get_queryset(self):
        rows = super().get_queryset()
        return rows if self.filter_form.is_bound else rows.open()

    def narrow(self, rows, answers):
        match answers["which"]:
            case "answered":
                rows = rows.filter(status=Status.ANSWERED).order_by("-answered_at")
            case "mine":
                rows = rows.open().filter(taken_by=self.request.user)
            case _:
                rows = rows.open()
        words = answers["words"].strip()
        if not words:
            return rows
        said = Q(reference__iexact=words) | Q(name__icontains=words)
        if digits := actions.digits_of(words):
            said |= Q(phone_digits__contains=digits)
        return rows.filter(said)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"may_take_down": self.request.user.has_role(*BROKERS)}


class OnACall:
    """Pages on one request to be rung."""

    def get_queryset(self):
        return CallRequest.objects.visible_to(self.request.user).select_related(
            "team", "taken_by", "answered_by", "referral"
        )

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"


class CallPage(OnACall, Door, DetailView):
    may = READERS
    deed = "see the calls to make"
    template_name = "referrals/asking/call.html"
    context_object_name = "call"
    slug_field = slug_url_kwarg = "reference"

    def get_context_data(self, **kwargs):
        call, user = self.object, self.request.user
        others = CallRequest.objects.visible_to(user).exclude(pk=call.pk)
        same = Q(pk=None)
        if call.phone_digits:
            same |= Q(phone_digits=call.phone_digits)
        if call.email:
            same |= Q(email__iexact=call.email)
        clocks = list(Clock.objects.filter(case=call.reference).order_by("due_at", "kind"))
        return super().get_context_data(**kwargs) | {
            "attempts": call.attempts.select_related("made_by"),
            "clocks": clocks,
            "first_try": next((each for each in clocks if each.kind == Kind.START and each.is_running), None),
            "events": [
                {"at": event.at, "said": event.said, "who": event.actor_name, "because": event.because}
                for event in history_of(call.reference)[:50]
            ],
            "same": others.filter(same).order_by("-pk")[:5],
            "may_take": rules.reason_not_to_take(call, user) is None,
            "may_ring": rules.reason_not_to_ring(call, user) is None,
            "may_put_back": rules.reason_not_to_put_back(call, user) is None,
            "sees_referral": bool(call.referral_id)
            and type(call.referral).objects.visible_to(user).filter(pk=call.referral_id).exists(),
            "now": clock.now(),
        }


class Take(OnACall, ButtonView):
    may = BROKERS
    deed = "take a call"
    done = "The call is yours"

    def act(self, answers):
        actions.take(self.subject, by=self.request.user)


class PutBack(OnACall, ButtonView):
    may = BROKERS
    deed = "put a call back"
    done = "Put back among the calls to make"
    goes_to = reverse_lazy("calls")

    def act(self, answers):
        actions.put_back(self.subject, by=self.request.user)


class LogAttempt(OnACall, ActionView):
    may = BROKERS
    deed = "note a try"
    heading = "They were not reached, or not for a talk"
    form_class = AttemptForm
    reason_not_to = rules.reason_not_to_ring
    done = "Noted"

    def act(self, answers):
        actions.log_attempt(self.subject, by=self.request.user, **answers)


class Answer(OnACall, ActionView):
    may = BROKERS
    deed = "answer a call"
    heading = "How was it answered?"
    form_class = AnswerForm
    reason_not_to = rules.reason_not_to_ring
    done = "Answered. Its clocks have stopped"

    def act(self, answers):
        actions.answer(self.subject, by=self.request.user, **answers)


class OpenReferral(OnACall, ActionView):
    may = BROKERS
    deed = "open a referral"
    heading = "Open a referral from this call"
    form_class = FromCallForm
    reason_not_to = rules.reason_not_to_ring
    done = "Begun with what they told us. Fill in the rest"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"team": self.subject.team}

    def get_initial(self):
        """Where they ask for themselves, the person is whoever asks."""
        if self.subject.for_whom != "me":
            return {}
        first, _, last = self.subject.name.strip().rpartition(" ")
        return {"first_names": first, "last_name": last}

    def act(self, answers):
        return actions.open_referral(self.subject, by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("referral_tasks", args=[self.outcome.reference])


class TakeDown(ActionView):
    """The same four questions, asked by somebody at the phone: the contact centre, or a broker."""

    may = REFERRERS
    deed = "write down a request to be rung"
    heading = "Somebody asks to be rung"
    form_class = AskForm
    template_name = "referrals/asking/take_down.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"teams": actions.teams_that_ring()}

    def get_back(self):
        return reverse("calls" if self.request.user.has_role(*READERS) else "my_referrals")

    def why_not(self):
        return (
            None if actions.teams_that_ring().exists() else "No team takes requests to be rung. Ask an administrator."
        )

    def act(self, answers):
        return actions.ask(by=self.request.user, **answers).call

    def get_done(self):
        return f"{self.outcome.reference} is among the calls to make"

    def get_success_url(self):
        return self.get_back()
