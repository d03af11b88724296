"""Dates, money and times as people type them, and what the form says when it cannot read them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms

from brokerage.design.forms import DateInputField, GovukForm, MoneyField, TimeField


class StartForm(GovukForm):
    start = DateInputField(label="Start date", required=False)
    rate = MoneyField(label="Weekly rate", required=False, min_value=0)
    at = TimeField(label="Time of the visit", required=False)
    name = forms.CharField(label="Name", required=False, max_length=5)
    number = forms.IntegerField(label="NHS number", required=False)


def answered(**typed):
    form = StartForm(typed)
    form.is_valid()
    return form


def start(day, month, year):
    return answered(start_0=day, start_1=month, start_2=year)


@pytest.mark.parametrize(("month", "number"), [("3", 3), ("03", 3), ("mar", 3), ("September", 9)])
def test_a_date_is_read_with_its_month_in_words_or_numbers(month, number):
    assert start("27", month, "2027").cleaned_data["start"] == date(2027, number, 27)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("31", "2", "2027"), "Start date must be a real date"),
        (("1", "1", "27"), "Start date must be a real date"),
        (("x", "1", "2027"), "Start date must be a real date"),
        (("1", "", "2027"), "Start date must include a month"),
        (("1", "", ""), "Start date must include a month and year"),
    ],
)
def test_a_date_that_cannot_be_read_is_named(typed, words):
    assert start(*typed).errors["start"] == [words]


def test_a_date_left_empty_is_no_date():
    assert start("", "", "").cleaned_data["start"] is None


def test_a_required_date_is_asked_for():
    class Required(GovukForm):
        start = DateInputField(label="Start date")

    assert Required({}).errors["start"] == ["Enter start date"]


@pytest.mark.parametrize("typed", ["1234.5", "£1,234.50", " 1 234.50 "])
def test_money_is_read_as_people_write_it(typed):
    assert answered(rate=typed).cleaned_data["rate"] == Decimal("1234.50")


@pytest.mark.parametrize("typed", ["about 600", "600.505", "NaN", "6e2x"])
def test_money_that_cannot_be_read_is_asked_for_again(typed):
    assert answered(rate=typed).errors["rate"] == ["Enter an amount in pounds, like 612.50"]


def test_money_below_the_least_is_named():
    assert answered(rate="-1").errors["rate"] == ["Weekly rate must be 0 or more"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9am", time(9)),
        ("9.30 pm", time(21, 30)),
        ("09:05", time(9, 5)),
        ("1730", time(17, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("00:00", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, meant):
    assert answered(at=typed).cleaned_data["at"] == meant


@pytest.mark.parametrize("typed", ["25", "9:75", "13pm", "0am", "soon", "123456"])
def test_a_time_that_cannot_be_read_is_asked_for_again(typed):
    assert answered(at=typed).errors["at"] == ["Enter a time, like 9am or 17:30"]


def test_lengths_and_numbers_speak_plainly():
    form = answered(name="Winifred", number="nine")

    assert form.errors["name"] == ["Name must be 5 characters or fewer"]
    assert form.errors["number"] == ["NHS number must be a whole number, like 30"]


def test_words_an_author_chose_are_left_alone():
    class Chosen(GovukForm):
        name = forms.CharField(error_messages={"required": "Enter the name on the passport"})

    assert Chosen({}).errors["name"] == ["Enter the name on the passport"]


def test_an_initial_answer_is_shown_as_it_is_asked_for():
    html = str(StartForm(initial={"start": date(2027, 3, 27), "at": time(9, 5), "rate": Decimal("9.50")}))

    assert 'value="27"' in html
    assert 'value="09:05"' in html
    assert 'value="9.50"' in html


def test_the_same_answer_given_again_is_no_change():
    data = {"start_0": "27", "start_1": "3", "start_2": "2027", "at": "9am", "rate": "£9.50"}

    form = StartForm(data, initial={"start": date(2027, 3, 27), "at": time(9), "rate": Decimal("9.50")})

    assert form.changed_data == []
