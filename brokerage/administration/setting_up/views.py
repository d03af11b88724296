from django.views.generic import TemplateView

from brokerage.accounts.models import Role
from brokerage.administration.setting_up import queries
from brokerage.design.views import Door


class SettingUp(Door, TemplateView):
    """An administrator's home: what is still to set up, and the way to all that can be."""

    may = frozenset({Role.ADMINISTRATOR})
    deed = "set the service up"
    template_name = "administration/setting_up.html"

    def get_context_data(self, **kwargs):
        steps = queries.steps()
        to_do = [step for step in steps if not step.done and not step.may_wait]
        return super().get_context_data(**kwargs) | {"steps": steps, "to_do": to_do}
