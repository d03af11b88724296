from crispy_forms_gds.layout import HTML
from django import forms

from brokerage.design.forms import Choice, Field, Fieldset, GovukForm, Size, TimeField
from referrals.needs.models import CareBand, Mobility, PartOfDay, Task, Term, VisitKind, Weeks
from referrals.needs.week import DAYS

LESS_USUAL = (
    '<details class="govuk-details"{% if form.kind.errors or form.weeks.errors or form.term.errors %} open{% endif %}>'
    '<summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
    "Nights, live-in, alternate weeks or term time</span></summary>"
    '<div class="govuk-details__text">'
)


class NeedsForm(GovukForm):
    submit_text = "Save and continue"

    summary = forms.CharField(
        label="What is happening, and what help is needed?",
        help_text="Brokers read this. Providers never do: they read only what the broker writes for them",
        widget=forms.Textarea,
        error_messages={"required": "Enter what is happening and what help is needed"},
    )
    bands = forms.MultipleChoiceField(
        label="What kind of care is it?",
        choices=CareBand.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what kind of care it is"},
    )
    mobility = forms.ChoiceField(
        label="How does the person move about?",
        choices=Mobility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the person moves about"},
    )
    equipment = forms.CharField(
        label="Equipment they use (or None)",
        max_length=200,
        error_messages={"required": "Enter the equipment, or None"},
    )
    health = forms.CharField(
        label="Health conditions and disabilities (or None)",
        widget=forms.Textarea,
        error_messages={"required": "Enter the conditions, or None"},
    )
    behaviour = forms.CharField(
        label="Behaviour that others find hard (or None)",
        widget=forms.Textarea,
        error_messages={"required": "Enter the behaviour, or None"},
    )
    current_support = forms.CharField(
        label="Support there is now, and who pays for it (or None)",
        widget=forms.Textarea,
        error_messages={"required": "Enter the support there is now, or None"},
    )

    def layout(self):
        return [
            Field.textarea("summary", rows=5),
            "bands",
            "mobility",
            "equipment",
            Field.textarea("health", rows=3),
            Field.textarea("behaviour", rows=2),
            Field.textarea("current_support", rows=2),
        ]


class OutcomesForm(GovukForm):
    submit_text = "Save and continue"

    first = forms.CharField(
        label="First outcome",
        help_text="For example: to keep going to the lunch club",
        max_length=200,
        error_messages={"required": "Enter at least one outcome"},
    )
    second = forms.CharField(label="Second outcome (optional)", max_length=200, required=False)
    third = forms.CharField(label="Third outcome (optional)", max_length=200, required=False)
    tasks = forms.MultipleChoiceField(
        label="What should care workers help with?",
        choices=Task.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @property
    def words(self):
        return [said for said in (self.cleaned_data[name].strip() for name in ("first", "second", "third")) if said]


class PreferencesForm(GovukForm):
    submit_text = "Save and continue"

    language = forms.CharField(label="Language carers should speak (optional)", max_length=60, required=False)
    faith_and_culture = forms.CharField(label="Faith and culture (optional)", max_length=200, required=False)
    diet = forms.CharField(label="Diet (optional)", max_length=120, required=False)
    carer_gender = forms.ChoiceField(
        label="Does it matter whether carers are women or men?",
        widget=forms.RadioSelect,
        choices=[Choice("any", "No preference"), Choice("women", "Women only"), Choice("men", "Men only")],
    )

    def clean_carer_gender(self):
        answer = self.cleaned_data["carer_gender"]
        return "" if answer == "any" else answer


class VisitForm(GovukForm):
    submit_text = "Add these visits"

    weekdays = forms.TypedMultipleChoiceField(
        label="On which days?",
        coerce=int,
        choices=list(enumerate(DAYS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the days"},
    )
    starts_at = TimeField(label="At what time?", required=False, help_text="For example 8am. Or the start of a window")
    window_ends_at = TimeField(
        label="Latest start (optional)", required=False, help_text="Only for a window, such as 7am to 8:30am"
    )
    part_of_day = forms.ChoiceField(
        label="Or which part of the day?", choices=[("", "A time is given above"), *PartOfDay.choices], required=False
    )
    minutes = forms.IntegerField(
        label="How many minutes?",
        min_value=5,
        max_value=1440,
        error_messages={
            "required": "Enter how many minutes",
            "min_value": "Enter 5 minutes or more",
            "max_value": "Enter 1,440 minutes or fewer",
            "invalid": "Enter the minutes as a number, like 45",
        },
    )
    carers = forms.TypedChoiceField(
        label="How many carers?", coerce=int, choices=[(1, "One"), (2, "Two")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="What kind of visit?", choices=VisitKind.choices, required=False)
    weeks = forms.ChoiceField(label="Which weeks?", choices=Weeks.choices, required=False)
    term = forms.ChoiceField(label="When in the year?", choices=Term.choices, required=False)
    tasks = forms.MultipleChoiceField(
        label="What for? (optional)", choices=Task.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def layout(self):
        return [
            HTML('<div class="app-days">'),
            Field.checkboxes("weekdays", small=True, legend_size=Size.SMALL),
            HTML("</div>"),
            Fieldset("starts_at", "window_ends_at", "part_of_day", legend="When", legend_size=Size.MEDIUM),
            Field.text("minutes", field_width=3),
            Field.radios("carers", inline=True, legend_size=Size.SMALL),
            Field.checkboxes("tasks", small=True, legend_size=Size.SMALL),
            HTML(LESS_USUAL),
            "kind",
            "weeks",
            "term",
            HTML("</div></details>"),
        ]

    def clean(self):
        answers = super().clean()
        starts_at, part = answers.get("starts_at"), answers.get("part_of_day")
        if "starts_at" not in self.errors:
            if not starts_at and not part:
                self.add_error("starts_at", "Enter a time, or select a part of the day")
            elif starts_at and part:
                self.add_error("part_of_day", "Enter a time or select a part of the day, not both")
            elif answers.get("window_ends_at") and not starts_at:
                self.add_error("starts_at", "Enter when the window starts")
        answers["kind"] = answers.get("kind") or VisitKind.VISIT
        answers["weeks"] = answers.get("weeks") or Weeks.EVERY
        answers["term"] = answers.get("term") or Term.BOTH
        return answers
