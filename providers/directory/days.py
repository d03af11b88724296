from datetime import date


def day_in_words(on: date) -> str:
    """3 November 2026"""
    return f"{on.day} {on:%B %Y}"
