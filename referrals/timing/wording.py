"""What is written about a case where its person's name must not stand: in a letter, in a sentence that letters quote."""

import re


def without_name(words: str, person) -> str:
    """The person's names as their initials (LEI-01). Only as they are spelt and capitalised on record."""
    if person is None:
        return words
    names = {person.first_names, person.last_name, *person.first_names.split(), *person.last_name.split()}
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(name)}\b", person.initials, words)
    return words
