"""The colour beside a status's word. A status means the same colour wherever it is met."""

TONES = {
    "grey": "draft not_started closed cancelled withdrawn ended lapsed superseded withheld silent",
    "blue": "submitted sent open queued new received asked issued viewed at_panel at_decision",
    "light-blue": "in_progress working started assigned searching ready routine",
    "turquoise": "options offered offers_in chosen placing arranged part",
    "green": "approved agreed granted accepted complete completed signed sealed delivered placed yes active full"
    " can_be_asked",
    "yellow": "waiting paused deferred needed asked_again returned awaiting_signature provider_signed conditions late",
    "orange": "urgent due_soon escalated suspended embargoed incomplete",
    "red": "emergency missed declined refused failed bounced missing rejected no expired deregistered",
}
_TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split()}


def tone_of(value) -> str:
    """The tone of a status's stored value; grey for a word nobody listed."""
    word = str(getattr(value, "value", value)).lower().replace(" ", "_").replace("-", "_")
    return _TONE_OF.get(word, "grey")
