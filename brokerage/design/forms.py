"""Forms in GOV.UK clothes. A form checks the shape of an answer; it does not write."""

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import (
    ConditionalQuestion,
    ConditionalRadios,
    Div,
    Field,
    Fieldset,
    Fluid,
    Layout,
    Size,
)
from django import forms

from brokerage.design.fields import DateInputField, MoneyField, TimeField
from brokerage.design.messages import speak_plainly

__all__ = [
    "Choice",
    "ConditionalQuestion",
    "ConditionalRadios",
    "DateInputField",
    "Field",
    "Fieldset",
    "Fluid",
    "GovukForm",
    "MoneyField",
    "Size",
    "TimeField",
    "shown_for",
]


def shown_for(question: str, answers: str, *parts) -> Div:
    """Questions below radios that wait, where scripts run, until one of these answers is chosen: "urgent emergency".

    Unlike `ConditionalRadios` it may follow several answers, and puts nothing on a radio that its role does not allow.
    """
    return Div(*parts, css_class="app-follow-up", data_shown_by=question, data_shown_for=answers)


class GovukForm(forms.Form):
    """Say `submit_text`, the fields, and `layout()` when the order or size of the questions should differ."""

    submit_text = "Continue"
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = field.label or name.replace("_", " ").capitalize()
            speak_plainly(field)

    def layout(self) -> list:
        """Names of fields, or `Field.radios(…)`, `Field.textarea(…)`, `Fieldset(…)` and so on."""
        return list(self.fields)

    @property
    def helper(self) -> FormHelper:
        """Made when the form is drawn, so that what a view did to the fields is seen."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_hidden_fields = True
        helper.label_size = helper.legend_size = Size.SMALL
        helper.layout = Layout(*[self._dressed(part) for part in self.layout()])
        return helper

    def _dressed(self, part):
        if isinstance(part, str) and isinstance(self.fields[part].widget, forms.Textarea):
            return Field.textarea(part, rows=4)
        return part
