"""The colour beside a status's word. Statuses mean the same colour wherever they are met."""

TONES = {
    "grey": {
        "draft",
        "not_started",
        "closed",
        "cancelled",
        "withdrawn",
        "ended",
        "lapsed",
        "superseded",
        "withheld",
        "silent",
    },
    "blue": {
        "submitted",
        "sent",
        "open",
        "queued",
        "new",
        "received",
        "asked",
        "issued",
        "viewed",
        "at_panel",
        "at_decision",
    },
    "light-blue": {"in_progress", "working", "started", "assigned", "searching", "ready", "routine"},
    "turquoise": {"options", "offered", "offers_in", "chosen", "placing", "arranged", "part"},
    "green": {
        "approved",
        "agreed",
        "granted",
        "accepted",
        "complete",
        "completed",
        "signed",
        "sealed",
        "delivered",
        "placed",
        "yes",
        "active",
        "full",
    },
    "yellow": {
        "waiting",
        "paused",
        "deferred",
        "needed",
        "asked_again",
        "returned",
        "awaiting_signature",
        "conditions",
        "late",
    },
    "orange": {"urgent", "due_soon", "escalated", "suspended", "incomplete"},
    "red": {"emergency", "missed", "declined", "refused", "failed", "bounced", "missing", "rejected", "no", "expired"},
}
_tone_of = {word: tone for tone, words in TONES.items() for word in words}


def tone_of(value) -> str:
    """The tone of a status's stored value; a word nobody listed stays in the council's plain blue-grey."""
    return _tone_of.get(str(getattr(value, "value", value)).lower().replace(" ", "_").replace("-", "_"), "grey")
