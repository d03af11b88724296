import csv
import io

import pytest

from brokerage.tests.factories import UserFactory


@pytest.fixture
def signed_in(client, db):
    client.force_login(UserFactory(full_name="Zoe Last"))
    return client


def names(response):
    return [row.full_name for row in response.context["rows"]]


def test_a_list_can_be_filtered_by_its_address(signed_in):
    UserFactory(full_name="Tom Birch")

    assert names(signed_in.get("/people/?name=bir")) == ["Tom Birch"]


def test_a_list_can_be_sorted_both_ways(signed_in):
    UserFactory(full_name="Ann First")

    assert names(signed_in.get("/people/?sort=name")) == ["Ann First", "Zoe Last"]
    assert names(signed_in.get("/people/?sort=-name")) == ["Zoe Last", "Ann First"]


def test_a_column_that_cannot_be_sorted_is_not(signed_in):
    assert signed_in.get("/people/?sort=password").status_code == 200


def test_the_heading_says_how_the_list_is_sorted_and_keeps_the_filter(signed_in):
    html = signed_in.get("/people/?name=zoe&sort=name").content.decode()

    assert 'aria-sort="ascending"' in html
    assert "?name=zoe&amp;sort=-name" in html


def test_pages_keep_the_filter(signed_in):
    UserFactory.create_batch(30)

    html = signed_in.get("/people/?name=sam").content.decode()

    assert "?name=sam&amp;page=2" in html
    assert "1 to 25 of 30" in html


def test_an_empty_list_says_what_to_do_first(signed_in):
    html = signed_in.get("/people/?name=nobody").content.decode()

    assert "Nothing matches these filters" in html
    assert "Nobody has an account yet" not in html


def test_the_download_holds_what_the_filter_found_and_no_formula(signed_in):
    UserFactory(full_name='=HYPERLINK("http://x")', email="sly@council.example")

    response = signed_in.get("/people/?name=hyper&download=csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert [row[:2] for row in rows] == [["Name", "E-mail"], ['\'=HYPERLINK("http://x")', "sly@council.example"]]
