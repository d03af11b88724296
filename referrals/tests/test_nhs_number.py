import pytest

from referrals.people.nhs_number import tidy


@pytest.mark.parametrize("text", ["943 476 5919", "9434765919", "943-476-5919", " 943 4765919 "])
def test_an_nhs_number_is_read_however_it_is_spaced(text):
    assert tidy(text) == "9434765919"


@pytest.mark.parametrize("text", ["943 476 5918", "12345", "94347659190", "abcdefghij", ""])
def test_what_is_no_nhs_number_is_said_so(text):
    with pytest.raises(ValueError):
        tidy(text)
