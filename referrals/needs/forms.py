from django import forms

from brokerage.design.forms import Choice, Field, GovukForm, shown_for
from referrals.needs.models import CareBand, Mobility, Task

NOT_A_CHILDS = (CareBand.OLDER, CareBand.DEMENTIA)


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
        choices=[(value, label) for value, label in CareBand.choices if value != CareBand.CHILDREN],
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


class ChildsNeedsForm(GovukForm):
    """Diagnosis, behaviour and moving about each have a place of their own, and none is left blank (LEI-13, LEI-14)."""

    submit_text = "Save and continue"

    summary = forms.CharField(
        label="What support is needed, and what for?",
        help_text="Only what matters for the support. Be objective and factual",
        widget=forms.Textarea,
        error_messages={"required": "Enter what support is needed, and what for"},
    )
    bands = forms.MultipleChoiceField(
        label="What kind of support is it?",
        choices=[(value, label) for value, label in CareBand.choices if value not in NOT_A_CHILDS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what kind of support it is"},
    )
    health = forms.CharField(
        label="Special educational needs and disability: the diagnosis (or None)",
        help_text="The diagnosis, and what makes moving about hard. Behaviour has a place of its own below",
        widget=forms.Textarea,
        error_messages={"required": "Enter the diagnosis, or None"},
    )
    behaviour = forms.CharField(
        label="Behaviours that challenge (or None)",
        help_text="What happens, how often, and what helps",
        widget=forms.Textarea,
        error_messages={"required": "Enter the behaviour, or None"},
    )
    moves_freely = forms.ChoiceField(
        label="Does the child have difficulty moving about?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the child has difficulty moving about"},
    )
    mobility = forms.ChoiceField(
        label="How do they move about?",
        choices=[(value, label) for value, label in Mobility.choices if value != Mobility.INDEPENDENT],
        widget=forms.RadioSelect,
        required=False,
    )
    equipment = forms.CharField(
        label="Which equipment, and when is it used? (or None)",
        help_text="For example: wheelchair outdoors, standing frame for an hour a day",
        max_length=200,
        required=False,
    )
    current_support = forms.CharField(
        label="Support there is now that is to be changed or replaced (or None)",
        widget=forms.Textarea,
        error_messages={"required": "Enter the support there is now, or None"},
    )
    current_support_paid = forms.ChoiceField(
        label="How is it paid?",
        choices=[
            ("commissioned", "A service the council arranged"),
            ("direct_payment", "A direct payment"),
            ("none", "There is no support now"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the support there is now is paid"},
    )

    def __init__(self, *args, asks_for_current_support=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_for_current_support:
            del self.fields["current_support"], self.fields["current_support_paid"]

    def layout(self):
        parts = [
            Field.textarea("summary", rows=4),
            "bands",
            Field.textarea("health", rows=3),
            Field.textarea("behaviour", rows=3),
            Field.radios("moves_freely", inline=True),
            shown_for("moves_freely", "yes", "mobility", "equipment"),
        ]
        if "current_support" in self.fields:
            parts += [Field.textarea("current_support", rows=2), "current_support_paid"]
        return parts

    @classmethod
    def initial_of(cls, needs) -> dict:
        said = {name: getattr(needs, name) for name in cls.base_fields if hasattr(needs, name)}
        said["bands"] = said["bands"] or [CareBand.CHILDREN.value]
        if needs.mobility:
            said["moves_freely"] = "no" if needs.mobility == Mobility.INDEPENDENT else "yes"
        if needs.current_support and not needs.current_support_paid:
            said["current_support_paid"] = "none"
        return said

    def clean(self):
        answers = super().clean()
        if answers.pop("moves_freely", "") == "no":
            answers |= {"mobility": Mobility.INDEPENDENT.value, "equipment": "None"}
        elif "moves_freely" not in self.errors:
            if not answers.get("mobility"):
                self.add_error("mobility", "Select how they move about")
            if not answers.get("equipment") and "equipment" not in self.errors:
                self.add_error("equipment", "Enter the equipment and when it is used, or None")
        if answers.get("current_support_paid") == "none":
            answers["current_support_paid"] = ""
        return answers


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
        label="What should care workers help with? (optional)",
        choices=Task.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, asks_for_tasks=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_for_tasks:
            del self.fields["tasks"]

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
