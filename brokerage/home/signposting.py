"""Recording on a case that the person was told of other help."""

from django.urls import reverse

from brokerage.design.views import ActionView
from brokerage.home.views import OnACase
from referrals.signposts import actions, rules
from referrals.signposts.forms import TellForm


class TellOfHelp(OnACase, ActionView):
    may = rules.TELLS
    deed = "record that the person was told of other help"
    heading = "Tell of other help"
    done = "Recorded"
    form_class = TellForm
    template_name = "referrals/signposts/tell.html"
    reason_not_to = rules.reason_not_to_tell

    def act(self, answers):
        actions.tell_of(
            self.subject, signposts=list(answers["signposts"]), words=answers["words"], by=self.request.user
        )

    def get_success_url(self):
        return reverse("casefile", args=[self.subject.reference])
