from django import forms

from brokerage.accounts.models import Role, User
from brokerage.design.forms import GovukForm
from referrals.pathways.models import Pathway


class NewReferralForm(GovukForm):
    submit_text = "Begin"

    pathway = forms.ModelChoiceField(
        label="What kind of support is needed?",
        queryset=Pathway.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what kind of support is needed"},
    )
    team = forms.ModelChoiceField(
        label="Which brokerage team is it for?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the team"},
    )
    coordinator = forms.ModelChoiceField(
        label="Who is the case co-ordinator?",
        queryset=User.objects.none(),
        required=False,
        empty_label="I am",
        help_text="Change this when you are the duty officer referring for somebody else",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pathway"].queryset = Pathway.objects.in_force().order_by("name")
        teams = user.teams.all()
        self.fields["team"].queryset = teams
        colleagues = User.objects.with_role(Role.COORDINATOR).filter(teams__in=teams).exclude(pk=user.pk)
        self.fields["coordinator"].queryset = colleagues.distinct().order_by("full_name")
        if len(teams) == 1:
            self.fields["team"].initial = teams[0].pk
            self.fields["team"].widget = forms.HiddenInput()

    def layout(self):
        return ["pathway", "team", "coordinator"]
