"""Views of the queue under a name: one's own, and a team's."""

import pytest
from django.urls import reverse

from brokerage.errors import NotAllowed, Refused
from brokerage.home.models import Landing, SavedView
from brokerage.home.saved import actions, rules
from brokerage.tests.factories import UserFactory
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db
QUERY = "tab=team&priority=urgent"


def test_what_is_on_the_screen_is_saved_and_stands_beside_the_tabs(client, broker):
    client.force_login(broker)
    ReferralFactory(received=True, priority="urgent", priority_reason="Leaving hospital")
    ReferralFactory(received=True)

    answer = client.post(f"{reverse('save_view')}?{QUERY}&after=1.1&nonsense=1", {"name": "  Urgent   ones "})

    assert answer.url == f"{reverse('queue')}?{QUERY}"
    page = client.get(answer.url)
    assert f'href="?{QUERY.replace("&", "&amp;")}" aria-current="true">Urgent ones</a>' in page.content.decode()
    assert page.context["shown"] == 1


def test_the_page_says_what_will_be_saved(client, broker):
    client.force_login(broker)

    html = client.get(f"{reverse('save_view')}?{QUERY}&area=pl4&sort=newest").content.decode()

    assert "Team; Priority: Urgent; Area: pl4; Newest received" in html


def test_a_name_is_needed_and_is_ones_own_once(client, broker):
    client.force_login(broker)
    assert "Enter a name for the view" in client.post(reverse("save_view"), {"name": " "}).content.decode()
    client.post(reverse("save_view"), {"name": "Mine"})

    page = client.post(reverse("save_view"), {"name": "mine"})

    assert page.status_code == 409
    assert "You have a view named “mine” already. Enter another name." in page.content.decode()


def test_a_view_is_seen_by_nobody_else(client, broker, other_broker):
    view = actions.save(QUERY, name="Urgent ones", by=broker)
    client.force_login(other_broker)

    assert "Urgent ones" not in client.get(reverse("queue")).content.decode()
    assert "Urgent ones" not in client.get(reverse("saved_views")).content.decode()
    for name in ("change_view", "delete_view", "start_with_view", "start_as_usual"):
        assert client.post(reverse(name, args=[view.pk]), {"name": "x"}).status_code == 404
    assert SavedView.objects.get().name == "Urgent ones"


def test_a_manager_shares_a_view_with_the_team_and_no_further(client, manager, broker, stranger, team):
    client.force_login(manager)
    client.post(f"{reverse('save_view')}?{QUERY}", {"name": "Urgent ones", "team": team.pk})

    client.force_login(broker)
    assert "Urgent ones" in client.get(reverse("queue")).content.decode()
    client.force_login(stranger)
    assert "Urgent ones" not in client.get(reverse("queue")).content.decode()


def test_a_broker_shares_none(client, broker, team):
    client.force_login(broker)
    client.post(reverse("save_view"), {"name": "Urgent ones", "team": team.pk})

    assert SavedView.objects.get().team is None
    with pytest.raises(NotAllowed, match="Only a team manager"):
        actions.save(QUERY, name="Others", by=broker, team=team)


def test_a_manager_shares_with_no_team_but_their_own(manager, childrens_team):
    with pytest.raises(NotAllowed, match="You are not in"):
        actions.save(QUERY, name="Urgent ones", by=manager, team=childrens_team)


def test_a_shared_view_is_changed_by_the_teams_manager_alone(client, manager, broker, team):
    view = actions.save(QUERY, name="Urgent ones", by=manager, team=team)
    client.force_login(broker)

    assert client.post(reverse("delete_view", args=[view.pk])).status_code == 403
    page = client.get(reverse("saved_views")).content.decode()
    assert "Urgent ones" in page and reverse("delete_view", args=[view.pk]) not in page
    other_manager = UserFactory(manager=True, teams=[team])
    actions.change(view, name="Cannot wait", team=team, by=other_manager)
    assert SavedView.objects.get().name == "Cannot wait"


def test_a_view_is_renamed_and_deleted_in_the_browser(client, broker):
    view = actions.save(QUERY, name="Urgent ones", by=broker)
    client.force_login(broker)

    assert client.get(reverse("change_view", args=[view.pk])).status_code == 200
    client.post(reverse("change_view", args=[view.pk]), {"name": "Cannot wait"})
    assert "Cannot wait" in client.get(reverse("saved_views")).content.decode()
    client.post(reverse("delete_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_somebody_starts_with_the_view_they_chose(client, broker):
    view = actions.save(QUERY, name="Urgent ones", by=broker)
    client.force_login(broker)
    assert client.get("/").url == reverse("queue")

    client.post(reverse("start_with_view", args=[view.pk]))
    assert client.get("/").url == f"{reverse('queue')}?{QUERY}"
    client.post(reverse("start_as_usual", args=[view.pk]))
    assert client.get("/").url == reverse("queue")


def test_a_view_no_longer_shared_is_nobody_elses_start(client, manager, broker, team):
    view = actions.save(QUERY, name="Urgent ones", by=manager, team=team)
    actions.start_with(view, by=broker)

    actions.change(view, name="Urgent ones", team=None, by=manager)

    assert not Landing.objects.exists()
    client.force_login(broker)
    assert client.get("/").url == reverse("queue")


def test_whoever_left_the_team_starts_as_usual(client, manager, broker, team):
    actions.start_with(actions.save(QUERY, name="Urgent ones", by=manager, team=team), by=broker)
    broker.teams.clear()
    client.force_login(broker)

    assert client.get("/").url == reverse("queue")


def test_twenty_views_are_as_many_as_can_be_kept(broker):
    for number in range(rules.AT_MOST):
        actions.save(QUERY, name=f"View {number}", by=broker)

    with pytest.raises(Refused, match="You have 20 views, which is as many as can be kept. Delete one first."):
        actions.save(QUERY, name="One more", by=broker)


def test_the_list_of_views_asks_the_same_however_many_there_are(client, broker, django_assert_max_num_queries):
    client.force_login(broker)
    actions.save(QUERY, name="First", by=broker)
    client.get(reverse("saved_views"))
    with django_assert_max_num_queries(8) as few:
        client.get(reverse("saved_views"))
    for number in range(9):
        actions.save(QUERY, name=f"View {number}", by=broker)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("saved_views"))


def test_no_view_says_how_to_make_one(client, broker):
    client.force_login(broker)

    assert "No view saved yet" in client.get(reverse("saved_views")).content.decode()
