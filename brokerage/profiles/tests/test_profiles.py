"""Every pathway of every profile: it reads, it can be followed, and it holds what its council's procedure asks for."""

import pytest

from brokerage.profiles import loading
from referrals.pathways import in_words
from referrals.pathways.rules import reasons_not_to_follow
from referrals.pathways.terms import Terms
from referrals.publishing.known import known

PROFILES = [loading.profile_named(name) for name in loading.NAMES]
PATHWAYS = {(profile.name, declared.code): declared for profile in PROFILES for declared in profile.pathways}
POSTS = {post.code: post.name for profile in PROFILES for post in profile.signposts}

# What each source says must be there: papers, papers where it cannot wait, who agrees a search, other fields.
ASKED = {
    ("derbyshire", "home-care"): {"plan_before_start": True, "papers_if_urgent": ("interim_support_step",)},  # DER-16
    ("derbyshire", "residential-home"): {"service_kind": "residential_home", "unit": "week"},  # DER-01
    ("derbyshire", "nursing-home"): {"service_kind": "nursing_home", "unit": "week"},
    ("derbyshire", "day-and-community"): {
        "service_kind": "day_service",
        "papers": (),
    },  # DER-03: nobody needs an assessment
    ("greenwich", "home-care"): {"service_kind": "home_care", "timetable": True},
    ("greenwich", "respite"): {"service_kind": "respite"},  # GRN-07
    ("greenwich", "residential-home"): {"service_kind": "residential_home"},
    ("greenwich", "nursing-home"): {"service_kind": "nursing_home"},
    ("greenwich", "day-and-community"): {"service_kind": "day_service"},
    ("greenwich", "direct-payment-help"): {"rounds": (), "papers": ()},  # GRN-05
    ("medway", "home-care"): {  # MED-01, MED-02
        "papers": ("assessment", "care_plan", "home_care_referral"),
        "papers_if_urgent": ("funding_agreement", "pen_picture"),
        "agreement_to_search": False,
    },
    ("medway", "residential-home"): {  # MED-06, MED-07, MED-11
        "papers": ("assessment", "care_plan", "panel_document"),
        "papers_if_urgent": ("funding_agreement", "pen_picture"),
        "agreement_to_search": True,
        "search_agreed_by": "panel",
        "agreement_above_rate": True,
        "negotiate_first": False,
    },
    ("medway", "nursing-home"): {"agreement_to_search": True, "agreement_above_rate": True},
    ("medway", "specialist-placement"): {  # MED-12, MED-11
        "approval": "line_manager",
        "agreement_to_search": True,
        "agreement_above_rate": True,
        "negotiate_first": True,
    },
    ("medway", "supported-living"): {  # MED-13, MED-14
        "agreement_to_search": True,
        "papers_if_urgent": ("out_of_panel_agreement",),
        "agreement_above_rate": True,
        "negotiate_first": True,
    },
    ("medway", "respite-block-bed"): {"agreement_to_search": True, "search_agreed_by": "team_manager"},  # MED-15
    ("medway", "respite"): {"agreement_to_search": True, "search_agreed_by": "head_of_service"},
    ("leicestershire", "short-break"): {  # LEI-02, LEI-03, LEI-05, LEI-08, LEI-17
        "approval": "resource_panel",
        "discuss_if_urgent": True,
        "no_names": True,
        "bank_holidays": False,
        "reply_rule": "children_standard",
        "reply_rule_if_urgent": "children_urgent",
        "rounds": ("framework", "off_framework", "flex", "framework", "off_framework"),
        "sheet_needs_release": True,
    },
    ("leicestershire", "childrens-home-care"): {
        "service_kind": "home_care",
        "timetable": True,
        "no_names": True,
        "approval": "resource_panel",
        "bank_holidays": False,
    },
    ("leicestershire", "play-scheme"): {
        "most_days": 5,
        "timetable": False,
        "approval": "resource_panel",
        "no_names": True,
    },  # LEI-06
}


@pytest.mark.parametrize("which", PATHWAYS, ids="-".join)
@pytest.mark.django_db
def test_a_declared_pathway_can_be_followed_and_asks_for_what_its_source_does(which):
    declared = PATHWAYS[which]

    assert Terms.read(declared.terms.write()) == declared.terms
    assert reasons_not_to_follow(declared.name, declared.terms, known(POSTS)) == []
    said = {field: getattr(declared.terms, field) for field in ASKED[which]}
    assert said == ASKED[which]
    for section in in_words.SECTIONS:
        assert in_words.lines_of(section, declared.terms, known(POSTS))


def test_every_kind_of_pathway_the_service_promises_is_declared_by_some_council():
    assert {code for _, code in PATHWAYS} == {
        "home-care",
        "residential-home",
        "nursing-home",
        "specialist-placement",
        "supported-living",
        "respite-block-bed",
        "respite",
        "day-and-community",
        "direct-payment-help",
        "short-break",
        "childrens-home-care",
        "play-scheme",
    }


@pytest.mark.parametrize("code", ["short-break", "childrens-home-care", "play-scheme"])
def test_part_a_has_its_sections(code):
    """LEI-13, LEI-14, LEI-16."""
    terms = PATHWAYS["leicestershire", code].terms

    assert {"worker", "person", "also_for", "contact", "needs", "outcomes", "when", "approval"} <= set(terms.pages)
    assert {"health", "behaviour", "mobility", "equipment", "outcomes", "contact"} <= set(terms.must)
    assert "current_support" in terms.must  # and how it is paid, on the same page
    assert all(question.must for question in terms.questions)


def test_support_by_the_hour_for_children_says_school_dates_bank_holidays_and_providers_to_avoid():
    for code in ("short-break", "childrens-home-care"):
        pages = PATHWAYS["leicestershire", code].terms.pages
        assert {"timetable", "dates", "school_holidays", "bank_holidays", "provider_wishes"} <= set(pages)
    assert "travel" in PATHWAYS["leicestershire", "short-break"].terms.pages
    assert "play_scheme" in PATHWAYS["leicestershire", "play-scheme"].terms.pages


def test_supported_living_out_of_panel_is_for_heads_and_assistant_directors_alone():
    """MED-14."""
    waivers = PATHWAYS["medway", "supported-living"].terms.waivers

    assert {waiver.role for waiver in waivers if waiver.what == "search_agreement"} == {
        "head_of_service",
        "assistant_director",
    }


def test_what_matters_to_the_person_is_asked_of_everybody_in_greenwich():
    """GRN-01, GRN-08."""
    for (council, _), declared in PATHWAYS.items():
        if council == "greenwich":
            assert {"language", "faith_and_culture", "diet", "carer_gender", "capacity"} <= set(declared.terms.must)


def test_derbyshire_thinks_early_of_those_with_short_term_support():
    """DER-15."""
    asked = {question.key: question for question in PATHWAYS["derbyshire", "home-care"].terms.questions}

    assert asked["short_term_ends"].shown_when.question == "short_term_now"
    assert "short_term" in PATHWAYS["derbyshire", "home-care"].terms.pages


def test_who_pays_for_themselves_needs_no_plan_where_a_duty_broker_says_so():
    """DER-03, GRN-02."""
    for which in (("derbyshire", "home-care"), ("derbyshire", "nursing-home"), ("greenwich", "home-care")):
        waivers = PATHWAYS[which].terms.waivers
        assert ("care_plan", "duty_broker") in {(waiver.what, waiver.role) for waiver in waivers}


def test_a_specialist_placement_says_why_and_whether_the_nhs_should_pay():
    """MED-12."""
    asked = {question.key: question for question in PATHWAYS["medway", "specialist-placement"].terms.questions}

    assert not asked["specialist_because"].none_is_an_answer
    assert set(dict(asked["nhs_considered"].choices)) == {"chc", "fnc", "joint"}
