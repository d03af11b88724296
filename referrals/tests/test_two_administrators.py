"""Two administrators at one pathway in the same instant: one does it, the other reads why not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from brokerage.errors import Refused
from referrals.models import Pathway, PathwayDraft
from referrals.publishing import actions
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(10)
            deed()
            return "done"
        except Refused as why:
            return str(why)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_a_draft_is_published_once(administrator):
    pathway = PathwayFactory()
    unsent = ReferralFactory()
    draft = actions.change(actions.begin(pathway, by=administrator), within_miles=20, by=administrator)

    said = at_once(*[lambda: actions.publish(draft, because="Far", by=administrator)] * 2)

    assert said.count("done") == 1
    assert "published or thrown away by somebody else" in next(words for words in said if words != "done")
    assert list(Pathway.objects.order_by("version").values_list("version", "in_force")) == [(1, False), (2, True)]
    unsent.refresh_from_db()
    assert unsent.pathway.version == 2


def test_two_who_begin_at_once_share_one_draft_or_are_told(administrator):
    pathway = PathwayFactory()

    said = at_once(*[lambda: actions.begin(pathway, by=administrator)] * 2)

    assert PathwayDraft.objects.count() == 1
    assert all(words == "done" or "just begun to change" in words for words in said)
