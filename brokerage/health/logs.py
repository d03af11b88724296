"""Keeps people out of the logs: PostgreSQL explains a refused row by printing the whole of it."""

import logging
import re

DETAIL = re.compile(r"DETAIL:.*?(?=\nHINT:|\nCONTEXT:|\n\n|\nTraceback|\Z)", re.DOTALL)


def without_rows(text: str) -> str:
    return DETAIL.sub("DETAIL: [left out]", text)


class NoRows(logging.Filter):
    """For every handler in LOGGING."""

    def filter(self, record):
        record.msg, record.args = without_rows(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_rows(record.exc_text)
        return True
