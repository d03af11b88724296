# AMB-02: free text for providers is checked for whatever may say who the person is

import random
from datetime import date

import pytest

from providers.enquiries.check import Known, check
from providers.tests import planting

KNOWN = Known(
    own=("Winifred Okafor", "Winnie"),
    others=("Chidi Okafor", "May Brown", "Rose Green", "Amina Yusuf", "Seán O’Brien", "Anna Kowalska-Nowak"),
    record_id="MOS-1234567",
    reference="R000012",
    nhs_number="9434765919",
    phones=("07700 900123", "01752 496 0123"),
    emails=("win.okafor@example.com",),
    born_on=date(1941, 3, 12),
    address="14 Hoe Road, Plymouth",
    postcode="PL4 8AA",
    school="Larkhill Primary School",
    area="PL4",
    today=date(2026, 11, 3),
)
NAMESAKES = Known(own=("Will May",), others=("Hope Wood", "Jack Green"), area="PL4")


def found(text, known=KNOWN):
    return [(finding.kind, finding.found, finding.blocks) for finding in check(text, known)]


@pytest.mark.parametrize(
    "text",
    [
        "Winifred likes tea",
        "okafor",
        "WINIFRED OKAFOR",
        "Okafor, Winifred",
        "the Okafors live close by",
        "Winifred's frame",
        "Winifred’s frame",
        "Wini-fred",
        "Wini\nfred",
        "Win\u200bifred",
        "Win\u00adifred",
        "Winifred&nbsp;Okafor",
        "W i n i f r e d",
        "Ôkafør",
        "Оkаfоr",  # three letters of another alphabet
        "Ｗｉｎｉｆｒｅｄ",
        "Winifrde",
        "Winnifred",
        "Okaffor",
        "winifred_okafor",
        "WinifredOkafor",
        "w.okafor",
        "Freda",  # a nickname of Winifred
        "Winnie",
        "Chidi",
        "Sean OBrien",
        "O'Brien",
        "Kowalska",
        "Ania",  # of Anna
        "Amina",
    ],
)
def test_a_name_on_the_record_blocks_however_it_is_written(text):
    assert [blocks for kind, _, blocks in found(f"Please note {text} today.") if kind == "name"] == [True]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("nhs_number", "943 476 5919"),
        ("nhs_number", "9434765919"),
        ("nhs_number", "943-476-5919"),
        ("nhs_number", "943.476.5919"),
        ("nhs_number", "943\u00a0476\u20095919"),
        ("nhs_number", "9 4 3 4 7 6 5 9 1 9"),
        ("nhs_number", "401 023 2137"),  # nobody we know, and it passes the check
        ("spoken_number", "nine four three, four seven six, five nine one nine"),
        ("ni_number", "QQ 12 34 56 C".replace("QQ", "AB")),
        ("ni_number", "ab123456c"),
        ("record_number", "MOS-1234567"),
        ("record_number", "mos 1234567"),
        ("record_number", "Mosaic 7654321"),
        ("record_number", "R000034"),
        ("phone", "07700 900 123"),
        ("phone", "(01632) 960 001"),
        ("phone", "+44 7700 900456"),
        ("phone", "0800 123 4567"),
        ("phone", "ring on 960123"),
        ("email", "win.okafor@example.com"),
        ("email", "someone at example dot org"),
        ("email", "someone[at]example[dot]org"),
        ("web_address", "https://www.example.org/people/1"),
        ("date_of_birth", "12/03/1941"),
        ("date_of_birth", "12.3.41"),
        ("date_of_birth", "1941-03-12"),
        ("date_of_birth", "12th of March 1941"),
        ("date_of_birth", "March 12, 1941"),
        ("date_of_birth", "120341"),
        ("date_of_birth", "DOB 1 May 1950"),
        ("date_of_birth", "born in 1941"),
        ("postcode", "PL4 8AA"),
        ("postcode", "pl48aa"),
        ("postcode", "EX4  3PL"),
        ("street", "14 Hoe Road"),
        ("street", "14, hoe rd"),
        ("street", "Hoe Road"),
        ("street", "22 Acacia Avenue"),
        ("street", "Station Street"),
        ("school", "Larkhill Primary School"),
        ("school", "Larkhill"),
    ],
)
def test_what_leads_straight_to_the_person_blocks(kind, text):
    assert (kind, True) in [(kind, blocks) for kind, _, blocks in found(f"A note: {text}.")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("likely_name", "Her neighbour Dolores brings the post"),
        ("likely_name", "As Dr Petrov asked"),
        ("likely_name", "Margaret gets upset"),
        ("likely_name", "calls for margaret at night"),
        ("initials", "the plan for W.O. says"),
        ("likely_school", "goes to Kingsbridge Academy"),
        ("surgery", "seen at Hoe Surgery"),
        ("likely_street", "lives in Hoe View"),
        ("town", "born and bred in Plymouth"),
        ("area", "a sister in EX4"),
        ("rare", "a former mayor of the town"),
        ("rare", "the oldest resident"),
        ("rare", "has Huntington’s disease"),
        ("old_date", "a stroke on 3 May 2019"),
        ("long_number", "code 482913"),
        ("file_name", "see plan_v2.docx"),
        ("maybe_name", "Rose calls early."),  # a daughter's name, or a verb: at the start of a sentence who can tell
    ],
)
def test_what_may_lead_to_the_person_warns_and_does_not_block(kind, text):
    assert (kind, False) in [(kind, blocks) for kind, _, blocks in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        *planting.CARE,
        "Am in a chair all day.",  # not Amina
        "B12 injections, type 2 diabetes and a C5 injury.",
        "10 minutes down the road by bus, 2 carers to walk.",
        "Visits 0800-0930 and 1200-1300.",
        "£1,200 a week at most, 14.5 hours.",
        "From PL4, as providers read anyway.",
        "Needs help in May 2027, and again on 9 May.",
    ],
)
def test_plain_prose_about_care_is_let_through(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["He walks to the wood by the green.", "She may need help; will drink.", "I hope to jack the bed up."]
)
def test_names_that_are_words_are_words_in_small_letters(text):
    assert found(text, NAMESAKES) == []


@pytest.mark.parametrize(
    "text", ["Likes Hope to visit.", "Ask Jack about it.", "A gift for Will today.", "Will needs help."]
)
def test_names_that_are_words_are_names_with_a_capital(text):
    assert [blocks for _, _, blocks in found(text, NAMESAKES)] == [True]


def test_a_finding_says_where_it_stands_in_the_words_as_typed():
    text = "Tell\u00a0Win\u200bifred first"

    [finding] = check(text, KNOWN)

    assert text[slice(*finding.where)] == finding.found == "Win\u200bifred"


def test_a_first_name_and_a_surname_are_one_finding():
    assert found("Tell Winifred Okafor first") == [("name", "Winifred Okafor", True)]


def test_an_empty_text_has_nothing_in_it():
    assert found("") == found(" \n") == []


def test_nothing_known_still_finds_numbers_and_likely_names():
    assert [kind for kind, _, _ in found("Ask Margaret on 07700 900123", Known())] == ["likely_name", "phone"]


needs_data = pytest.mark.skipif(not planting.DATA.is_dir(), reason="the real names and notes are not on this machine")


@needs_data
@pytest.mark.parametrize("how_many", [200, pytest.param(2000, marks=pytest.mark.soak)])
def test_what_is_planted_in_real_notes_is_found(how_many, record_property):
    rng, clean = random.Random(how_many), planting.clean_texts()

    plants = [plant for _ in range(how_many) for plant in planting.planted(rng, clean)]
    missed = [plant for plant in plants if not is_found(plant)]

    recall = 1 - len(missed) / len(plants)
    record_property("recall", recall)
    assert len(plants) > 1.9 * how_many
    assert recall >= 0.99, [(plant.form, plant.words, plant.known.own) for plant in missed]


@needs_data
@pytest.mark.parametrize("how_many", [200, pytest.param(2000, marks=pytest.mark.soak)])
def test_clean_notes_are_seldom_blocked_needlessly(how_many, record_property):
    rng, clean = random.Random(how_many), planting.clean_texts()

    checked = [check(rng.choice(clean), planting.somebody(rng)) for _ in range(how_many)]
    blocked = [findings for findings in checked if any(finding.blocks for finding in findings)]

    record_property("needless_blocks", len(blocked) / how_many)
    assert len(blocked) / how_many <= 0.05, blocked  # above one in ten, people learn to click through


def is_found(plant) -> bool:
    end = plant.start + len(plant.words)
    findings = [f for f in check(plant.text, plant.known) if f.start < end and plant.start < f.end]
    return any(finding.blocks for finding in findings) if plant.blocks else bool(findings)
