"""What page templates say instead of markup: {% load govuk %}."""

from decimal import Decimal

from django import template
from django.contrib.messages import get_messages
from django.utils.html import format_html

from brokerage.clocks import clock as business_clock
from brokerage.design import sending, tones, wording
from brokerage.design.versions import version_of
from brokerage.money import pounds

register = template.Library()


# -- status, time and money


@register.simple_tag
def status(value, label="", tone=""):
    """A word in a colour: {% status referral %}, {% status "approved" "Agreed by panel" %}, or a word alone."""
    words = label or _display(value)
    chosen = tone or tones.tone_of(getattr(value, "status", value))
    return format_html('<strong class="govuk-tag app-tag govuk-tag--{}">{}</strong>', chosen, words)


def _display(value) -> str:
    if hasattr(value, "get_status_display"):
        return value.get_status_display()
    return getattr(value, "label", None) or str(value).replace("_", " ").capitalize()


@register.simple_tag(name="clock")
def show_clock(due, stopped_at=None):
    """When something is due, as people say it: of an instant, or of a row with `due_at` and perhaps `stopped_at`."""
    stopped_at = stopped_at or getattr(due, "stopped_at", None)
    due_at = getattr(due, "due_at", due)
    if not due_at:
        return ""
    now = business_clock.now()
    if stopped_at:
        return _time(due_at, f"{'met' if stopped_at <= due_at else 'missed'} {wording.short(stopped_at, now)}", "")
    late, soon = due_at < now, (due_at - now).total_seconds() <= 3600
    return _time(due_at, wording.due(due_at, now), " app-clock--late" if late else " app-clock--soon" if soon else "")


def _time(instant, words, tone):
    drawn = '<time class="app-clock{}" datetime="{}" title="{}">{}</time>'
    return format_html(drawn, tone, instant.isoformat(), wording.full(instant), words)


@register.filter
def moment(instant):
    """today 12:30, with the full date on hover."""
    return _time(instant, wording.short(instant, business_clock.now()), "") if instant else ""


@register.filter
def money(amount):
    return "" if amount in (None, "") else pounds(Decimal(amount))


# -- parts of a page


@register.simple_tag
def back_link(address, words="Back"):
    return format_html(
        '<nav aria-label="Back"><a href="{}" class="govuk-back-link app-back">{}</a></nav>', address, words
    )


@register.inclusion_tag("components/_heading.html")
def page_heading(heading, caption="", size="l"):
    return {"heading": heading, "caption": caption, "size": size}


@register.inclusion_tag("components/_error_summary.html")
def error_list(form):
    return {"errors": list(_errors_of(form)) if form is not None and form.is_bound else []}


def _errors_of(form):
    visible = form.visible_fields()
    for error in form.non_field_errors():
        yield (_first_id(visible[0]) if visible else "", error)
    for field in visible:
        for error in field.errors:
            yield _first_id(field), error


def _first_id(field) -> str:
    return field.id_for_label or field.auto_id


@register.inclusion_tag("components/_flash.html", takes_context=True)
def flash(context):
    """What was done, said once even when the form came twice."""
    said = {str(message): message for message in get_messages(context["request"])}
    return {"said": list(said.values())}


@register.inclusion_tag("components/_form_marks.html", takes_context=True)
def form_marks(context, subject=None):
    """The hidden key that makes a form work once, and the version it was read at."""
    version = version_of(subject) if subject is not None else context.get("read_version", "")
    return {"form_key": context.get("form_key") or sending.new_key(), "read_version": version}


@register.inclusion_tag("components/_button.html", takes_context=True)
def post_button(context, address, words, subject=None, style="", hidden_words=""):
    """A form of one button: {% post_button url "Start work" subject=referral style="secondary" %}."""
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "address": address,
        "words": words,
        "subject": subject,
        "style": style,
        "hidden_words": hidden_words,
    }


@register.inclusion_tag("components/_summary_row.html")
def summary_row(key, value="", change="", change_words="Change", missing="Not given"):
    return {"key": key, "value": value, "change": change, "change_words": change_words, "missing": missing}


@register.inclusion_tag("components/_empty.html", takes_context=True)
def empty_state(context, words, next_step=None, filtered=False):
    return {"words": words, "next_step": next_step, "filtered": filtered, "path": context["request"].path}


@register.inclusion_tag("components/_timeline.html")
def timeline(events):
    """Rows with `said`, `at`, and optionally `who`, `because`, `body`, newest first as given."""
    return {"events": events}


@register.inclusion_tag("components/_timetable.html")
def timetable(rows, caption="Visits in a week"):
    """Rows with `label` and seven `cells`, Monday first; a cell is words, or nothing."""
    return {"rows": rows, "caption": caption, "days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}


@register.inclusion_tag("components/_subnav.html", takes_context=True)
def subnav(context, links, label="Sections of this case"):
    """Links with `label`, `href`, and optionally `count`; the page one is on is marked."""
    here = context["request"].path
    return {"links": [dict(link, is_here=link["href"] == here) for link in links], "label": label}


@register.inclusion_tag("components/_identity.html")
def identity(name, reference, priority="", due=None, details=None, initials=""):
    """The bar over every page of a case. `details` is a list of (key, value)."""
    return {
        "name": name,
        "initials": initials,
        "reference": reference,
        "priority": priority,
        "due": due,
        "details": details or [],
    }


# -- lists


@register.simple_tag(takes_context=True)
def querystring_with(context, **changes):
    """The address's own query with some answers changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return query.urlencode()


@register.inclusion_tag("components/_sort_header.html", takes_context=True)
def sort_header(context, column):
    """A column's heading; a link when the column can be sorted."""
    chosen = context["request"].GET.get("sort", "")
    state = {column.key: "ascending", f"-{column.key}": "descending"}.get(chosen, "none")
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{column.key}" if state == "ascending" else column.key
    return {"column": column, "state": state, "query": query.urlencode()}
