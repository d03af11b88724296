"""What is another in one version of a pathway than in the one before, in words."""

from dataclasses import fields

from referrals.pathways import in_words
from referrals.pathways.questions import Question
from referrals.pathways.rules import Known
from referrals.pathways.terms import Terms


def changes(before: Terms, after: Terms, known: Known) -> list[str]:
    """Every difference as a sentence: “Question added: …”, “Answer by, for urgent: half a working day → 3 working hours”."""
    return [*_lines(before, after, known), *_pages(before, after), *_questions(before, after)]


def _lines(before, after, known):
    for line in in_words.LINES:
        if all(getattr(before, name) == getattr(after, name) for name in line.fields):
            continue
        old, new = line.say(before, known), line.say(after, known)
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            yield from _lists(line.label, old, new)
        else:
            yield f"{line.label}: {_said(old)} → {_said(new)}"


def _lists(label, old, new):
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    if come:
        yield f"{label}: added {_quoted(come)}"
    if gone:
        yield f"{label}: removed {_quoted(gone)}"
    if not come and not gone:
        yield f"{label}: now in the order {', '.join(new)}"


def _pages(before, after):
    old, new = ({page.key: page for page in terms.own_pages} for terms in (before, after))
    for key in [key for key in new if key in old and old[key] != new[key]]:
        for name, label in (("label", "name"), ("section", "section"), ("guidance", "guidance")):
            was, now = getattr(old[key], name), getattr(new[key], name)
            if was != now:
                yield f"Page “{old[key].label}”, {label}: {_said(was)} → {_said(now)}"


def _questions(before, after):
    old, new = ({question.key: question for question in terms.questions} for terms in (before, after))
    for key in [key for key in new if key not in old]:
        yield f"Question added: {in_words.question(new[key], after)}"
    for key in [key for key in old if key not in new]:
        yield f"Question removed: {old[key].label}"
    for key in [key for key in new if key in old and old[key] != new[key]]:
        yield from _question(old[key], new[key], before, after)
    kept = [key for key in old if key in new]
    now = [key for key in new if key in old]
    if kept != now:
        yield "The order of the questions changed"


def _question(old: Question, new: Question, before, after):
    for each in fields(Question):
        was, now = getattr(old, each.name), getattr(new, each.name)
        if was == now:
            continue
        said = _PARTS[each.name]
        yield f"Question “{old.label}”, {said}: {_part(old, each.name, before)} → {_part(new, each.name, after)}"


_PARTS = {
    "key": "key",
    "label": "words",
    "page": "page",
    "kind": "answered by",
    "hint": "hint",
    "why": "why we ask",
    "choices": "answers",
    "must": "must be answered",
    "none_is_an_answer": "“None” is an answer",
    "shown_when": "asked",
    "for_providers": "providers may read it",
    "no_names": "names are pointed out",
    "most": "at most",
}


def _part(question, name, terms) -> str:
    value = getattr(question, name)
    if name == "page":
        return in_words.page(value, terms)
    if name == "kind":
        return in_words.KINDS.get(value, value)
    if name == "choices":
        return _said([label for _, label in value])
    if name == "shown_when":
        return in_words.condition(question, terms) if value else "always"
    if isinstance(value, bool):
        return in_words.yes_or_no(value)
    return _said("" if value is None else str(value))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)


def _said(value) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return value or "none"
