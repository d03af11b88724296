"""A reason for asking one provider alone that is no reason: "they know her and it works well" (LEI-09)."""

import re

PROVIDER_REASONS = frozenset({"provider_required_because"})

WHOM = r"(?:him|her|them|us|me|the (?:child|family|young person|person|boy|girl|kids?|children)|\w+)"
KNOWS = re.compile(
    rf"\b(?:know|knows|knew|known|knowing)\b(?! (?:how|what|when|sign|makaton|bsl))"
    rf"|\bfamiliar (?:with|to)\b|\b(?:good|great|close|strong|excellent|lovely|positive) (?:relationship|rapport|bond)\b"
    rf"|\b(?:build|built|building|has|have) (?:up )?(?:a |an )?(?:\w+ )?(?:relationship|rapport|bond|trust)\b"
    rf"|\b(?:get|gets|got|getting) (?:on|along)\b|\b(?:is|are|has been|have been|was|were) (?:very |really |so )?"
    rf"(?:happy|settled|pleased|comfortable|used to|satisfied) (?:with|to|there)?\b"
    rf"|\b(?:like|likes|love|loves|trust|trusts|prefer|prefers|enjoy|enjoys)\b"
    rf"|\b(?:supported|cared for|worked with|looked after|been with) {WHOM}\b.*\b(?:years?|months?|long|before)\b",
    re.IGNORECASE,
)
WORKS = re.compile(
    r"\b(?:work|works|worked|working|go|goes|going|gone|run|runs|running) (?:\w+ )?(?:well|fine|great|brilliantly|smoothly|ok)\b"
    r"|\b(?:good|great|excellent|brilliant|fantastic|best) (?:provider|agency|service|carers?|support|care|job|team)\b"
    r"|\b(?:support|care|it|this|arrangement|package) (?:\w+ )?(?:is|has been) (?:\w+ )?(?:good|great|successful|excellent"
    r"|working|positive)\b|\bdoing (?:so |very )?well\b|\bno (?:problems|complaints|issues|concerns)\b"
    r"|\bcontinuity\b|\bconsisten(?:t|cy)\b",
    re.IGNORECASE,
)
IMPACT = re.compile(
    r"\b(?:distress\w*|anxi\w*|panic\w*|meltdowns?|regress\w*|set ?back|harm\w*|hurt\w*|injur\w*|unsafe|danger\w*|risk\w*"
    r"|refus\w*|seizures?|epilep\w*|trained|training|qualified|peg\b|gastrostomy|tracheo\w*|ventilat\w*|oxygen|suction\w*"
    r"|medicat\w*|makaton|bsl|sign(?:s|ed|ing)?\b|braille|speaks?|language|withdr[ae]w\w*|overwhelm\w*|trauma\w*|afraid|fear\w*"
    r"|frighten\w*|terrif\w*|aggress\w*|self[- ]?injur\w*|stops? (?:eating|sleeping|talking|speaking|attending)|sleep\w*"
    r"|(?:only|nearest) (?:provider|one|service|setting|place)\b.*\b(?:within|that|with|who|near|can)\b|pool|hydrotherap\w*|hoist\w*"
    r"|cannot|can't|could not|couldn't|unable|won't|will not|would (?:not|lose|be|become|stop|cause|mean|have|set|make|harm)"
    r"|wouldn't|impact\w*|lose|loses|losing|loss|deteriorat\w*|worse\w*|bereave\w*|attachment)\b",
    re.IGNORECASE,
)


def says_only_that_it_works(words: str) -> bool:
    """Whether nothing is said but that they know each other and it goes well: no impact on the person, no skill."""
    plain = words.replace("’", "'")
    return bool(KNOWS.search(plain) or WORKS.search(plain)) and not IMPACT.search(plain)
