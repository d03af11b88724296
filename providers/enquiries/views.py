from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.clocks import clock
from brokerage.design.views import ActionView, ButtonView, Door
from providers.enquiries import actions, anonymise, forms, progress, rules
from providers.enquiries.composing import Composition
from providers.enquiries.models import Enquiry, EnquiryStatus
from providers.enquiries.reading import marked, preview_of
from providers.enquiries.sheet import Sheet
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.intake.models import SEES_THE_TEAMS_CASES, Priority, Referral

READERS = frozenset(SEES_THE_TEAMS_CASES)


class OfAnEnquiry:
    """Pages of one enquiry, reached only through what this person may see."""

    def get_queryset(self):
        return Enquiry.objects.visible_to(self.request.user).select_related(
            "referral__pathway",
            "referral__person",
            "referral__needs",
            "referral__team",
            "referral__coordinator",
            "referral__referred_by",
            "referral__broker",
            "created_by",
            "sent_by",
            "released_by",
        )

    @cached_property
    def subject(self):
        rows = self.get_queryset().prefetch_related(
            "referral__person__contacts",
            "referral__outcomes",
            "referral__visits",
            "referral__papers",
            "clearances__cleared_by",
        )
        return get_object_or_404(rows, number=self.kwargs["number"])

    @cached_property
    def composition(self):
        return Composition(self.subject, at=clock.now())

    def get_caption(self):
        return f"{self.subject.number} for {self.subject.referral.initials} {self.subject.referral.reference}"


class Begin(ButtonView):
    may = rules.BROKERS
    deed = "write to providers"
    done = "Enquiry begun. Put the words right, then send it"

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user)

    def act(self, answers):
        return actions.begin(self.subject, by=self.request.user)

    def get_success_url(self):
        return self.outcome.get_absolute_url()


class Detail(OpensCase, OfAnEnquiry, Door, TemplateView):
    page = Page.ENQUIRY
    """The enquiry as it stands: to be put right and sent, on its way, or over."""

    may = READERS
    deed = "read enquiries"

    def get_template_names(self):
        return [f"providers/enquiries/{'draft' if self.subject.status == EnquiryStatus.DRAFT else 'sent'}.html"]

    def get_context_data(self, **kwargs):
        facts = self._of_a_draft() if self.subject.status == EnquiryStatus.DRAFT else self._once_sent()
        referral = self.subject.referral
        return super().get_context_data(**kwargs) | {"enquiry": self.subject, "referral": referral, **facts}

    def _of_a_draft(self):
        user, enquiry, composition = self.request.user, self.subject, self.composition
        return {
            "composition": composition,
            "preview": preview_of(composition.sheet, composition.to_ask),
            "withheld": anonymise.withheld_from(enquiry.referral),
            "to_put_right": [(text, marked(text, found)) for text, found in composition.checked if _blocks(found)],
            "warnings": [(finding, composition.clearances.get(finding.key)) for finding in composition.warnings],
            "why_not_write": rules.reason_not_to_write(enquiry, user),
            "why_not_send": rules.reason_not_to_send(enquiry, user, composition),
            "why_not_release": rules.reason_not_to_release(enquiry, user, composition),
        }

    def _once_sent(self):
        user, enquiry, now = self.request.user, self.subject, clock.now()
        sheet = Sheet.from_data(enquiry.sheet) if enquiry.sheet else None
        considered = enquiry.considered or []
        return {
            "progress": progress.of(enquiry),
            "preview": preview_of(sheet, []) if sheet else None,
            "not_asked": [row for row in considered if not row["in"]],
            "is_past": enquiry.closes_at is not None and enquiry.closes_at <= now,
            "is_sealed": enquiry.status == EnquiryStatus.OPEN
            and not enquiry.open_from_start
            and enquiry.closes_at > now,
            "why_not_close": rules.reason_not_to_close(enquiry, user, at=now),
            "why_not_withdraw": rules.reason_not_to_withdraw(enquiry, user),
        }


class Write(OfAnEnquiry, ActionView):
    may = rules.BROKERS
    deed = "write to providers"
    heading = "What providers will read"
    done = "Words saved and checked"
    form_class = forms.WordsForm
    template_name = "providers/enquiries/write.html"
    reason_not_to = rules.reason_not_to_write

    def get_form_kwargs(self):
        is_emergency = self.subject.referral.priority == Priority.EMERGENCY
        return super().get_form_kwargs() | {"texts": anonymise.texts_of(self.subject), "is_emergency": is_emergency}

    def get_initial(self):
        offers = forms.OPEN if self.subject.open_from_start else forms.SEALED
        return {"need_in_brief": self.subject.need_in_brief, "offers": offers}

    def form_valid(self, form):
        self.wording = form.wording
        return super().form_valid(form)

    def act(self, answers):
        offers = answers.get("offers")
        actions.write(
            self.subject,
            need_in_brief=answers.get("need_in_brief", ""),
            wording=self.wording,
            open_from_start=None if offers is None else offers == forms.OPEN,
            by=self.request.user,
        )


class Clear(OfAnEnquiry, ActionView):
    may = rules.BROKERS
    deed = "clear a warning"
    heading = "Why can these words stay?"
    done = "Warning cleared"
    form_class = forms.ClearForm
    template_name = "providers/enquiries/clear.html"
    reason_not_to = rules.reason_not_to_write

    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("kind", "found")}

    def act(self, answers):
        actions.clear(self.subject, by=self.request.user, **answers)


class Unclear(OfAnEnquiry, ActionView):
    may = rules.BROKERS
    deed = "clear a warning"
    heading = "Let the warning stand again"
    done = "The warning stands again"
    form_class = forms.WarningForm
    reason_not_to = rules.reason_not_to_write

    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("kind", "found")}

    def act(self, answers):
        actions.unclear(self.subject, by=self.request.user, **answers)


class LeaveOut(OfAnEnquiry, ActionView):
    may = rules.BROKERS
    deed = "leave a service out"
    done = "Left out"
    form_class = forms.LeaveOutForm
    reason_not_to = rules.reason_not_to_write

    def get_heading(self):
        name = next(
            (c.name for c in self.composition.candidates if c.service_id == self.kwargs["service_id"]), "this service"
        )
        return f"Leave out {name}"

    def act(self, answers):
        actions.leave_out(self.subject, service_id=self.kwargs["service_id"], by=self.request.user, **answers)


class PutBack(OfAnEnquiry, ButtonView):
    may = rules.BROKERS
    deed = "put a service back"
    done = "It will be asked after all"

    def act(self, answers):
        actions.put_back(self.subject, service_id=self.kwargs["service_id"], by=self.request.user)


class Release(OfAnEnquiry, ButtonView):
    may = rules.RELEASERS
    deed = "release what providers read"
    done = "Released. It can be sent now"

    def act(self, answers):
        actions.release(self.subject, by=self.request.user)


class Send(OfAnEnquiry, ButtonView):
    may = rules.BROKERS
    deed = "send an enquiry"
    done = "Enquiry sent. Watch the answers come in here"

    def act(self, answers):
        actions.send(self.subject, by=self.request.user)


class Close(OfAnEnquiry, ButtonView):
    may = rules.BROKERS
    deed = "close an enquiry"
    done = "Enquiry closed"

    def act(self, answers):
        actions.close(self.subject, by=self.request.user)

    def get_success_url(self):
        return reverse("offers", args=[self.subject.referral.reference])


class Withdraw(OfAnEnquiry, ActionView):
    may = rules.BROKERS
    deed = "withdraw an enquiry"
    heading = "Withdraw the enquiry"
    done = "Enquiry withdrawn"
    form_class = forms.WithdrawForm
    template_name = "providers/enquiries/withdraw.html"
    reason_not_to = rules.reason_not_to_withdraw

    def act(self, answers):
        actions.withdraw(self.subject, by=self.request.user, **answers)


def _blocks(found) -> bool:
    return any(finding.blocks for finding in found)
