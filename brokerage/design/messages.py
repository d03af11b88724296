"""What a form says when an answer is missing or cannot be used: a verb first, and the question named."""

from django import forms

from brokerage.design.fields import MoneyField

CHOSEN = (forms.RadioSelect, forms.Select, forms.CheckboxSelectMultiple)


def speak_plainly(field: forms.Field) -> None:
    """Give a field GOV.UK's manner of speaking, except where its author chose the words."""
    unchosen = {}
    for ancestor in reversed(type(field).__mro__):
        unchosen |= getattr(ancestor, "default_error_messages", {})
    for code, words in _words_for(field).items():
        if field.error_messages.get(code) == unchosen.get(code):
            field.error_messages[code] = words


def _words_for(field: forms.Field) -> dict[str, str]:
    label = str(field.label or "Answer")
    subject = "This" if label.endswith("?") else label
    words = {
        "required": _required(field, label),
        "invalid_choice": "Select an answer from the list",
        "invalid_pk_value": "Select an answer from the list",
        "max_length": f"{subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
    }
    match field:
        case forms.EmailField():
            words["invalid"] = "Enter an email address in the correct format, like name@example.com"
        case MoneyField():
            words["invalid"] = words["max_decimal_places"] = "Enter an amount in pounds, like 612.50"
            words["max_digits"] = words["max_whole_digits"] = f"{subject} must be a smaller amount"
        case forms.FloatField() | forms.DecimalField():
            words["invalid"] = f"{subject} must be a number, like 7.5"
        case forms.IntegerField():
            words["invalid"] = f"{subject} must be a whole number, like 30"
        case forms.FileField():
            words |= {"empty": "The selected file is empty", "missing": "Select a file", "invalid": "Select a file"}
    return words


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Confirm “{label}”"
    verb = "Select" if isinstance(field.widget, CHOSEN) or isinstance(field, forms.FileField) else "Enter"
    if label.endswith("?"):
        return f"{verb} an answer to “{label}”"
    return f"{verb} {_lowered(label)}"


def _lowered(label: str) -> str:
    """NHS number stays as it is; Postcode becomes postcode."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
