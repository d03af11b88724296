"""A page of declared questions, the approval, and the other children on a referral."""

from django.http import Http404
from django.urls import reverse

from brokerage.design.views import ButtonView
from brokerage.errors import Refused
from referrals.approval.actions import record_approval
from referrals.approval.forms import ApprovalForm
from referrals.approval.rules import approval_of, kinds_allowed
from referrals.intake import about_the_person as people
from referrals.intake import rules
from referrals.intake.draft_page import CHECK, LIST, AboutThePerson, DraftPage
from referrals.intake.models import Referral
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.people.sibling_forms import SiblingForm
from referrals.questions import actions as questions
from referrals.questions.answers import answers_of
from referrals.questions.forms import QuestionsForm
from referrals.questions.library import page_of, questions_of


class QuestionsPage(DraftPage):
    """One page of declared questions. Left for later with what was answered; gone on with only when it is whole."""

    form_class = QuestionsForm
    template_name = "referrals/questions/page.html"

    @property
    def key(self):
        return self.kwargs["page"]

    def get_heading(self):
        return self._page.label

    @property
    def _page(self):
        page = page_of(self.subject.pathway.terms, self.key)
        if page is None:
            raise Http404
        return page

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "questions": questions_of(self.subject.pathway.terms, self._page.key),
            "earlier": answers_of(self.subject),
            "person": "the child" if self.is_childs else "the person",
            "is_partial": self.then == LIST,
        }

    def get_initial(self):
        return {"q_worker_phone": self.subject.coordinator.phone} if self.key == "worker" else {}

    def form_valid(self, form):
        self.said = form.said
        return super().form_valid(form)

    def act(self, answers):
        questions.answer(self.subject, said=self.said, by=self.request.user)
        self.subject._prefetched_objects_cache.pop("answers", None)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "guidance": self._page.guidance,
            "worker": self.subject.coordinator if self.key == "worker" else None,
        }


class ApprovalPage(DraftPage):
    """The manager's approval, without which brokerage does not take it up (LEI-02, LEI-13, MED-12)."""

    key = "approval"
    heading = "Manager’s approval"
    form_class = ApprovalForm
    checks_names = False

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kinds": kinds_allowed(self.subject)}

    def why_not(self):
        return super().why_not() or (None if kinds_allowed(self.subject) else "This referral needs no approval.")

    def get_initial(self):
        approval = approval_of(self.subject)
        return {name: getattr(approval, name) for name in ApprovalForm.base_fields} if approval else {}

    def act(self, answers):
        record_approval(self.subject, by=self.request.user, **answers)


class AlsoForPage(AboutThePerson):
    """Further children who receive the same support (LEI-13)."""

    key = "also_for"
    heading = "Others who receive the same support"
    form_class = SiblingForm
    template_name = "referrals/people/also_for.html"

    def act(self, answers):
        people.add_child(self.subject, by=self.request.user, **answers)

    def get_success_url(self):
        if self.then == CHECK:
            return self.get_back()
        return reverse("referral_also_for", args=[self.subject.reference])


class RemoveChild(OwnReferral, ButtonView):
    may = REFERRERS
    deed = "write a referral"
    done = "The child was taken off this referral"

    def act(self, answers):
        held = Referral.objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        if reason := rules.reason_not_to_edit(held, self.request.user):
            raise Refused(reason)
        people.remove_child(held, child_id=self.kwargs["child"], by=self.request.user)

    def get_success_url(self):
        return reverse("referral_also_for", args=[self.subject.reference])
