"""A selection as people say it."""

from dataclasses import dataclass

from brokerage.home.queue.filters import FILTERS
from brokerage.home.queue.selection import ORDERS, Selection

SOMEBODY = "somebody who is no broker of your teams now"


@dataclass(frozen=True)
class Chip:
    """One filter that narrows, and the address of the same list without it."""

    label: str
    answer: str
    without: str


def chips(selection: Selection, names: dict[str, str]) -> list[Chip]:
    """In the order of the filters. `names` are the brokers' by their ids, as the address has them."""
    return [
        Chip(each.label, _said(each, answer, names), selection.address_with(**{each.name: ""}))
        for each in FILTERS
        if (answer := selection.answers.get(each.name))
    ]


def in_words(selection: Selection, names: dict[str, str] | None = None) -> str:
    """Team; priority: urgent; area: PL4; newest received first"""
    parts = [selection.tab.label, *(f"{chip.label}: {chip.answer}" for chip in chips(selection, names or {}))]
    if selection.order != ORDERS["due"]:
        parts.append(selection.order.label)
    return "; ".join(parts)


def _said(each, answer, names) -> str:
    if each.name == "owner":
        return each.say(answer) or names.get(answer, SOMEBODY)
    return each.say(answer)
