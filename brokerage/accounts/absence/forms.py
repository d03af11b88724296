from django import forms

from brokerage.accounts.models import Membership, Role, User
from brokerage.design.forms import DateInputField, Field, GovukForm

NOBODY = "Nobody: the duty broker and the manager are told"


class AbsenceForm(GovukForm):
    submit_text = "Save"

    who = forms.ModelChoiceField(
        label="Who is away?",
        queryset=User.objects.none(),
        empty_label="Select who is away",
        error_messages={"required": "Select who is away"},
    )
    from_on = DateInputField(label="First day away")
    until_on = DateInputField(label="Last day away", help_text="That day too")
    deputy = forms.ModelChoiceField(
        label="Who stands in?",
        help_text="They are told when a clock runs out soon or is missed. They do the same work, in the same team",
        queryset=User.objects.none(),
        required=False,
        empty_label=NOBODY,
    )
    because = forms.CharField(
        label="Anything they should know (optional)",
        help_text="Not why you are away: whoever stands in can read this",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        whose = whom_they_may_mark(by)
        self.fields["who"].queryset = whose
        self.fields["who"].initial = by.pk
        teams = Membership.objects.filter(user__in=whose).values("team_id")
        colleagues = User.objects.active().filter(pk__in=Membership.objects.filter(team__in=teams).values("user_id"))
        self.fields["deputy"].queryset = colleagues | User.objects.with_any_role(*WITHOUT_TEAM)
        if not whose.exclude(pk=by.pk).exists():
            self.fields["who"].widget = forms.HiddenInput()

    def layout(self):
        own = isinstance(self.fields["who"].widget, forms.HiddenInput)
        rest = ["from_on", "until_on", "deputy", Field.text("because")]
        return rest if own else ["who", *rest]


WITHOUT_TEAM = (Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR)


def whom_they_may_mark(by):
    """Themselves; a manager their team; an administrator everybody."""
    if by.has_role(Role.ADMINISTRATOR):
        return User.objects.active()
    if by.has_role(Role.TEAM_MANAGER):
        team = Membership.objects.filter(team__in=by.teams.all()).values("user_id")
        return User.objects.active().filter(pk__in=team) | User.objects.filter(pk=by.pk)
    return User.objects.filter(pk=by.pk)
