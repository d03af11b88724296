import re

from django import forms
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, shown_for
from referrals.people import nhs_number
from referrals.people.models import Capacity, Format

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


class PersonForm(GovukForm):
    submit_text = "Save and continue"

    first_names = forms.CharField(
        label="First names", max_length=80, error_messages={"required": "Enter their first names"}
    )
    last_name = forms.CharField(label="Last name", max_length=80, error_messages={"required": "Enter their last name"})
    known_as = forms.CharField(
        label="Known as (optional)", max_length=80, required=False, help_text="If they go by another name"
    )
    born_on = DateInputField(label="Date of birth", error_messages={"required": "Enter their date of birth"})
    record_id = forms.CharField(
        label="Case record number (optional)", max_length=30, required=False, help_text="As in the case record system"
    )
    nhs_number = forms.CharField(
        label="NHS number (optional)", max_length=14, required=False, help_text="10 digits, like 485 777 3456"
    )
    address = forms.CharField(label="Address (optional)", max_length=200, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, error_messages={"required": "Enter their postcode"})
    phone = forms.CharField(label="Phone (optional)", max_length=30, required=False)
    school = forms.CharField(
        label="School (or None)",
        max_length=120,
        help_text="Providers never read it",
        error_messages={"required": "Enter the school, or None"},
    )
    format = forms.ChoiceField(label="How do they take in information?", choices=Format.choices, widget=forms.Select)
    format_detail = forms.CharField(
        label="Which language, or what size of print (optional)", max_length=80, required=False
    )

    def __init__(self, *args, is_childs=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_childs:
            del self.fields["school"]

    def layout(self):
        return [
            "first_names",
            "last_name",
            "known_as",
            "born_on",
            Field.text("record_id", field_width=10),
            Field.text("nhs_number", field_width=10),
            "address",
            Field.text("postcode", field_width=10),
            Field.text("phone", field_width=20),
            *(["school"] if "school" in self.fields else []),
            "format",
            "format_detail",
        ]

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        if born_on and born_on > timezone.localdate(clock.now()):
            raise forms.ValidationError("Enter a date of birth in the past")
        return born_on

    def clean_nhs_number(self):
        text = self.cleaned_data["nhs_number"]
        if not text:
            return ""
        try:
            return nhs_number.tidy(text)
        except ValueError:
            raise forms.ValidationError("Check the NHS number: it has 10 digits, and these do not add up") from None

    def clean_postcode(self):
        match = POSTCODE.fullmatch(re.sub(r"\s", "", self.cleaned_data["postcode"]).upper())
        if match is None:
            raise forms.ValidationError("Enter a full postcode, like PL4 8AA")
        return f"{match[1]} {match[2]}"


class ContactForm(GovukForm):
    """`must`: the pathway insists on somebody."""

    submit_text = "Save and continue"

    name = forms.CharField(label="Name", max_length=120, required=False, help_text="Leave empty if there is nobody")
    relationship = forms.CharField(
        label="Who they are to the person", max_length=60, required=False, help_text="For example: daughter"
    )
    phone = forms.CharField(label="Phone", max_length=30, required=False)

    def __init__(self, *args, must=False, is_childs=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.they = "child" if is_childs else "person"
        if must:
            self.fields["name"].required, self.fields["name"].help_text = True, ""
            self.fields["name"].error_messages["required"] = "Enter their name"
        if is_childs:
            self.fields["relationship"].label = "Who they are to the child"
            self.fields["relationship"].help_text = "For example: mother"

    def clean(self):
        answers = super().clean()
        if answers.get("name") and not answers.get("relationship"):
            self.add_error("relationship", f"Enter who they are to the {self.they}")
        return answers


class DecisionsForm(GovukForm):
    submit_text = "Save and continue"

    capacity = forms.ChoiceField(
        label="Can the person decide about this support themselves?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Capacity.YES.value, "Yes"),
            Choice(Capacity.NO.value, "No", hint="Say who supports decisions in their best interests"),
            Choice(Capacity.NOT_ASSESSED.value, "Not assessed"),
        ],
        error_messages={"required": "Select whether the person can decide about this support"},
    )
    name = forms.CharField(label="Who supports best-interests decisions?", max_length=120, required=False)
    relationship = forms.CharField(label="Who they are to the person", max_length=60, required=False)
    phone = forms.CharField(label="Phone", max_length=30, required=False)

    def layout(self):
        who = shown_for("capacity", "no", "name", "relationship", Field.text("phone", field_width=20))
        return ["capacity", who]

    def clean(self):
        answers = super().clean()
        if answers.get("capacity") == Capacity.NO:
            if not answers.get("name"):
                self.add_error("name", "Enter who supports decisions in the person’s best interests")
            elif not answers.get("relationship"):
                self.add_error("relationship", "Enter who they are to the person")
        return answers
