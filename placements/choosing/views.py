from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.clocks import clock
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, MoneyField, shown_for
from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.money import pounds
from placements.choosing import actions, queries, rules
from providers.replies.models import Reply
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.intake.models import SEES_THE_TEAMS_CASES, Referral

BROKERS = {Role.BROKER, Role.DUTY_BROKER}


class OfACase:
    """Pages that stand on a referral this person may see."""

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user).select_related(
            "person", "pathway", "team", "broker", "coordinator"
        )

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"

    def get_back(self):
        return reverse("offers", args=[self.subject.reference])


class Offers(OpensCase, OfACase, Door, TemplateView):
    page = Page.OFFERS
    """Every offer side by side: cost, quality, distance, start, and how much of the week each covers (DER-13)."""

    may = set(SEES_THE_TEAMS_CASES)
    deed = "compare offers"
    template_name = "placements/choosing/offers.html"

    @cached_property
    def subject(self):
        return get_object_or_404(self.get_queryset(), reference=self.kwargs["reference"])

    def get_context_data(self, **kwargs):
        now = clock.now()
        enquiry = self.subject.enquiries.order_by("-id").first()
        if enquiry is None:
            raise Http404
        sealed = enquiry.status == "open" and not enquiry.open_from_start and enquiry.closes_at > now
        return super().get_context_data(**kwargs) | {
            "referral": self.subject,
            "hours": _hours_asked_for(enquiry),
            "enquiry": enquiry,
            "sealed": sealed,
            "options": queries.options(self.subject, at=now),
            "refusals": [] if sealed else queries.refusals_of(self.subject, at=now),
            "choice": queries.current_choice(self.subject),
            "why_not_choose": rules.reason_not_to_choose(self.subject, self.request.user),
        }


def _hours_asked_for(enquiry) -> str:
    sheet = enquiry.sheet or {}
    return sheet["hours_a_week"] if sheet.get("timetable") else ""


class PresentOptions(OfACase, ButtonView):
    may = BROKERS
    deed = "present options"
    done = "The referrer has been told that the options are ready"

    def get_success_url(self):
        return reverse("offers", args=[self.subject.reference])

    def act(self, answers):
        actions.present_options(self.subject, by=self.request.user)


class ChoiceForm(GovukForm):
    submit_text = "Record the choice"

    reply = forms.TypedChoiceField(
        label="Which offer was chosen?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the offer that was chosen"},
    )
    chosen_by = forms.CharField(
        label="Who chose?",
        help_text="For example: the person, or her daughter with her",
        max_length=120,
        error_messages={"required": "Enter who chose"},
    )
    made_on = DateInputField(
        label="When did they choose? (optional)", required=False, help_text="Leave empty for today"
    )
    because = forms.CharField(
        label="Why this one?", widget=forms.Textarea, error_messages={"required": "Enter why this one was chosen"}
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reply"].choices = [
            Choice(
                option.reply.pk,
                option.reply.invitation.service_name,
                hint=f"{pounds(option.price.weekly)} a week, from {option.reply.start_on.day} {option.reply.start_on:%B %Y}, "
                + (
                    "covers all of it"
                    if option.covers_all
                    else f"covers {len(option.covered)} of {option.visits} visits"
                ),
            )
            for option in options
            if not option.reply.is_late
        ]


class RecordChoice(OfACase, ActionView):
    may = BROKERS
    deed = "record a choice"
    heading = "Record the person’s choice"
    done = "Choice recorded"
    form_class = ChoiceForm
    reason_not_to = rules.reason_not_to_choose

    @cached_property
    def options(self):
        return {option.reply.pk: option for option in queries.options(self.subject, at=clock.now())}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"options": self.options.values()}

    def get_initial(self):
        return {"reply": self.request.GET.get("reply")}

    def act(self, answers):
        reply = self.options[answers.pop("reply")].reply
        actions.record_choice(self.subject, reply=reply, by=self.request.user, **answers)


class NegotiationForm(GovukForm):
    submit_text = "Record it"

    happened = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[
            Choice("council", "We proposed a rate"),
            Choice("provider", "They proposed a rate"),
            Choice(
                "agreed",
                "They agreed to a lower rate",
                hint="This ends the negotiation. The offer then stands at that rate",
            ),
            Choice("ended", "They kept to their price", hint="This ends the negotiation"),
        ],
        error_messages={"required": "Select what happened"},
    )
    rate = MoneyField(label="Rate", required=False)
    words = forms.CharField(
        label="What was said", max_length=300, widget=forms.Textarea, error_messages={"required": "Enter what was said"}
    )

    def layout(self):
        rate = shown_for("happened", "council provider agreed", Field.text("rate", field_width=5))
        return [Field.radios("happened"), rate, Field.textarea("words", rows=3)]

    def clean(self):
        answers = super().clean()
        if answers.get("happened") in {"council", "provider", "agreed"} and not answers.get("rate"):
            self.add_error("rate", "Enter the rate")
        return answers


class Negotiate(ActionView):
    """Talk about one offer's price, step by step (PPF-16)."""

    may = BROKERS
    deed = "negotiate"
    heading = "Negotiate the price"
    done = "Recorded"
    form_class = NegotiationForm
    template_name = "placements/choosing/negotiate.html"
    reason_not_to = rules.reason_not_to_negotiate

    def get_queryset(self):
        return (
            Reply.objects.current()
            .offers()
            .readable_at(clock.now())
            .filter(invitation__enquiry__referral__in=Referral.objects.visible_to(self.request.user))
            .select_related(
                "invitation__enquiry__referral__pathway",
                "invitation__enquiry__referral__person",
                "invitation__service",
                "negotiation",
            )
        )

    @property
    def referral(self):
        return self.subject.invitation.enquiry.referral

    def get_caption(self):
        return f"{self.referral.reference}, {self.subject.invitation.service_name}"

    def get_back(self):
        return reverse("casefile", args=[self.referral.reference])

    def get_success_url(self):
        if self.kept_talking:
            return reverse("negotiate", args=[self.subject.pk])
        return reverse("casefile", args=[self.referral.reference])

    def act(self, answers):
        happened, rate, words, by = answers["happened"], answers["rate"], answers["words"], self.request.user
        self.kept_talking = happened in {"council", "provider"}
        if self.kept_talking:
            actions.propose_rate(self.subject, side=happened, rate=rate, words=words, by=by)
        elif happened == "agreed":
            actions.agree_rate(self.subject, rate=rate, words=words, by=by)
        else:
            actions.end_negotiation(self.subject, words=words, by=by)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        return page | {"option": queries.option_of(self.subject), "referral": self.referral}
