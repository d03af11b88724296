"""The eyes of the browser tests see what they should, so that a clean page means something."""

import pytest

SOUND = """<!DOCTYPE html><html lang="en"><head><title>Sound</title></head>
<body><main><h1>Sound</h1><label for="name">Name</label><input id="name"></main></body></html>"""


def test_a_sound_page_passes(page, no_axe_violations):
    page.set_content(SOUND)

    no_axe_violations(page)


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (SOUND.replace('<label for="name">Name</label>', ""), "label"),
        (SOUND.replace(' lang="en"', ""), "html-has-lang"),
        (SOUND.replace("<h1>", '<h1 style="color: #ccc; background: #fff">'), "color-contrast"),
    ],
)
def test_a_fault_is_named(page, no_axe_violations, fault, rule):
    page.set_content(fault)

    with pytest.raises(AssertionError, match=rule):
        no_axe_violations(page)


def test_a_phone_is_as_narrow_as_a_phone(phone):
    phone.set_content(SOUND)

    assert phone.evaluate("screen.width") == 390
