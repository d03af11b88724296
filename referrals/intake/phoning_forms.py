from datetime import timedelta

from crispy_forms_gds.layout import Div
from django import forms

from brokerage.accounts.models import User
from brokerage.design.forms import Choice, DateInputField, Field, Fieldset, Size, shown_for
from referrals.intake.forms import PathwayAndTeam, coordinators_of
from referrals.intake.models import Priority, Route
from referrals.joining.likeness import Description
from referrals.people.forms import POSTCODE

TODAY, TOMORROW, BEFORE_HOLIDAY, LATER = "today", "tomorrow", "before_holiday", "later"
NOBODY_KNOWN = "none"


class WhoIsKnown(forms.ChoiceField):
    """Its choices are found while the form is checked, and so is whether one of them was chosen."""

    def valid_value(self, value):
        return True


class PhoneForm(PathwayAndTeam):
    """One page, two minutes: what somebody says on the phone, and no more than a broker needs to begin."""

    submit_text = "Start the clocks"

    coordinator = forms.ModelChoiceField(
        label="Case co-ordinator who is ringing",
        queryset=User.objects.none(),
        required=False,
        empty_label="Somebody without an account",
    )
    contact_name = forms.CharField(label="Their name", max_length=120, required=False)
    route = forms.ChoiceField(
        label="They are",
        required=False,
        choices=[
            (Route.COORDINATOR.value, "A case co-ordinator"),
            (Route.HOSPITAL.value, "Of a hospital discharge team"),
            (Route.CONTACT_CENTRE.value, "Of the contact centre"),
            (Route.OTHER_TEAM.value, "Of another social care team"),
            (Route.PROFESSIONAL.value, "Another professional"),
        ],
    )
    organisation = forms.CharField(label="Team, ward or organisation", max_length=120, required=False)
    contact_phone = forms.CharField(label="Their phone number", max_length=30, required=False)
    contact_email = forms.EmailField(label="Their email address", required=False)

    first_names = forms.CharField(label="First names", max_length=80)
    last_name = forms.CharField(label="Last name", max_length=80)
    born_on = DateInputField(label="Date of birth", required=False)
    about_age = forms.IntegerField(label="Or age, roughly", min_value=0, max_value=120, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    record_id = forms.CharField(label="Case record number", max_length=30, required=False)

    summary = forms.CharField(
        label="What is needed, in a sentence or two?",
        widget=forms.Textarea,
        error_messages={"required": "Enter what is needed"},
    )
    starts = forms.ChoiceField(
        label="When must it start?",
        widget=forms.RadioSelect,
        choices=[
            Choice(TODAY, "Today"),
            Choice(TOMORROW, "Tomorrow"),
            Choice(BEFORE_HOLIDAY, "In the week before a bank holiday"),
            Choice(LATER, "Another day, and they have no computer"),
        ],
        error_messages={"required": "Select when it must start"},
    )
    start_on = DateInputField(label="On which day?", required=False)
    priority = forms.ChoiceField(
        label="How soon is an answer needed?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Priority.EMERGENCY.value, "Within the hour"),
            Choice(Priority.URGENT.value, "In half a working day"),
            Choice(Priority.ROUTINE.value, "Routine"),
        ],
        error_messages={"required": "Select how soon an answer is needed"},
    )
    priority_reason = forms.CharField(label="Why it cannot wait", max_length=300, required=False)
    pen_picture = forms.CharField(
        label="Pen picture and risks",
        help_text="How they are, what could go wrong, who is at home. It stands in for the assessment until that comes",
        widget=forms.Textarea,
        required=False,
    )
    funding_agreed_by = forms.CharField(
        label="Who has agreed the funding?", max_length=80, required=False, help_text="Leave empty if nobody has yet"
    )
    known = WhoIsKnown(label="Is it one of these people?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, user, today, look, **kwargs):
        """
        Args:
            look: called with a `Description`; who is known already, as `duplicates.known_to` answers.
        """
        super().__init__(*args, user=user, **kwargs)
        pathways = self.fields["pathway"].queryset
        self.fields["pathway"].widget = forms.Select()
        self.fields["pathway"].empty_label = "Select"
        self.fields["pathway"].queryset = pathways  # drawn by its new widget
        self.today, self.look = today, look
        self.alike, self.hidden = [], []
        self.fields["coordinator"].queryset = coordinators_of(user)

    def layout(self):
        return [
            *(["known"] if self.alike or self.hidden else []),
            Div(
                Fieldset(
                    "coordinator",
                    "contact_name",
                    "route",
                    "organisation",
                    Field.text("contact_phone", field_width=20),
                    Field.text("contact_email", field_width=20),
                    legend="Who is ringing",
                    legend_size=Size.MEDIUM,
                ),
                Fieldset(
                    "first_names",
                    "last_name",
                    "born_on",
                    Field.text("about_age", field_width=3),
                    Field.text("postcode", field_width=10),
                    Field.text("record_id", field_width=10),
                    legend="Who it is about",
                    legend_size=Size.MEDIUM,
                ),
                css_class="app-side-by-side",
            ),
            Div(
                Fieldset(
                    "pathway",
                    "team" if self.fields["team"].widget.is_hidden else Field.radios("team", small=True),
                    Field.textarea("summary", rows=3),
                    Field.textarea("pen_picture", rows=3),
                    "funding_agreed_by",
                    legend="What is needed",
                    legend_size=Size.MEDIUM,
                ),
                Fieldset(
                    Field.radios("starts", small=True),
                    shown_for("starts", f"{BEFORE_HOLIDAY} {LATER}", "start_on"),
                    Field.radios("priority", small=True),
                    shown_for("priority", "emergency urgent", "priority_reason"),
                    legend="How soon",
                    legend_size=Size.MEDIUM,
                ),
                css_class="app-side-by-side",
            ),
        ]

    def clean_postcode(self):
        typed = "".join(self.cleaned_data["postcode"].split()).upper()
        if not typed:
            return ""
        match = POSTCODE.fullmatch(typed)
        if match is None:
            raise forms.ValidationError("Enter a full postcode, like PL4 8AA, or leave it empty")
        return f"{match[1]} {match[2]}"

    def clean_born_on(self):
        if (day := self.cleaned_data["born_on"]) and day > self.today:
            raise forms.ValidationError("Enter a date of birth in the past")
        return day

    def clean(self):
        answers = super().clean()
        if not answers.get("coordinator"):
            self._ask_who_rings(answers)
        if not answers.get("born_on") and answers.get("about_age") is None and "born_on" not in self.errors:
            self.add_error("born_on", "Enter their date of birth, or how old they are roughly")
        if answers.get("priority") in (Priority.URGENT, Priority.EMERGENCY) and not answers.get("priority_reason"):
            self.add_error("priority_reason", "Enter why it cannot wait")
        answers["route"] = answers.get("route") or Route.COORDINATOR
        self._say_the_day(answers)
        if not self.errors:
            self._look_for_the_same(answers)
        return answers

    def _ask_who_rings(self, answers):
        if not answers.get("contact_name"):
            self.add_error("contact_name", "Enter the name of who is ringing, or select their account")
        if not answers.get("contact_phone") and not answers.get("contact_email") and "contact_email" not in self.errors:
            self.add_error("contact_phone", "Enter a phone number or an email address to reach them")

    def _say_the_day(self, answers):
        starts, day = answers.get("starts"), answers.get("start_on")
        if starts in (BEFORE_HOLIDAY, LATER) and not self.errors.get("start_on"):
            if not day:
                self.add_error("start_on", "Enter the day on which it must start")
            elif day < self.today:
                self.add_error("start_on", "Enter today or a later day")
        answers["wanted_start_on"] = {TODAY: self.today, TOMORROW: self.today + timedelta(days=1)}.get(starts, day)

    def _look_for_the_same(self, answers):
        """Asked once everything else is right, and answered on the same page."""
        named = {name: answers[name] for name in ("first_names", "last_name", "born_on", "postcode", "record_id")}
        self.alike, self.hidden = self.look(Description(**named))
        if not (self.alike or self.hidden):
            return
        choices = [(each.referral.reference, self._in_words(each)) for each in self.alike]
        nobody = "None of these" if self.alike else "I have rung, or will ring, to find out"
        self.fields["known"].choices = [*choices, (NOBODY_KNOWN, nobody)]
        if answers.get("known") not in {value for value, _ in self.fields["known"].choices}:
            self.add_error("known", "Select whether it is one of these people")

    def _in_words(self, alike):
        referral = alike.referral
        return (
            f"{referral.person.full_name}, {referral.reference}: {referral.pathway.name.lower()}, "
            f"{referral.get_status_display().lower()}. {alike.in_words}"
        )

    @property
    def known_person(self):
        """The person of the case that was picked."""
        picked = {each.referral.reference: each.referral.person for each in self.alike}
        return picked.get(self.cleaned_data.get("known"))
