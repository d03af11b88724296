"""The council's pages about an agreement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from brokerage.accounts.models import Role
from brokerage.clocks import clock
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from placements.contracts import actions, forms, queries, rules
from placements.contracts.evidence import in_groups
from placements.contracts.models import Contract, Original
from placements.placing.models import Placement
from referrals.access.models import Page
from referrals.access.opening import OpensCase


class OfContract:
    """Finds the agreement by its number, among those this person may see."""

    @cached_property
    def subject(self):
        contracts = Contract.objects.visible_to(self.request.user).select_related(
            "placement__referral__person", "placement__service", "issued_by"
        )
        return get_object_or_404(contracts, number=self.kwargs["number"])


class ContractPage(OpensCase, Door, OfContract, TemplateView):
    page = Page.AGREEMENT
    may = rules.READS
    deed = "read an agreement"
    template_name = "placements/contracts/contract.html"

    def get_context_data(self, **kwargs):
        contract, user = self.subject, self.request.user
        return super().get_context_data(
            heading=f"Agreement {contract.number}",
            contract=contract,
            due=actions.signature_due(contract),
            agreement=contract.agreement,
            fingerprint=in_groups(contract.agreement.sha256),
            signed_copy=contract.signed_copy,
            signatures=contract.signatures.all(),
            reason_not_to_sign=rules.reason_not_to_sign(contract, user),
            reason_not_to_withdraw=rules.reason_not_to_withdraw(contract, user),
            reason_not_to_send_again=rules.reason_not_to_send_again(contract, user),
            **kwargs,
        )


class Unsigned(ListPage):
    """Services that run, or soon will, with no agreement signed by both sides."""

    may = rules.READS_ALL
    deed = "see which agreements are not signed"
    heading = "Agreements not signed yet"
    template_name = "placements/contracts/unsigned.html"
    columns = (
        Column("case", "Case", sort="referral__reference"),
        Column("provider", "Provider", sort="service__name"),
        Column("starts", "Starts", sort="start_on"),
        Column("exposed", "Days without", sort="-start_on", numeric=True),
        Column("agreement", "Agreement", sort="contract_status"),
    )
    download_name = "agreements-not-signed"
    empty = "Every service that was arranged has an agreement signed by both sides."

    def get_rows(self):
        self.today = timezone.localtime(clock.now()).date()
        return queries.unsigned(self.request.user)

    def cells(self, row):
        exposed = queries.days_exposed(row, self.today)
        agreement = queries.status_in_words(row)
        return [row.referral.reference, row.service.name, row.start_on, exposed, agreement]

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        for row in page["rows"]:
            row.days_exposed = queries.days_exposed(row, self.today)
            row.agreement_in_words = queries.status_in_words(row)
        return page


class IssueContract(ActionView):
    may = {Role.BROKER, Role.DUTY_BROKER}
    deed = "issue an agreement"
    heading = "Check the agreement before it goes to the provider"
    done = "Agreement sent to the provider to sign"
    form_class = forms.IssueForm
    template_name = "placements/contracts/issue.html"
    reason_not_to = rules.reason_not_to_issue

    @cached_property
    def subject(self):
        return get_object_or_404(Placement.objects.visible_to(self.request.user), number=self.kwargs["number"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            words=actions.preview(self.subject, number="", at=clock.now()),
            mailbox=rules.mailbox_for_signing(self.subject.service),
            **kwargs,
        )

    def act(self, answers):
        return actions.issue(self.subject, by=self.request.user)

    def get_success_url(self):
        return self.outcome.get_absolute_url()


class SignForCouncil(OfContract, ActionView):
    may = rules.SIGNS
    deed = "sign an agreement for the council"
    heading = "Sign the agreement for the council"
    done = "Agreement signed and sealed. The provider has been sent it."
    form_class = forms.CouncilSignForm
    template_name = "placements/contracts/sign.html"
    reason_not_to = rules.reason_not_to_sign

    def get_form_kwargs(self):
        statement = actions.STATEMENT.format(council=self.subject.words["council"])
        return super().get_form_kwargs() | {"statement": statement}

    def get_initial(self):
        return {"agreement_hash": self.subject.agreement.sha256}

    def act(self, answers):
        actions.sign(self.subject, agreement_hash=answers["agreement_hash"], by=self.request.user)


class WithdrawContract(OfContract, ActionView):
    may = rules.SIGNS
    deed = "withdraw an agreement"
    heading = "Withdraw the agreement"
    done = "Agreement withdrawn"
    form_class = forms.WithdrawForm
    reason_not_to = rules.reason_not_to_withdraw

    def act(self, answers):
        actions.withdraw(self.subject, because=answers["because"], by=self.request.user)


class SendAgain(OfContract, ButtonView):
    may = rules.SIGNS
    deed = "send the provider a fresh link"
    done = "A fresh link is on its way to the provider. The link sent before no longer opens."

    def act(self, answers):
        actions.send_again(self.subject, by=self.request.user)


class OriginalFile(Door, OfContract, View):
    """The PDF as it was made. `kind` is set where the address is."""

    may = rules.READS
    deed = "read an agreement"
    kind = Original.Kind.AGREEMENT

    def get(self, request, *args, **kwargs):
        return as_file(get_object_or_404(self.subject.originals, kind=self.kind))


def as_file(original) -> HttpResponse:
    answer = HttpResponse(bytes(original.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{original.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer
