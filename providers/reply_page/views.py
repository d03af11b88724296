"""Behind a provider's link: what is needed, and the ways to answer. GET and HEAD change nothing."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from brokerage.clocks import clock
from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.design.wording import short
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.links.pages import link_page
from providers.enquiries.models import Invitation
from providers.replies import actions, confirming, rules
from providers.reply_page import forms
from providers.reply_page.reading import page_of, said

ANSWERS = {  # the last part of the address -> (heading, form)
    "whole": ("Yes, all of it", forms.OfferForm),
    "part": ("Yes, part of it", forms.PartForm),
    "different": ("Yes, but different", forms.DifferentForm),
    "interested": ("Interested, please call us", forms.CallForm),
    "no": ("No", forms.NoForm),
}
KEPT = ("rate", "start_on", "visits", "changes", "who_will_come", "conditions", "why_not", "would_say_yes_if", "phone")
HAVE_IT = "We have your reply. A receipt has gone to your registered mailbox."


class BehindTheLink:
    may = "public"

    @cached_property
    def subject(self):
        return links.find(Invitation, self.kwargs["token"])

    @cached_property
    def page(self):
        return page_of(self.subject, at=clock.now())

    @property
    def kinds(self):
        """A part can be offered only where there are parts."""
        return [kind for kind in ANSWERS if kind != "part" or len(self.page.sheet.timetable) > 1]

    def address(self, name, *parts):
        return reverse(name, args=[links.token_for(self.subject), *parts])

    def get_context_data(self, **kwargs):
        given = super().get_context_data(
            page=self.page,
            caption=f"Enquiry {self.page.sheet.enquiry}",
            answers=[(ANSWERS[kind][0], self.address("reply_answer", kind)) for kind in self.kinds],
            not_us=self.address("reply_not_us"),
            **kwargs,
        )
        return {name: value for name, value in given.items() if name not in ("subject", "view")}


@link_page
class ReplyPage(BehindTheLink, Door, TemplateView):
    template_name = "providers/reply_page/enquiry.html"


class Sending(BehindTheLink, ActionView, abstract=True):
    """A form that says who sends it."""

    template_name = "providers/reply_page/answer.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sheet": self.page.sheet}

    def get_caption(self):
        return f"Enquiry {self.page.sheet.enquiry}"

    def get_back(self):
        return self.address("reply_page")


@link_page
class Answer(Sending):
    """One way of answering, on one short form."""

    @cached_property
    def kind(self):
        if self.kwargs["kind"] not in self.kinds:
            raise Http404
        return self.kwargs["kind"]

    @property
    def needs_code(self):
        return rules.needs_code(self.kind)

    @property
    def done(self):
        return "" if self.needs_code else HAVE_IT

    def get_heading(self):
        return ANSWERS[self.kind][0]

    def get_form_class(self):
        return ANSWERS[self.kind][1]

    def get_initial(self):
        """What was said before, but for who said it."""
        current = self.subject.replies.current().first()
        known = {name: getattr(current, name) for name in KEPT} if current else {}
        return known | {"phone": known.get("phone") or self.subject.service.phone}

    def why_not(self):
        return self.page.stop

    def act(self, answers):
        verb = confirming.ask_for_code if self.needs_code else actions.reply
        verb(self.subject, kind=self.kind, **answers)

    def get_success_url(self):
        return self.address("reply_code" if self.needs_code else "reply_page")


@link_page
class EnterCode(BehindTheLink, Door, FormView):
    template_name = "providers/reply_page/code.html"
    form_class = forms.CodeForm

    def dispatch(self, request, *args, **kwargs):
        if self.page.stop or confirming.intent_of(self.subject) is None:
            return HttpResponseRedirect(self.address("reply_page"))  # sent already, or nothing waits for a code
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"intent": confirming.intent_of(self.subject).pk}

    def form_valid(self, form):
        answers = form.cleaned_data
        reason = confirming.enter_code(self.subject, intent_id=answers["intent"], typed=answers["code"])
        if reason:
            form.add_error("code", reason)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, HAVE_IT)
        return HttpResponseRedirect(self.address("reply_page"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Enter the code to send your reply",
            mailbox=half_hidden(self.subject.mailbox),
            back=self.address("reply_page"),
            again_address=self.address("reply_code_again"),
            **kwargs,
        )


@link_page
class SendCodeAgain(BehindTheLink, ButtonView):
    """A new code for the same reply; the one before it is no use any more."""

    done = "A new code is on its way. The code before it no longer works."

    def do_once(self, answers):
        try:
            return super().do_once(answers)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())

    def act(self, answers):
        if confirming.ask_again(self.subject) is None:
            raise Refused("Write your reply before asking for a code.")

    def get_success_url(self):
        return self.address("reply_code")


@link_page
class NotUs(Sending):
    """For a registered mailbox that got a receipt for a reply it did not give."""

    form_class = forms.NotUsForm
    heading = "This was not us"
    template_name = "providers/reply_page/not_us.html"

    def get_form_kwargs(self):
        replies = [said(one, self.page.sheet) for one in self.subject.replies.stands().order_by("-version")]
        choices = [(one.version, f"{one.kind}, by {one.by}, {short(one.made_at, clock.now())}") for one in replies]
        return super().get_form_kwargs() | {"replies": choices}

    def why_not(self):
        return rules.reason_not_to_disown(self.subject)

    def act(self, answers):
        actions.disown(self.subject, **answers)

    def get_success_url(self):
        return reverse("reply_taken_back")


class TakenBack(Door, TemplateView):
    """Stands behind no link: the one that led here is dead by now."""

    may = "public"
    template_name = "providers/reply_page/taken_back.html"


def half_hidden(address: str) -> str:
    """Enough of a mailbox for its owner to know it: m…@provider.example."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
