"""Cases that are like this one: what may be seen of them, and saying what they are to each other."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.design.forms import Choice
from brokerage.design.views import ActionView, Door
from referrals.access.models import Page
from referrals.access.opening import opened
from referrals.intake import duplicates, joining, rules
from referrals.intake.forms import CompareForm
from referrals.intake.models import Referral
from referrals.intake.own import REFERRERS, OwnReferral

BROKERS = {Role.BROKER, Role.DUTY_BROKER}
SAME_PERSON, SAME_REQUEST, DIFFERENT, COPY, OTHER_WAY = "same_person", "same_request", "different", "copy", "other_way"


class OfACase:
    """The same pages for a broker, on a case that was received."""

    def get_queryset(self):
        rows = Referral.objects.visible_to(self.request.user).submitted()
        return rows.select_related("person", "pathway", "team", "needs", "broker")

    @cached_property
    def subject(self):
        return get_object_or_404(self.get_queryset(), reference=self.kwargs["reference"])

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"


class AlikeToDraft(OwnReferral, Door, TemplateView):
    may = REFERRERS
    deed = "write a referral"
    template_name = "referrals/joining/alike.html"
    compares, goes_back = "compare_draft", "referral_tasks"

    def get_context_data(self, **kwargs):
        alike, hidden = duplicates.seen_by(self.subject, self.request.user)
        return super().get_context_data(**kwargs) | {
            "referral": self.subject,
            "person": self.subject.person,
            "caption": self.get_caption(),
            "alike": [(each, self._compare(each.referral)) for each in alike],
            "hidden": hidden,
            "back": reverse(self.goes_back, args=[self.subject.reference]),
            "reason_not_to": self._reason_not_to(),
        }

    def _compare(self, other):
        return reverse(self.compares, args=[self.subject.reference, other.reference])

    def _reason_not_to(self):
        return rules.reason_not_to_edit(self.subject, self.request.user)


class AlikeToCase(OfACase, AlikeToDraft):
    may = BROKERS
    deed = "say that two cases are one person’s"
    compares, goes_back = "compare_cases", "casefile"

    def get(self, request, *args, **kwargs):
        """A case that nothing points to can be named by its number."""
        if named := request.GET.get("other", "").strip().upper():
            self.named = named
            if found := self.get_queryset().filter(reference=named).exclude(pk=self.subject.pk).first():
                return HttpResponseRedirect(self._compare(found))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"may_name": True, "not_found": getattr(self, "named", "")}

    def _reason_not_to(self):
        return rules.reason_not_to_work_on(self.subject, self.request.user)


class CompareDraft(OwnReferral, ActionView):
    """A draft beside an earlier case."""

    may = REFERRERS
    deed = "write a referral"
    heading = "Is it the same person?"
    form_class = CompareForm
    template_name = "referrals/joining/compare.html"
    reason_not_to = rules.reason_not_to_discard
    needs_reason = {DIFFERENT}

    @cached_property
    def other(self):
        rows = Referral.objects.visible_to(self.request.user).submitted().exclude(pk=self.subject.pk)
        rows = rows.select_related("person", "pathway", "team", "needs", "broker")
        return get_object_or_404(rows, reference=self.kwargs["other"])

    def get(self, request, *args, **kwargs):
        """What is read of a case here is an opening of it like any other."""
        response = super().get(request, *args, **kwargs)
        for each in (self.subject, self.other):
            if response.status_code == 200 and each.received_at:
                opened(each, by=request.user, page=Page.REFERRAL)
        return response

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"choices": self.choices(), "needs_reason": self.needs_reason}

    def choices(self):
        other, is_open = self.other, self.other.status in rules.STILL_OPEN
        choices = [Choice(SAME_PERSON, "The same person, another need", hint="Both are kept, for one person")]
        if not _is_begun(self.subject):
            hint = f"A new draft with their needs, outcomes and visits as on {other.reference}, for you to check"
            choices.append(Choice(COPY, "The same person: copy what is known", hint=hint))
        if is_open:
            hint = (
                f"Your draft is thrown away. What it says becomes a note on {other.reference}, and its broker is told"
            )
            choices.append(Choice(SAME_REQUEST, "The same request", hint=hint))
        return [*choices, Choice(DIFFERENT, "A different person")]

    def get_back(self):
        return reverse("alike_to_draft", args=[self.subject.reference])

    def act(self, answers):
        draft, other, by, because = self.subject, self.other, self.request.user, answers["because"]
        self.chosen, self.reference = answers["answer"], draft.reference
        match answers["answer"]:
            case "same_person":
                joining.same_person(draft, other, by=by)
            case "copy":
                self.reference = joining.replace_by_copy(draft, other, by=by).reference
            case "same_request":
                joining.join(draft, other, by=by)
            case "different":
                joining.different(draft, other, because=because, by=by)
            case _:
                raise Http404

    def get_done(self):
        return {
            SAME_PERSON: "Kept as one person with two needs",
            COPY: "Copied. Check each page before you submit",
            SAME_REQUEST: f"Joined to {self.other.reference}. Its broker has been told",
            DIFFERENT: "Kept as different people",
        }[self.chosen]

    def get_success_url(self):
        if self.chosen == SAME_REQUEST:
            return reverse("my_referrals")
        return reverse("referral_tasks", args=[self.reference])

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        return page | {"referral": self.subject, "other": self.other, "pairs": _side_by_side(self.subject, self.other)}


class CompareCases(OfACase, CompareDraft):
    """Two cases that were both received."""

    may = BROKERS
    deed = "say that two cases are one person’s"
    heading = "Are these one person’s?"
    reason_not_to = rules.reason_not_to_work_on
    needs_reason = {DIFFERENT, SAME_REQUEST, OTHER_WAY}

    def choices(self):
        case, other = self.subject, self.other
        return [
            Choice(SAME_PERSON, "The same person, another need", hint="Both cases go on, for one person"),
            Choice(
                SAME_REQUEST,
                f"The same request: {other.reference} goes on",
                hint=f"{case.reference} is closed as joined. Undoing it takes a new referral",
            ),
            Choice(
                OTHER_WAY,
                f"The same request: {case.reference} goes on",
                hint=f"{other.reference} is closed as joined. Undoing it takes a new referral",
            ),
            Choice(DIFFERENT, "A different person"),
        ]

    def get_back(self):
        return reverse("alike_to_case", args=[self.subject.reference])

    def act(self, answers):
        case, other, by, because = self.subject, self.other, self.request.user, answers["because"]
        self.chosen, self.goes_on = answers["answer"], case
        match answers["answer"]:
            case "same_person":
                joining.same_person(case, other, by=by, because=because)
            case "same_request":
                self.goes_on = joining.join(case, other, by=by, because=because)
            case "other_way":
                joining.join(other, case, by=by, because=because)
            case "different":
                joining.different(case, other, because=because, by=by)
            case _:
                raise Http404

    def get_done(self):
        joined = f"Joined: {self.goes_on.reference} goes on"
        return {
            SAME_PERSON: "Kept as one person with two needs",
            SAME_REQUEST: joined,
            OTHER_WAY: joined,
            DIFFERENT: "Kept as different people",
        }[self.chosen]

    def get_success_url(self):
        return self.goes_on.get_absolute_url()


def _is_begun(draft) -> bool:
    """Whether more was written than who it is about."""
    return bool(draft.needs.summary or draft.outcomes.all() or draft.visits.all() or draft.papers.all())


def _side_by_side(referral, other):
    return [
        ("Name", referral.person and referral.person.full_name, other.person.full_name),
        ("Known as", referral.person and referral.person.known_as, other.person.known_as),
        ("Date of birth", referral.person and referral.person.born_on, other.person.born_on),
        ("Case record number", referral.person and referral.person.record_id, other.person.record_id),
        ("NHS number", referral.person and referral.person.nhs_number, other.person.nhs_number),
        ("Address", _address(referral.person), _address(other.person)),
        ("Service", referral.pathway.name, other.pathway.name),
        ("Stage", referral.get_status_display(), other.get_status_display()),
        ("What is needed", referral.needs.summary, other.needs.summary),
        ("Start wanted", referral.wanted_start_on, other.wanted_start_on),
        ("Broker", referral.broker and referral.broker.full_name, other.broker and other.broker.full_name),
    ]


def _address(person):
    return person and ", ".join(part for part in (person.address, person.postcode) if part)
