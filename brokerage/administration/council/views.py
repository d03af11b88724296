"""The council's settings, read and changed in the browser."""

from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.administration.council import actions, in_words, rules
from brokerage.administration.council.forms import HoursForm, IdentityForm, SafeguardsForm
from brokerage.audit.models import Event
from brokerage.clocks import calendars
from brokerage.council.models import Council
from brokerage.design.views import ActionView, Door
from referrals.publishing import effects


def the_council() -> Council:
    """The one row, or its defaults while nobody has saved one."""
    return Council.objects.filter(pk=1).first() or Council(pk=1)


class CouncilPage(Door, TemplateView):
    may = rules.CHANGES
    deed = "look after the council’s settings"
    template_name = "administration/council.html"

    def get_context_data(self, **kwargs):
        council = the_council()
        told = {name: in_words.value(name, getattr(council, name)) for name in in_words.LABELS}
        return super().get_context_data(**kwargs) | {
            "row": council,
            "told": told,
            "history": Event.objects.about(council).newest_first()[:20],
        }


class Settings(ActionView, abstract=True):
    may = rules.CHANGES
    deed = "look after the council’s settings"
    goes_to = reverse_lazy("council_settings")
    back = reverse_lazy("council_settings")
    done = "Saved"

    @cached_property
    def subject(self):
        return the_council()

    def get_back(self):
        return self.back

    def get_initial(self):
        fields = self.form_class.base_fields
        said = {name: getattr(self.subject, name) for name in fields if hasattr(self.subject, name)}
        return {name: "yes" if value is True else "no" if value is False else value for name, value in said.items()}

    def _do(self, answers):
        actions.take()  # there is a row from now on, for the version to be compared with
        return super()._do(answers)

    def act(self, answers):
        return actions.change(by=self.request.user, **answers)

    def get_done(self):
        return self.done if self.outcome else "Nothing was another, so nothing is saved"


class ChangeIdentity(Settings):
    heading = "Name, contacts and colours"
    form_class = IdentityForm


class ChangeSafeguards(Settings):
    heading = "Codes and second readers"
    form_class = SafeguardsForm


class ChangeHours(Settings):
    """The effect on receipts there were is shown before anything is saved."""

    heading = "Working hours"
    form_class = HoursForm
    template_name = "administration/hours.html"
    done = "Saved. Clocks that run keep their deadlines; what is received from now on follows."

    def form_valid(self, form):
        if form.cleaned_data["seen"] != form.mark:
            return self._show_the_effect(form)
        if not form.cleaned_data["because"]:
            form.add_error("because", "Enter why")
            return self._show_the_effect(form, again=False)
        return super().form_valid(form)

    def _show_the_effect(self, form, again=True):
        if again:
            asked = form.data.copy()
            asked["seen"] = form.mark
            facts = form.facts
            form = type(form)(asked)
        else:
            facts = form.facts
        effect = effects.of_policies(calendars.policy_of(self.subject), rules.policy_with(self.subject, facts))
        changes = in_words.changes({name: getattr(self.subject, name) for name in facts}, facts)
        page = self.get_context_data(form=form, effect=effect, changes=changes)
        return self.render_to_response(page)

    def act(self, answers):
        return super().act({name: value for name, value in answers.items() if name != "seen"})
