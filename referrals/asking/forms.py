import re

from django import forms

from brokerage.design.forms import Choice, Field, Fieldset, GovukForm, Size, shown_for
from referrals.asking import limits
from referrals.asking.models import BestTime, ForWhom, Outcome, What
from referrals.pathways.models import Pathway
from referrals.people.models import Format

NUMBER = re.compile(r"\+?[0-9() -]{7,20}(?:\s*(?:x|ext\.?|extension)\s*[0-9]{1,6})?", re.IGNORECASE)
ENDINGS = ("information", "signposted", "not_for_us", "unreachable")


class AskForm(GovukForm):
    """Four questions."""

    submit_text = "Ask a broker to ring"

    for_whom = forms.ChoiceField(
        label="1. Who needs help?",
        choices=ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who needs help"},
    )
    relationship = forms.CharField(
        label="If it is somebody you know, who are they to you?",
        help_text="For example: mother",
        max_length=60,
        required=False,
    )
    organisation = forms.CharField(
        label="If it is for your work, your role and organisation",
        help_text="For example: nurse, Marlham surgery",
        max_length=120,
        required=False,
    )
    team = forms.ModelChoiceField(
        label="How old are they?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select how old they are"},
    )
    about = forms.CharField(
        label="2. What help are you looking for?",
        help_text="In your own words. Leave out medical details: the broker will ask what they need to know",
        widget=forms.Textarea,
        max_length=1500,
        error_messages={"required": "Enter what help you are looking for"},
    )
    name = forms.CharField(label="Your name", max_length=120, error_messages={"required": "Enter your name"})
    phone = forms.CharField(label="Your phone number", max_length=30, required=False)
    email = forms.EmailField(
        label="Your email address (optional)",
        required=False,
        help_text="We send you a receipt, and write if we cannot reach you",
    )
    best_time = forms.ChoiceField(
        label="When should we ring?", choices=BestTime.choices, widget=forms.RadioSelect, initial=BestTime.ANY
    )
    format = forms.ChoiceField(
        label="How should we talk or write to you?",
        choices=[
            (Format.STANDARD.value, "In English, in standard print"),
            *((each.value, each.label) for each in Format if each != Format.STANDARD),
        ],
        initial=Format.STANDARD,
    )
    format_detail = forms.CharField(
        label="Which language, or anything else we should know (optional)", max_length=80, required=False
    )

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["team"].label_from_instance = lambda team: "Under 18" if team.serves == "children" else "18 or over"
        if len(teams) == 1:
            self.fields["team"].initial = teams[0].pk
            self.fields["team"].widget = forms.HiddenInput()
        for name, kind in (("name", "name"), ("phone", "tel"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = kind
        self.fields["phone"].widget.input_type = "tel"

    @property
    def helper(self):
        """The four questions stand out from their parts."""
        helper = super().helper
        helper.legend_size = Size.MEDIUM
        return helper

    def layout(self):
        return [
            "for_whom",
            shown_for("for_whom", ForWhom.SOMEONE.value, Field.text("relationship", field_width=20)),
            shown_for("for_whom", ForWhom.WORK.value, "organisation"),
            Field.radios("team", legend_size=Size.SMALL) if not self.fields["team"].widget.is_hidden else "team",
            Field.textarea("about", rows=5, label_size=Size.MEDIUM),
            Fieldset(
                "name",
                Field.text("phone", field_width=20),
                Field.text("email"),
                legend="3. How do we reach you?",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.radios("best_time", inline=True, small=True, legend_size=Size.SMALL),
                "format",
                "format_detail",
                legend="4. What suits you best?",
                legend_size=Size.MEDIUM,
            ),
        ]

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and not NUMBER.fullmatch(phone):
            raise forms.ValidationError("Enter a phone number, like 01632 960001 or +44 7700 900982")
        return phone

    def clean(self):
        answers = super().clean()
        if not answers.get("phone") and not answers.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "Enter a phone number. If you cannot use a phone, enter your email address")
        if answers.get("for_whom") == ForWhom.SOMEONE and not answers.get("relationship"):
            self.add_error("relationship", "Enter who they are to you")
        if answers.get("for_whom") == ForWhom.WORK and not answers.get("organisation"):
            self.add_error("organisation", "Enter your role and organisation")
        return answers


class PublicAskForm(AskForm):
    """The same, with what machines fill in and people do not."""

    website = forms.CharField(required=False)  # drawn by the page itself, where nobody sees it
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = limits.stamp()


class AttemptForm(GovukForm):
    submit_text = "Note it"

    what = forms.ChoiceField(
        label="What happened?",
        choices=What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happened"},
    )
    words = forms.CharField(
        label="Anything the next try should know (optional)",
        help_text="For example: after 4pm",
        max_length=200,
        required=False,
    )


class AnswerForm(GovukForm):
    submit_text = "Record the answer"

    outcome = forms.ChoiceField(
        label="How was it answered?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Outcome.INFORMATION.value, "Information given"),
            Choice(Outcome.SIGNPOSTED.value, "Told of help elsewhere", hint="Say where"),
            Choice(Outcome.NOT_FOR_US.value, "Not for brokerage", hint="Say which team you sent it to"),
            Choice(
                Outcome.UNREACHABLE.value,
                "Could not be reached",
                hint="After three tries. They are written to if they gave an email address",
            ),
        ],
        error_messages={"required": "Select how it was answered"},
    )
    words = forms.CharField(
        label="What were they told, or where were they sent?",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter what they were told"},
    )


class FromCallForm(GovukForm):
    submit_text = "Begin the referral"

    pathway = forms.ModelChoiceField(
        label="What kind of support is needed?",
        queryset=Pathway.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what kind of support is needed"},
    )
    first_names = forms.CharField(
        label="First names of the person who needs support",
        max_length=80,
        error_messages={"required": "Enter their first names"},
    )
    last_name = forms.CharField(label="Last name", max_length=80, error_messages={"required": "Enter their last name"})

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pathway"].queryset = Pathway.objects.in_force().filter(serves=team.serves).order_by("name")


class CallFilter(GovukForm):
    submit_text = "Filter"

    which = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "To ring"), ("mine", "Mine"), ("answered", "Answered")],
    )
    words = forms.CharField(label="Reference, name or phone number", required=False, max_length=100)
