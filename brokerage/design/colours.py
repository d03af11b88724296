"""A council's colours made safe to read: text on the brand, a darker link under the pointer, a tint behind it all."""

import re

BLACK, WHITE = "#0b0c0c", "#ffffff"
FALLBACK = "#00513b"


def checked(colour: str) -> str:
    """A colour as #rrggbb; anything else than that becomes the fallback, since it is written into a stylesheet."""
    return colour.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour or "") else FALLBACK


def readable_on(background: str) -> str:
    """Black or white, whichever is easier to read there."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, background))


def readable_link(colour: str) -> str:
    """The colour, or where it is too pale to read on white, as dark a shade of it as it takes (WCAG AA: 4.5 to 1)."""
    for share in range(0, 100, 5):
        if contrast(shade := mix(colour, BLACK, share / 100), WHITE) >= 4.5:
            return shade
    return BLACK


def mix(colour: str, other: str, share: float) -> str:
    parts = [round(a + (b - a) * share) for a, b in zip(_rgb(colour), _rgb(other), strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _rgb(colour))]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
