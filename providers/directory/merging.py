"""What a file says, laid over what we know. Pure: rows in memory, nothing read or written.

A newer file replaces what it states and keeps quiet about the rest. An older one only fills gaps. So files may be read
in any order, and again, and the directory ends the same.
"""

from datetime import date

from providers.directory.models import RegisterStatus
from providers.directory.registers.vocabulary import REGISTER_KINDS

# facts that are true together: never half from one file and half from another
TOGETHER = (
    ("address_lines", "postcode"),
    ("register_status", "deregistered_on"),
    ("rating_overall", "rating_on"),
)
BLANK = {"register_status": RegisterStatus.UNKNOWN}


def lay_over(known, facts: dict, *, as_at: date | None, source: str, first_wins: bool = False) -> bool:
    """Change `known`, a service or provider, by what a file of `as_at` states. Returns whether a fact changed.

    Args:
        first_wins: what this same file said before stands; for facts a file repeats on many rows.
    """
    before = _facts(known)
    if _is_newer(known, as_at, source, first_wins):
        _replace(known, facts)
        known.as_at, known.source = as_at, source
    else:
        _fill(known, facts)
    return _facts(known) != before


def _is_newer(known, as_at, source, first_wins):
    if known.as_at is None:
        return True
    if as_at is None or as_at < known.as_at:
        return False
    return as_at > known.as_at or (source == known.source and not first_wins)


def _replace(known, facts):
    for names in _grouped(facts):
        for name in names:
            _set(known, name, facts.get(name, BLANK.get(name, type(known)._meta.get_field(name).get_default())))


def _fill(known, facts):
    for names in _grouped(facts):
        if all(_is_blank(known, name) for name in names):
            for name in names:
                if name in facts:
                    _set(known, name, facts[name])


def _grouped(facts):
    """Each fact by itself, or with those it belongs to."""
    grouped = [names for names in TOGETHER if any(name in facts for name in names)]
    alone = [(name,) for name in facts if not any(name in names for names in TOGETHER)]
    return grouped + alone


def _set(known, name, fact):
    if name == "kinds":
        fact = fact + [kind for kind in known.kinds if kind not in REGISTER_KINDS]  # what the council knows besides
    if name == "postcode" and fact != known.postcode and hasattr(known, "point"):
        known.point = None
    setattr(known, name, fact)


def _is_blank(known, name):
    value = getattr(known, known._meta.get_field(name).attname)
    return value in ("", None, []) or value == BLANK.get(name)


def _facts(known):
    return {
        field.attname: getattr(known, field.attname)
        for field in known._meta.concrete_fields
        if field.attname not in ("as_at", "source")
    }


def reason_not_to_fit(model, facts: dict) -> str | None:
    """Why the database would not take these facts, in words."""
    for name, fact in facts.items():
        field = model._meta.get_field(name)
        longest = getattr(getattr(field, "base_field", field), "max_length", None)
        for text in fact if isinstance(fact, list) else [fact]:
            if isinstance(text, str) and "\0" in text:
                return f"Its {field.verbose_name} holds a character that is no text."
            if isinstance(text, str) and longest and len(text) > longest:
                return f"Its {field.verbose_name} is longer than {longest} characters."
    return None
