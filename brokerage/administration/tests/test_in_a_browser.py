"""An administrator at a browser: a clock is changed with its effect read first; every page is accessible, on a phone too."""

import pytest
from django.urls import reverse

from brokerage.profiles import loading
from referrals.models import Pathway
from referrals.publishing import actions
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_administrator_changes_a_clock_and_sees_the_effect_before_publishing(opens, page, administrator):
    loading.load(loading.profile_named("medway"), by=None)
    pathway = Pathway.objects.in_force().get(code="home-care")
    for _ in range(3):
        ReferralFactory(received=True, pathway=pathway, priority="urgent", priority_reason="Alone", papers=[])

    opens(administrator, page, reverse("pathway", args=["home-care"]))
    page.get_by_role("button", name="Change this pathway").click()
    page.get_by_role("link", name="Change clocks").click()
    assert not page.locator("#id_urgent_number").is_visible()
    page.locator("input[name=urgent_span][value=working_hours]").check()
    page.locator("#id_urgent_number").fill("3")
    page.get_by_role("button", name="Keep this").click()

    assert page.get_by_text("Answer by, for urgent: half a working day → 3 working hours").is_visible()
    urgent = page.locator("tr", has=page.get_by_role("rowheader", name="Urgent")).filter(has_text="answer due")
    assert int(urgent.locator("td").nth(1).inner_text()) + int(urgent.locator("td").nth(3).inner_text()) == 3
    page.get_by_role("button", name="Check and publish").click()
    page.get_by_label("Why?").fill("Hospitals cannot wait")
    page.get_by_role("button", name="Publish").click()

    assert page.get_by_text("Home care, version 2, is in force.").is_visible()
    assert Pathway.objects.in_force().get(code="home-care").terms.response_rule("urgent") == "working_hours:3"


def test_the_pages_of_setting_up_are_accessible_and_fit_a_phone(opens, page, administrator):
    loading.load(loading.profile_named("medway"), by=None)
    draft = actions.begin(Pathway.objects.in_force().get(code="specialist-placement"), by=administrator)
    draft = actions.change(draft, response_rules={"urgent": "working_hours:3"}, by=administrator)
    of_draft = (
        "pathway_draft", "pathway_draft_offered", "pathway_draft_asked", "pathway_draft_agreements", "pathway_draft_clocks",
        "pathway_draft_guidance", "publish_pathway", "pathway", "pathway_versions",
    )  # fmt: skip
    pages = [reverse(name, args=[draft.code]) for name in of_draft]
    pages.append(reverse("pathway_draft_question", args=[draft.code, "stay_until"]))
    pages += [
        reverse(name) for name in ("administration", "pathways", "council_settings", "teams", "signposts", "profiles")
    ]
    pages += [reverse("change_council_hours"), reverse("team", args=["adults"])]
    page.set_viewport_size({"width": 390, "height": 800})

    for path in pages:
        opens(administrator, page, path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{path} is {wide} wide"
