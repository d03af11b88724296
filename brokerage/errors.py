"""A refusal is a sentence: the page, the button and the API all say the same words."""


class Refused(Exception):
    """Somebody may not do this now. `str(refusal)` is the whole sentence they read."""

    status_code = 409


class NotAllowed(Refused):
    """This person may not do this at all."""

    status_code = 403
