"""Every pathway of every profile as its referrer meets it: the task list and each of its pages opens."""

import pytest
from django.urls import reverse

from brokerage.profiles import loading
from referrals.models import Pathway, Signpost
from referrals.publishing import actions as publishing
from referrals.signposts import actions as signposts
from referrals.tests.factories import PersonFactory, ReferralFactory

PATHWAYS = [
    (name, declared) for name in loading.NAMES for declared in loading.profile_named(name).pathways
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("council", "declared"), PATHWAYS, ids=[f"{name}-{declared.code}" for name, declared in PATHWAYS]
)
def test_every_page_of_a_pathway_opens_for_its_referrer(client, coordinator, council, declared):
    for post in loading.profile_named(council).signposts:
        signposts.add(by=None, code=post.code, name=post.name, what=post.what)
    publishing.put_in_force(
        code=declared.code, name=declared.name, serves=declared.serves, terms=declared.terms, because="", by=None
    )
    draft = ReferralFactory(
        pathway=Pathway.objects.get(code=declared.code), referred_by=coordinator, person=PersonFactory(), papers=[]
    )
    client.force_login(coordinator)

    tasks = client.get(reverse("referral_tasks", args=[draft.reference]))

    assert tasks.status_code == 200
    said = tasks.content.decode()
    for words in declared.terms.guidance:
        assert words.split("’")[0] in said
    for signpost in Signpost.objects.of(declared.terms):
        assert signpost.name in said
    lines = tasks.context["tasks"]
    assert len(lines) >= len(declared.terms.pages)
    for line in lines:
        answer = client.get(line.href)
        assert answer.status_code == 200, line.href
        for question in declared.terms.asks(line.key):
            assert question.label.split("’")[0] in answer.content.decode()
