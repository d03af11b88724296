from django import forms

from brokerage.accounts.models import Role, User
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, shown_for
from referrals.intake.models import Route
from referrals.pathways.models import Pathway

FROM_ELSEWHERE = "hospital contact_centre other_team professional"  # routes on which we ask from where
NAMES_ITS_PLACE = {Route.HOSPITAL, Route.OTHER_TEAM, Route.PROFESSIONAL}


class PathwayAndTeam(GovukForm):
    """Which kind of support, and which of one's teams looks for it: only those that go together."""

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

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        teams = user.teams.all()
        serves = {team.serves for team in teams}
        self.fields["pathway"].queryset = (
            Pathway.objects.in_force().filter(serves__in=serves).order_by("serves", "name")
        )
        self.fields["team"].queryset = teams
        if len(teams) == 1:
            self.fields["team"].initial = teams[0].pk
            self.fields["team"].widget = forms.HiddenInput()

    def clean(self):
        answers = super().clean()
        pathway, team = answers.get("pathway"), answers.get("team")
        if pathway and team and pathway.serves != team.serves:
            self.add_error(
                "team", f"Select a team that serves {pathway.serves}: {pathway.name} is for {pathway.serves}"
            )
        return answers


def coordinators_of(user):
    colleagues = User.objects.with_role(Role.COORDINATOR).filter(teams__in=user.teams.all()).exclude(pk=user.pk)
    return colleagues.distinct().order_by("full_name")


class NewReferralForm(PathwayAndTeam):
    submit_text = "Begin"

    route = forms.ChoiceField(
        label="Who is referring?",
        widget=forms.RadioSelect,
        required=False,
        choices=[
            Choice(Route.COORDINATOR.value, "The person’s case co-ordinator"),
            Choice(Route.HOSPITAL.value, "A hospital discharge team"),
            Choice(Route.CONTACT_CENTRE.value, "The contact centre"),
            Choice(Route.OTHER_TEAM.value, "Another social care team"),
            Choice(Route.PROFESSIONAL.value, "Another professional", hint="Like a GP, a housing officer or a nurse"),
            Choice(Route.RESIDENT.value, "The person themselves", hint="No assessment is needed"),
            Choice(Route.ON_BEHALF.value, "Somebody on the person’s behalf"),
        ],
    )
    organisation = forms.CharField(label="Which ward, team or organisation?", max_length=120, required=False)
    contact_name = forms.CharField(
        label="Whom should we ring about it today? (optional)",
        help_text="If that is not the case co-ordinator",
        max_length=120,
        required=False,
    )
    contact_phone = forms.CharField(label="Their phone number (optional)", max_length=30, required=False)
    coordinator = forms.ModelChoiceField(
        label="Who is the case co-ordinator?",
        queryset=User.objects.none(),
        required=False,
        empty_label="I am",
        help_text="Change this when you are the duty officer referring for somebody else. They are told, and can go on with it",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["coordinator"].queryset = coordinators_of(user)

    def layout(self):
        where = shown_for(
            "route", FROM_ELSEWHERE, "organisation", "contact_name", Field.text("contact_phone", field_width=20)
        )
        return ["pathway", "team", Field.radios("route", small=True), where, "coordinator"]

    def clean(self):
        answers = super().clean()
        route = answers["route"] = answers.get("route") or Route.COORDINATOR
        if route in NAMES_ITS_PLACE and not answers.get("organisation"):
            self.add_error("organisation", "Enter the ward, team or organisation")
        pathway = answers.get("pathway")
        if pathway and pathway.terms.routes and route not in pathway.terms.routes:
            self.add_error("pathway", f"Select another kind of support: {pathway.name} is not referred this way")
        return answers


class ReferOnForm(GovukForm):
    submit_text = "Begin the referral"

    pathway = forms.ModelChoiceField(
        label="What long-term support is needed?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what long-term support is needed"},
    )
    hand_over_on = DateInputField(
        label="When does the short-term service end?",
        help_text="The new service should begin on that day",
        error_messages={"required": "Enter when the short-term service ends"},
    )

    def __init__(self, *args, earlier, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["pathway"].queryset = Pathway.objects.in_force().filter(serves=earlier.team.serves).order_by("name")

    def clean_hand_over_on(self):
        if (day := self.cleaned_data["hand_over_on"]) and day <= self.today:
            raise forms.ValidationError("Enter a day after today")
        return day


class CompareForm(GovukForm):
    """What two referrals are to each other."""

    submit_text = "Save what you found"

    answer = forms.ChoiceField(
        label="What are they to each other?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they are to each other"},
    )
    because = forms.CharField(
        label="How do you know?",
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args, choices, needs_reason, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        self.fields["answer"].choices = choices

    def layout(self):
        return ["answer", shown_for("answer", " ".join(sorted(self.needs_reason)), Field.textarea("because", rows=3))]

    def clean(self):
        answers = super().clean()
        if answers.get("answer") in self.needs_reason and not answers.get("because"):
            self.add_error("because", "Enter how you know")
        return answers


class MessageForm(GovukForm):
    submit_text = "Send message"
    words = forms.CharField(
        label="Your message", widget=forms.Textarea, max_length=4000, error_messages={"required": "Enter your message"}
    )


class OwnFilter(GovukForm):
    """One's own referrals: which, and by what somebody remembers of one."""

    submit_text = "Filter"

    which = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "All"), ("open", "Open"), ("drafts", "Drafts"), ("closed", "Closed")],
        widget=forms.Select,
    )
    words = forms.CharField(label="Reference, name or record number", required=False, max_length=100)
