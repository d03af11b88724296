"""Other help that people are told of: read by everybody on a case, kept by administrators."""

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.design.views import ActionView, ButtonView, Door
from referrals.signposts import actions, rules
from referrals.signposts.forms import SignpostForm
from referrals.signposts.models import Signpost


class Signposts(Door, TemplateView):
    may = rules.READS
    deed = "read the signposts"
    template_name = "referrals/signposts/signposts.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "signposts": Signpost.objects.order_by("-is_in_use", "name"),
            "changes_them": rules.reason_not_to_change(self.request.user) is None,
        }


class KeepsSignposts(ActionView, abstract=True):
    may = rules.CHANGES
    deed = "change a signpost"
    form_class = SignpostForm
    goes_to = reverse_lazy("signposts")
    back = reverse_lazy("signposts")

    def get_back(self):
        return self.back


class AddSignpost(KeepsSignposts):
    heading = "Add a signpost"
    done = "Signpost added"

    @property
    def subject(self):
        return None

    def act(self, answers):
        return actions.add(by=self.request.user, **answers)


class OnASignpost:
    @cached_property
    def subject(self):
        return get_object_or_404(Signpost, code=self.kwargs["code"])


class ChangeSignpost(OnASignpost, KeepsSignposts):
    heading = "Change the signpost"
    done = "Saved"

    def get_initial(self):
        return {name: getattr(self.subject, name) for name in actions.FACTS}

    def act(self, answers):
        return actions.change(self.subject, by=self.request.user, **answers)


class TurnSignpost(OnASignpost, ButtonView):
    """Out of use, or back into it."""

    may = rules.CHANGES
    deed = "change a signpost"
    goes_to = reverse_lazy("signposts")
    done = "Saved"

    def act(self, answers):
        return actions.change(self.subject, by=self.request.user, is_in_use=not self.subject.is_in_use)
