"""The provider's pages: one link, no account, made for a phone. GET and HEAD change nothing."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.links.pages import link_page
from placements.contracts import forms, rules, signing
from placements.contracts.models import Contract, Original
from placements.contracts.views import as_file


class BehindTheLink:
    may = "public"

    @cached_property
    def subject(self):
        return links.find(Contract, self.kwargs["token"])

    def address(self, name):
        return reverse(name, args=[links.token_for(self.subject)])


@link_page
class ReadAndSign(BehindTheLink, ActionView):
    """The agreement, and who will sign it. Sending it asks for a code; nothing is signed yet."""

    template_name = "placements/contracts/public/read.html"
    form_class = forms.SignForm

    def get_heading(self):
        return self.subject.words["title"]

    def get_caption(self):
        return f"Enquiry {self.subject.enquiry_number}"

    def why_not(self):
        return rules.reason_provider_cannot_sign(self.subject)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"statement": signing.statement_of(self.subject)}

    def get_initial(self):
        return {"agreement_hash": self.subject.agreement.sha256}

    def act(self, answers):
        return signing.ask_for_code(
            self.subject, name=answers["name"], role=answers["role"], agreement_hash=answers["agreement_hash"]
        )

    def get_back(self):
        return ""

    def get_success_url(self):
        return self.address("sign_agreement_code")

    def get_context_data(self, **kwargs):
        contract = self.subject
        return super().get_context_data(
            contract=contract,
            agreement=contract.agreement,
            signed_copy=contract.signed_copy,
            signature=contract.signature_of("provider"),
            file_address=self.address("sign_agreement_file"),
            signed_address=self.address("sign_agreement_signed_file"),
            decline_address=self.address("sign_agreement_decline"),
            **kwargs,
        )


@link_page
class EnterCode(BehindTheLink, Door, FormView):
    template_name = "placements/contracts/public/code.html"
    form_class = forms.CodeForm

    def dispatch(self, request, *args, **kwargs):
        if rules.reason_provider_cannot_sign(self.subject) or signing.intent_of(self.subject) is None:
            return HttpResponseRedirect(self.address("sign_agreement"))  # signed already, or nobody has said who signs
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"intent": signing.intent_of(self.subject).pk}

    def form_valid(self, form):
        answers = form.cleaned_data
        reason = signing.enter_code(self.subject, intent_id=answers["intent"], typed=answers["code"])
        if reason:
            form.add_error("code", reason)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return HttpResponseRedirect(self.address("sign_agreement"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Enter the code to sign",
            caption=f"Enquiry {self.subject.enquiry_number}",
            contract=self.subject,
            intent=signing.intent_of(self.subject),
            mailbox=half_hidden(self.subject.mailbox),
            back=self.address("sign_agreement"),
            again_address=self.address("sign_agreement_code_again"),
            **kwargs,
        )


@link_page
class SendCodeAgain(BehindTheLink, ButtonView):
    """A new code for the same person; the one before it is no use any more."""

    done = "A new code is on its way. The code before it no longer works."

    def do_once(self, answers):
        try:
            return super().do_once(answers)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())

    def act(self, answers):
        intent = signing.intent_of(self.subject)
        if intent is None:
            raise Refused("Say who will sign before asking for a code.")
        signing.ask_for_code(self.subject, name=intent.name, role=intent.role, agreement_hash=intent.agreement_hash)

    def get_success_url(self):
        return self.address("sign_agreement_code")


@link_page
class Decline(BehindTheLink, ActionView):
    heading = "Decline the agreement"
    template_name = "placements/contracts/public/decline.html"
    form_class = forms.DeclineForm

    def get_caption(self):
        return f"Enquiry {self.subject.enquiry_number}"

    def why_not(self):
        return rules.reason_provider_cannot_sign(self.subject)

    def get_back(self):
        return self.address("sign_agreement")

    def act(self, answers):
        signing.decline(self.subject, name=answers["name"], role=answers["role"], because=answers["because"])

    def get_success_url(self):
        return self.address("sign_agreement")


@link_page
class File(BehindTheLink, Door, View):
    kind = Original.Kind.AGREEMENT

    def get(self, request, *args, **kwargs):
        return as_file(get_object_or_404(self.subject.originals, kind=self.kind))


def half_hidden(address: str) -> str:
    """Enough of a mailbox for its owner to know it: m…@provider.example."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
