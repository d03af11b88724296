"""Keeps tokens out of the logs, whoever writes them."""

import logging
import re

# Wider than a true token, so that one cut short or mistyped is not written down either.
LIKE_A_TOKEN = re.compile(r"[A-Za-z0-9]{6,}(?:\.|%2[Ee])\d{1,9}(?:\.|%2[Ee])[A-Za-z0-9_%=-]{8,}")


def without_tokens(text: str) -> str:
    return LIKE_A_TOKEN.sub("[link]", text)


class NoTokens(logging.Filter):
    """For every handler in LOGGING."""

    def filter(self, record):
        record.msg, record.args = without_tokens(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True
