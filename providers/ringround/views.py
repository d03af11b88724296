"""The ring-round desk, and everything that is pressed on it. GET changes nothing."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from brokerage.clocks import calendars, clock
from brokerage.design.views import ActionView, ButtonView, Door
from providers.directory.queries import contracted_rate
from providers.enquiries.sheet import Sheet
from providers.ringround import actions, forms, queries, rules
from providers.ringround.models import TO_RECORD, Call, Outcome, RingLine, RingRound
from referrals.intake.models import Referral


class Open(ButtonView):
    may = rules.RINGS
    deed = "ring round"

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user)

    def act(self, answers):
        return actions.open_list(self.subject, by=self.request.user)

    def get_success_url(self):
        return self.outcome.get_absolute_url()


class OfAList:
    """A ring-round this person may see."""

    def get_queryset(self):
        seen = RingRound.objects.visible_to(self.request.user)
        return seen.select_related("referral__person", "referral__pathway", "referral__team", "enquiry", "ended_by")

    @cached_property
    def ring_round(self):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def desk(self) -> dict:
        ring_round, user = self.ring_round, self.request.user
        referral = ring_round.referral
        return {
            "desk": queries.desk_of(ring_round, user),
            "ring_round": ring_round,
            "referral": referral,
            "rings": rules.reason_not_to_ring(referral, user) is None and ring_round.status == "open",
            "stamp": queries.stamp_of(ring_round, at=clock.now()),
        }


class Desk(OfAList, Door, TemplateView):
    may = rules.READS
    deed = "see a ring-round"
    template_name = "providers/ringround/desk.html"

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs) | self.desk()
        return page | {"heading": "Ring-round", "back": self.ring_round.referral.get_absolute_url()}


class Live(OfAList, Door, View):
    """What has changed since, asked again and again by the desk: nothing, mostly."""

    may = rules.READS
    deed = "see a ring-round"

    def get(self, request, pk):
        stamp = queries.stamp_of(self.ring_round, at=clock.now())
        if request.headers.get("If-None-Match") == f'"{stamp}"':
            answer = HttpResponse(status=304)
        else:
            answer = render(request, "providers/ringround/_live.html", self.desk())
        answer["ETag"] = f'"{stamp}"'
        return answer


class Next(OfAList, ButtonView):
    may = rules.RINGS
    deed = "ring round"

    def act(self, answers):
        return actions.claim(self.subject, by=self.request.user)


class OutOfTurn(ActionView):
    may = rules.RINGS
    deed = "ring round"
    heading = "Ring them out of turn"
    form_class = forms.OutOfTurnForm

    def get_queryset(self):
        seen = RingRound.objects.visible_to(self.request.user)
        return RingLine.objects.filter(ring_round__in=seen).select_related("ring_round__referral__team")

    def get_caption(self):
        return self.subject.service_name

    def get_back(self):
        return self.subject.ring_round.get_absolute_url()

    def act(self, answers):
        return actions.claim(
            self.subject.ring_round, line=self.subject, because=answers["because"], by=self.request.user
        )

    def get_success_url(self):
        return self.get_back()


class OfACall:
    def get_queryset(self):
        seen = RingRound.objects.visible_to(self.request.user)
        return Call.objects.filter(line__ring_round__in=seen).select_related(
            "line__ring_round__referral__team", "line__ring_round__referral__pathway", "line__ring_round__enquiry",
            "line__ring_round__ended_by", "line__service", "made_by", "recorded_by", "reply",
        )  # fmt: skip

    def get_success_url(self):
        return self.subject.line.ring_round.get_absolute_url()


class InHand(OfACall, ButtonView, abstract=True):
    may = rules.RINGS
    deed = "record what came of a call"


class NoAnswer(InHand):
    done = "No answer: they come again after the others"

    def act(self, answers):
        return actions.finish(self.subject, outcome=Outcome.NO_ANSWER, by=self.request.user)


class WrongNumber(InHand):
    done = "Wrong number: put it right on the service’s page"

    def act(self, answers):
        return actions.finish(self.subject, outcome=Outcome.WRONG_NUMBER, by=self.request.user)


class GiveBack(InHand):
    done = "Given back: anybody may ring them"

    def act(self, answers):
        return actions.give_back(self.subject, by=self.request.user)


class Keep(InHand):
    done = "Yours for ten more minutes"

    def act(self, answers):
        return actions.keep(self.subject, by=self.request.user)


class TakeOver(OfACall, ActionView):
    may = rules.RINGS
    deed = "take over a call"
    heading = "Take over the call"
    form_class = forms.TakeOverForm
    reason_not_to = rules.reason_not_to_take_over

    def get_caption(self):
        return f"{self.subject.made_by} is ringing {self.subject.line.service_name}"

    def get_back(self):
        return self.subject.line.ring_round.get_absolute_url()

    def act(self, answers):
        return actions.take_over(self.subject, because=answers["because"], by=self.request.user)


class OutcomePage(OfACall, ActionView, abstract=True):
    """What came of the call, on one short form with the sheet beside it; or, once it is recorded, put right."""

    may = rules.RINGS
    deed = "record what came of a call"
    template_name = "providers/ringround/outcome.html"
    outcome_of_call = ""

    @cached_property
    def correcting(self) -> bool:
        return self.subject.outcome in TO_RECORD

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.from_data(self.subject.line.ring_round.enquiry.sheet)

    @property
    def today(self):
        return calendars.policy().local(clock.now()).date()

    def why_not(self):
        rule = rules.reason_not_to_correct if self.correcting else rules.reason_not_to_record
        return rule(self.subject, self.request.user)

    def get_form_kwargs(self):
        facts = {"line": self.subject.line, "sheet": self.sheet, "today": self.today, "correcting": self.correcting}
        return super().get_form_kwargs() | facts

    def get_heading(self):
        return f"{self.subject.line.service_name}: {Outcome(self.outcome_of_call).label.lower()}"

    def get_caption(self):
        return "Correct the outcome" if self.correcting else self.subject.line.phone

    def get_back(self):
        return self.subject.line.ring_round.get_absolute_url()

    def said(self, answers) -> dict:
        return answers

    def act(self, answers):
        said = self.said(dict(answers))
        said |= {"outcome": self.outcome_of_call, "by": self.request.user}
        return actions.correct(self.subject, **said) if self.correcting else actions.finish(self.subject, **said)

    def get_done(self):
        return f"{self.subject.line.service_name}: {Outcome(self.outcome_of_call).label.lower()}"

    def get_context_data(self, **kwargs):
        sheet = self.sheet
        page = {"sheet": sheet, "rows": sheet.rows, "distance": sheet.distance(self.subject.line.miles)}
        return super().get_context_data(**kwargs) | page


class CanHelp(OutcomePage):
    outcome_of_call = Outcome.CAN_HELP
    form_class = forms.CanHelpForm

    def get_initial(self):
        """The rate the council has agreed, and the day it is wanted: what is said on most calls."""
        line, terms = self.subject.line, self.subject.line.ring_round.referral.pathway.terms
        rate = contracted_rate(terms.service_kind, line.service, on=self.today)
        fits = rate is not None and rate.unit == self.sheet.unit
        wanted = self.sheet.wanted_start_on
        return {"rate": rate.amount if fits else None, "start_on": max(wanted, self.today) if wanted else self.today}


class Cannot(OutcomePage):
    outcome_of_call = Outcome.CANNOT
    form_class = forms.CannotForm


class RingBack(OutcomePage):
    outcome_of_call = Outcome.RING_BACK
    form_class = forms.RingBackForm

    def form_valid(self, form):
        form.cleaned_data["ring_back_at"] = form.ring_back_at(clock.now())
        del form.cleaned_data["at"]
        return super().form_valid(form)


class NoAnswerAfterAll(OutcomePage):
    outcome_of_call = Outcome.NO_ANSWER
    form_class = forms.PlainForm


class WrongNumberAfterAll(OutcomePage):
    outcome_of_call = Outcome.WRONG_NUMBER
    form_class = forms.PlainForm


class Correct(OfACall, Door, TemplateView):
    """What it should have been."""

    may = rules.RINGS
    deed = "correct a call"
    template_name = "providers/ringround/correct.html"

    def get_context_data(self, **kwargs):
        call = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        if call.outcome not in TO_RECORD:
            raise Http404
        links = (
            (Outcome.CAN_HELP, "call_can_help"),
            (Outcome.CANNOT, "call_cannot"),
            (Outcome.RING_BACK, "call_ring_back"),
            (Outcome.NO_ANSWER, "call_no_answer_after_all"),
            (Outcome.WRONG_NUMBER, "call_wrong_number_after_all"),
        )
        return super().get_context_data(**kwargs) | {
            "heading": f"Correct the call to {call.line.service_name}",
            "call": call,
            "reason_not_to": rules.reason_not_to_correct(call, self.request.user),
            "instead": [(outcome.label, reverse(name, args=[call.pk])) for outcome, name in links],
            "back": call.line.ring_round.get_absolute_url(),
        }


class Found(OfAList, ButtonView):
    may = rules.RINGS
    deed = "end a ring-round"
    done = "The referrer has been told. Compare the offers and choose."

    def act(self, answers):
        return actions.found(self.subject, by=self.request.user)

    def get_success_url(self):
        return self.subject.referral.get_absolute_url()


class Nobody(OfAList, ActionView):
    may = rules.RINGS
    deed = "end a ring-round"
    heading = "Nobody can help"
    form_class = forms.NobodyForm
    done = "The referrer has been asked what may change"

    def why_not(self):
        ring_round = self.subject
        ends = rules.reason_not_to_end(ring_round, self.request.user, at=clock.now())
        return ends or rules.reason_not_nobody(ring_round)

    def act(self, answers):
        return actions.nobody(self.subject, may_flex=answers["may_flex"], by=self.request.user)

    def get_success_url(self):
        return self.subject.referral.get_absolute_url()


class Stop(OfAList, ActionView):
    may = rules.RINGS
    deed = "end a ring-round"
    heading = "Stop the ring-round"
    form_class = forms.StopForm
    done = "The ring-round was stopped"

    def why_not(self):
        return rules.reason_not_to_end(self.subject, self.request.user, at=clock.now())

    def act(self, answers):
        return actions.stop(self.subject, because=answers["because"], by=self.request.user)

    def get_success_url(self):
        return self.subject.referral.get_absolute_url()
