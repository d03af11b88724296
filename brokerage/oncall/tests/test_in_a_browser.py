"""The rota, an alarm and the page behind a text message's link, at a desk and on a phone: axe finds nothing, nothing is too wide."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.links import links
from brokerage.oncall import actions, shifts
from brokerage.oncall.models import Alarm, Page
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_on_call_answers_by_the_link_and_the_manager_sees_it(page, opens, phone, live_server, quiet_bell):
    page.set_default_timeout(20_000)
    manager, team = UserFactory(full_name="Ruth Calder", manager=True), TeamFactory()
    now = clock.now()
    shifts.put_on(
        by=manager, name="Ola Berg", mobile="07700 900102", line=1, team=team,
        from_at=now - timedelta(minutes=5), until_at=now + timedelta(hours=14),
    )  # fmt: skip
    alarm = actions.page("R000012", team_id=team.pk)
    opens(manager, page, reverse("rota"))
    assert "nobody has it yet" in page.inner_text("main")
    for name in ("shift_put_on", "rota_copy", "hand_over"):
        opens(manager, page, reverse(name))
    opens(manager, page, alarm.get_absolute_url())

    phone.set_default_timeout(20_000)
    phone.goto(live_server.url + links.path_of(Page.objects.get()))
    assert phone.get_by_label("Your name").input_value() == ""  # a machine that posts forms has no name to send
    phone.get_by_label("Your name").fill("Ola Berg")
    phone.get_by_role("button", name="I have it").click()
    phone.get_by_text("Ola Berg has it since").wait_for()

    assert Alarm.objects.get().acknowledged_how == "link"
    page.goto(live_server.url + reverse("rota"))
    assert "Ola Berg had it" in page.inner_text("main")
