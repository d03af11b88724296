import pytest
from django.core.management import CommandError, call_command

from brokerage.design import journey


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setattr(journey, "PAGE", tmp_path / "docs" / "journey.md")
    return journey.PAGE


def test_a_drawing_just_made_is_not_stale(page):
    call_command("draw_journey")

    call_command("draw_journey", check=True)


@pytest.mark.parametrize("state", ["missing", "old"])
def test_a_missing_or_old_drawing_fails_the_check(page, state):
    if state == "old":
        page.parent.mkdir()
        page.write_text("# The journey")

    with pytest.raises(CommandError, match="stale"):
        call_command("draw_journey", check=True)


def test_every_status_and_every_move_is_drawn(page):
    drawn = journey.drawing()

    for noun in journey._nouns():
        for status, nexts in noun.MOVES.items():
            for to in nexts:
                assert f"    {status} --> {to}\n" in drawn
