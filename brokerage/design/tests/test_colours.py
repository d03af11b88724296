import pytest

from brokerage.council import settings as council_settings
from brokerage.council.models import Council
from brokerage.design import colours


@pytest.fixture
def council(db):
    yield Council.objects.update_or_create(pk=1, defaults={"name": "Exampleshire"})[0]
    council_settings.forget()


def saved(council, **facts):
    Council.objects.filter(pk=council.pk).update(**facts)
    council_settings.forget()


def test_the_council_chooses_its_colours(client, council):
    saved(council, brand_colour="#5A2671", link_colour="#1d70b8")

    response = client.get("/theme.css")

    assert response["Content-Type"] == "text/css"
    assert "--govuk-brand-colour:#5a2671" in response.content.decode()
    assert "--govuk-link-colour:#1d70b8" in response.content.decode()
    assert "max-age=86400" in response["Cache-Control"]
    assert not response.cookies


def test_a_colour_that_is_none_never_reaches_the_stylesheet(client, council):
    saved(council, brand_colour="red;}*", link_colour="")

    css = client.get("/theme.css").content.decode()

    assert "red" not in css
    assert f"--govuk-brand-colour:{colours.FALLBACK}" in css


@pytest.mark.parametrize("brand", ["#ffffff", "#ffdd00", "#00513b", "#767676", "#000000"])
def test_words_on_any_brand_and_links_of_any_colour_can_be_read(brand):
    assert colours.contrast(colours.readable_on(brand), brand) >= 4.5
    assert colours.contrast(colours.readable_link(brand), "#ffffff") >= 4.5
