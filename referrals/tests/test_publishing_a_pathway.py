"""A change to a pathway is collected, compared and published; what was received keeps its version."""

from dataclasses import replace

import pytest

from brokerage.audit.models import Event
from brokerage.errors import NotAllowed, Refused
from referrals.models import Pathway, PathwayDraft
from referrals.publishing import actions
from referrals.tests.factories import HOME_CARE, PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathway(db):
    return PathwayFactory()


@pytest.fixture
def draft(pathway, administrator):
    return actions.begin(pathway, by=administrator)


def test_a_change_is_a_new_version_and_the_old_one_stays(draft, administrator):
    draft = actions.change(draft, within_miles=20, by=administrator)

    published = actions.publish(draft, because="Too few providers near by", by=administrator)

    old, new = Pathway.objects.order_by("version")
    assert (old.in_force, old.terms.within_miles) == (False, HOME_CARE.within_miles)
    assert (new.in_force, new.version, new.terms.within_miles) == (True, 2, 20)
    assert published.changes == ["How far we look: 15 miles → 20 miles"]
    deed = Event.objects.get(verb="pathway.published")
    assert (deed.actor_name, deed.because) == (administrator.full_name, "Too few providers near by")
    assert deed.facts["changes"] == published.changes
    assert not PathwayDraft.objects.exists()


def test_cases_keep_their_version_and_drafts_move_with_what_changed(draft, administrator):
    received = ReferralFactory(received=True)
    unsent = ReferralFactory()

    actions.publish(actions.change(draft, no_names=True, by=administrator), because="Privacy", by=administrator)

    received.refresh_from_db()
    unsent.refresh_from_db()
    assert (received.pathway.version, unsent.pathway.version) == (1, 2)
    moved = Event.objects.of_case(unsent.reference).get(verb=actions.MOVED)
    assert moved.facts["changes"] == ["Other people by relationship only: No → Yes"]


def test_a_change_that_nobody_could_follow_is_not_published(draft, administrator):
    draft = actions.change(draft, pages=("person", "when"), by=administrator)

    with pytest.raises(Refused, match="visits in a week must be listed"):
        actions.publish(draft, because="Shorter", by=administrator)

    assert Pathway.objects.get().in_force
    assert PathwayDraft.objects.exists()


def test_a_change_that_changes_nothing_is_not_published(draft, administrator):
    with pytest.raises(Refused, match="Nothing in this draft differs"):
        actions.publish(draft, because="Because", by=administrator)


@pytest.mark.parametrize("who", ["broker", "manager", "coordinator", "auditor"])
def test_only_an_administrator_changes_pathways(request, draft, who):
    somebody = request.getfixturevalue(who)

    for deed in (
        lambda: actions.begin(draft.based_on, by=somebody),
        lambda: actions.change(draft, within_miles=3, by=somebody),
        lambda: actions.publish(draft, because="So", by=somebody),
        lambda: actions.withdraw(draft.based_on, because="So", by=somebody),
        lambda: actions.bring_back(draft.based_on, because="So", by=somebody),
    ):
        with pytest.raises(NotAllowed, match="Only an administrator"):
            deed()


def test_the_second_to_begin_works_on_the_same_draft(draft, pathway, administrator):
    assert actions.begin(pathway, by=administrator) == draft


def test_a_draft_published_by_another_is_told_in_words(draft, administrator):
    other = PathwayDraft.objects.get()
    actions.publish(actions.change(draft, within_miles=20, by=administrator), because="Far", by=administrator)

    with pytest.raises(Refused, match="published or thrown away by somebody else"):
        actions.change(other, within_miles=30, by=administrator)


def test_a_draft_overtaken_by_another_version_is_not_published_over_it(draft, administrator):
    draft = actions.change(draft, within_miles=20, by=administrator)
    terms = replace(HOME_CARE, within_miles=30)
    actions.put_in_force(code="home-care", name="Home care", serves="adults", terms=terms, because="", by=None)

    with pytest.raises(Refused, match="published by somebody else after this change was begun, as version 2"):
        actions.publish(draft, because="Far", by=administrator)


def test_a_withdrawn_pathway_takes_no_new_referral_and_can_be_brought_back(pathway, administrator):
    open_case = ReferralFactory(received=True)

    actions.withdraw(pathway, because="Nobody offers it", by=administrator)

    assert not Pathway.objects.in_force().exists()
    open_case.refresh_from_db()
    assert open_case.pathway == pathway
    published = actions.bring_back(pathway, because="Somebody does again", by=administrator)
    assert (published.pathway.version, published.pathway.in_force) == (2, True)
    with pytest.raises(Refused, match="not in force"):
        actions.withdraw(pathway, because="Again", by=administrator)


def test_an_old_version_comes_back_as_a_new_one(draft, pathway, administrator):
    actions.publish(actions.change(draft, within_miles=20, by=administrator), because="Far", by=administrator)
    pathway.refresh_from_db()

    back = actions.bring_back(pathway, because="It was better", by=administrator)

    assert [p.version for p in Pathway.objects.order_by("version")] == [1, 2, 3]
    assert (back.pathway.version, back.pathway.terms.within_miles) == (3, 15)
    assert back.changes == ["How far we look: 20 miles → 15 miles"]


def test_a_new_pathway_begins_from_another(pathway, administrator):
    draft = actions.begin_from(pathway, name="Night sitting", serves="adults", by=administrator)

    published = actions.publish(draft, because="A new service", by=administrator)

    assert (published.is_new, published.pathway.code, published.pathway.version) == (True, "night-sitting", 1)
    pathway.refresh_from_db()
    assert pathway.in_force
    with pytest.raises(Refused, match="There is a pathway called Night sitting already"):
        actions.begin_from(pathway, name="Night sitting", serves="adults", by=administrator)


def test_a_change_thrown_away_leaves_the_pathway(draft, pathway, administrator):
    actions.discard(actions.change(draft, within_miles=20, by=administrator), by=administrator)

    pathway.refresh_from_db()
    assert pathway.in_force
    assert not PathwayDraft.objects.exists()
