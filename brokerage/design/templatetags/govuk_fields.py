"""What the field templates in templates/gds need; page templates load `govuk`."""

from django import forms, template
from django.utils.html import format_html

register = template.Library()

ERROR_CLASSES = {
    forms.Textarea: "govuk-textarea--error",
    forms.Select: "govuk-select--error",
    forms.FileInput: "govuk-file-upload--error",
}
CLASSES = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.FileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
}


@register.simple_tag
def dressed(field, counted=False):
    """The control itself, with GOV.UK's classes and what describes it."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return _dressed_boxes(field, widget)
    attrs = {"class": _classes(widget, field.errors, counted)}
    if described := _describing(field, counted):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


def _dressed_boxes(field, widget):
    for box in widget.widgets if field.errors else []:
        words = [*box.attrs.get("class", "govuk-input").split(), "govuk-input--error"]
        box.attrs = {**box.attrs, "class": " ".join(dict.fromkeys(words))}
    return field.as_widget()


def _classes(widget, errors, counted) -> str:
    kind = _kind(widget)
    given = widget.attrs.get("class", "").replace("govuk-js-character-count", "")
    error = ERROR_CLASSES.get(kind, "govuk-input--error") if errors and kind is not forms.CheckboxInput else ""
    words = [CLASSES.get(kind, "govuk-input"), given, error, "govuk-js-character-count" if counted else ""]
    return " ".join(dict.fromkeys(" ".join(words).split()))


def _kind(widget):
    return next((kind for kind in CLASSES if isinstance(widget, kind)), None)


def _describing(field, counted=False) -> str:
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    ids += [f"{field.auto_id}_{number}_error" for number, _ in enumerate(field.errors, start=1)]
    return " ".join(ids + ([f"{field.id_for_label}-info"] if counted else []))


@register.simple_tag
def describedby(field):
    described = _describing(field)
    return format_html(' aria-describedby="{}"', described) if described else ""


@register.simple_tag
def item_id(field, position):
    """The first of a group has the group's own id, so that an error's link lands on it."""
    return f"{field.auto_id}-{position + 1}" if position else field.auto_id


@register.filter
def is_ticked_in(value, field) -> bool:
    ticked = field.value() or []
    return str(value) in {str(one) for one in ([ticked] if isinstance(ticked, str) else ticked)}
