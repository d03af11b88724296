from django import forms

from brokerage.clocks import calendars
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, Size

from . import rules
from .actions import today

MOVE, LEAVE = "move", "leave"


class ClosureForm(GovukForm):
    submit_text = "See what it would move"

    on = DateInputField(label="Which day are we closed?")
    name = forms.CharField(
        label="Why?",
        help_text="It is said in the sentence of every deadline that skips the day, for example: Founders’ day",
        max_length=120,
        error_messages={"required": "Enter why we are closed"},
    )

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on and (reason := rules.reason_not_to_add(on, today=today(), working_days=calendars.policy().working_days)):
            raise forms.ValidationError(reason)
        return on


class CloseForm(GovukForm):
    submit_text = "Close on this day"

    on = forms.DateField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=120, widget=forms.HiddenInput)
    clocks = forms.ChoiceField(
        label="What about the clocks that run?",
        widget=forms.RadioSelect,
        choices=[
            Choice(
                MOVE, "Move them", hint="Each keeps its old deadline in the ledger. Whoever has the cases is told, once"
            ),
            Choice(LEAVE, "Leave them as they are", hint="Only clocks that start from now on skip the day"),
        ],
        error_messages={"required": "Select what happens to the clocks that run"},
    )

    def layout(self):
        return [Field.radios("clocks", legend_size=Size.MEDIUM)]
