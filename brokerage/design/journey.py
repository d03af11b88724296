"""Draws every life cycle (`MOVES`) as a page of diagrams, in the order of the journey."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings

from brokerage.moves import Moves

PAGE = settings.BASE_DIR / "docs" / "journey.md"
OPENING = """# The journey, status by status

Drawn from each noun's `MOVES` by `python manage.py draw_journey`; do not edit.
A status whose arrow leads to the ringed dot is an end.
"""


def drawing() -> str:
    return "\n".join([OPENING, *(_chapter(model) for model in _nouns())])


def _nouns() -> Iterator[type[Moves]]:
    for model in apps.get_models():
        if issubclass(model, Moves) and model.MOVES:
            yield model


def _chapter(model) -> str:
    words = dict(model._meta.get_field("status").choices)
    start = model._meta.get_field("status").get_default()
    lines = [f"    [*] --> {start}"] if start else []
    lines += [f"    {status} : {words[status]}" for status in words]
    for status in words:
        lines += [f"    {status} --> {to}" for to in words if to in model.MOVES.get(status, set())]
        lines += [] if model.MOVES.get(status) else [f"    {status} --> [*]"]
    title = f"## {model._meta.verbose_name.capitalize()}"
    place = f"`{model.__module__}.{model.__name__}`"
    return "\n".join([title, "", place, "", "```mermaid", "stateDiagram-v2", *lines, "```", ""])
