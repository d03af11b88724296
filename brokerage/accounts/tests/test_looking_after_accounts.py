import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from brokerage.accounts import actions
from brokerage.accounts.models import PasswordLink, Role, User
from brokerage.audit.models import Event
from brokerage.errors import NotAllowed, Refused
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def invite(by, team, **facts):
    facts = {"full_name": "Tessa Okoro", "email": "tessa.okoro@council.example", "roles": [Role.BROKER]} | facts
    return actions.invite(**{"teams": [team]} | facts, by=by)


def test_an_invited_person_is_written_to_with_a_link_that_is_not_stored(administrator, team):
    person = invite(administrator, team)

    letter = Message.objects.get(address=person.email)
    token = links.token_for(person.password_links.get())
    assert "[[link]]" in letter.body
    assert token not in letter.body
    assert person.invited_by == administrator
    assert Event.objects.get(verb="account.invited").facts["roles"] == ["broker"]


def test_an_invited_person_cannot_sign_in_before_choosing_a_password(administrator, team):
    assert not invite(administrator, team).has_usable_password()


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
def test_nobody_else_invites(role, team):
    with pytest.raises(NotAllowed, match="Only an administrator"):
        invite(UserFactory(roles=[role]), team)

    assert not Message.objects.exists()


def test_an_address_is_invited_once(administrator, broker, team):
    with pytest.raises(Refused, match="Tom Birch already has an account"):
        invite(administrator, team, email=broker.email.upper())


def test_an_administrator_who_approves_is_refused_in_words(administrator, team):
    with pytest.raises(Refused, match="approves nothing, so they cannot also be panel chair"):
        invite(administrator, team, roles=[Role.ADMINISTRATOR, Role.PANEL_CHAIR])


def test_a_broker_needs_a_team(administrator, team):
    with pytest.raises(Refused, match="Select at least one team"):
        invite(administrator, team, teams=[])


def test_a_second_invitation_ends_the_first(administrator, team):
    person = invite(administrator, team)
    first = links.token_for(person.password_links.get())

    actions.invite_again(person, by=administrator)

    with pytest.raises(links.Replaced):
        links.find(PasswordLink, first)
    assert person.password_links.filter(link_withdrawn_at=None).count() == 1


def test_somebody_who_has_a_password_is_not_invited_again(administrator, broker):
    with pytest.raises(Refused, match="has chosen a password"):
        actions.invite_again(broker, by=administrator)


def test_changed_roles_are_recorded_with_what_they_were_and_told(administrator, broker, team):
    actions.change_roles(
        broker, roles=[Role.DUTY_BROKER], teams=[team], because="Joins the duty rota", by=administrator
    )

    deed = Event.objects.get(verb="account.roles_changed")
    assert deed.because == "Joins the duty rota"
    assert (deed.facts["before"]["roles"], deed.facts["after"]["roles"]) == (["broker"], ["duty_broker"])
    assert "duty broker" in Message.objects.get(address=broker.email).body


def test_a_changed_role_holds_from_the_next_click(administrator, broker, client):
    client.force_login(broker)
    assert client.get(reverse("accounts")).status_code == 403

    actions.change_roles(broker, roles=[Role.ADMINISTRATOR], teams=[], because="New post", by=administrator)
    assert client.get(reverse("accounts")).status_code == 200

    actions.change_roles(broker, roles=[Role.AUDITOR], teams=[], because="Newer post", by=administrator)
    assert client.get(reverse("accounts")).status_code == 403


def test_nobody_changes_their_own_roles(administrator, team):
    with pytest.raises(Refused, match="Another administrator must change your roles"):
        actions.change_roles(
            administrator, roles=[Role.BROKER], teams=[team], because="Short of brokers", by=administrator
        )


def test_an_administrator_who_was_ended_a_moment_ago_ends_nobody(administrator):
    other = UserFactory(administrator=True)
    actions.end(administrator, because="Left", by=other)

    with pytest.raises(NotAllowed):
        actions.end(other, because="Revenge", by=administrator)


def test_a_leavers_session_ends_with_their_next_request(administrator, broker, client):
    client.force_login(broker)
    assert client.get(reverse("mfa_index")).status_code == 200

    actions.end(broker, because="Moved to another council", by=administrator)

    assert client.get(reverse("mfa_index")).status_code == 302


def test_a_leavers_old_session_stays_dead_when_they_come_back(administrator, broker, client):
    client.force_login(broker)
    actions.end(broker, because="Moved", by=administrator)
    actions.bring_back(broker, because="Moved back", by=administrator)

    assert client.get(reverse("mfa_index")).status_code == 302


def test_a_leavers_links_and_password_end_too(administrator, broker):
    actions.send_forgotten_link(broker)
    token = links.token_for(broker.password_links.get())

    actions.end(broker, because="Left", by=administrator)

    broker.refresh_from_db()
    assert not broker.check_password(PASSWORD)
    with pytest.raises(links.Replaced):
        links.find(PasswordLink, token)


def test_a_leaver_cannot_leave_again(administrator, leaver):
    with pytest.raises(Refused, match="has already left"):
        actions.end(leaver, because="Really", by=administrator)


def test_nobody_ends_their_own_account(administrator):
    with pytest.raises(Refused, match="Another administrator must end your account"):
        actions.end(administrator, because="Tired", by=administrator)


def test_a_new_address_is_told_to_the_old_one(administrator, broker):
    old = broker.email

    actions.correct_details(
        broker, full_name="Tom Birch", email="t.birch@council.example", job_title="", phone="", by=administrator
    )

    assert set(Message.objects.values_list("address", flat=True)) == {old, "t.birch@council.example"}
    assert list(broker.emailaddress_set.values_list("email", flat=True)) == ["t.birch@council.example"]


def test_removing_a_second_factor_signs_its_owner_out(administrator, client):
    person = UserFactory(broker=True, second_factor=True)
    client.force_login(person)

    actions.forget_second_factor(person, because="Lost phone, known by voice", by=administrator)

    assert not person.authenticator_set.exists()
    assert client.get(reverse("mfa_index")).status_code == 302
    assert Message.objects.filter(address=person.email).count() == 1


def test_a_failure_halfway_leaves_nobody_invited_and_nothing_sent(administrator, team):
    with pytest.raises(Refused):
        invite(administrator, team, email="not an address, two, of them")

    assert not User.objects.filter(full_name="Tessa Okoro").exists()
    assert not Message.objects.exists()
    assert not Event.objects.exists()


class TestPages:
    def test_an_administrator_invites_somebody(self, client, administrator, team):
        client.force_login(administrator)

        answers = {
            "full_name": "Tessa Okoro",
            "email": "tessa@council.example",
            "roles": ["broker"],
            "teams": [team.pk],
        }
        response = client.post(reverse("invite_account"), answers, follow=True)

        person = User.objects.get(email="tessa@council.example")
        assert response.redirect_chain[-1][0] == person.get_absolute_url()
        assert "Invitation sent" in response.content.decode()

    def test_a_refusal_stands_on_the_page_with_what_was_typed(self, client, administrator, broker, team):
        client.force_login(administrator)

        answers = {"full_name": "Another Tom", "email": broker.email, "roles": ["broker"], "teams": [team.pk]}
        response = client.post(reverse("invite_account"), answers)

        assert response.status_code == 409
        assert "Tom Birch already has an account with this e-mail address." in response.content.decode()
        assert "Another Tom" in response.content.decode()

    def test_roles_change_with_a_reason(self, client, administrator, broker, team):
        client.force_login(administrator)
        page = reverse("change_account_roles", args=[broker.pk])

        assert "Enter why their roles or teams change" in client.post(page, {"roles": ["broker"]}).content.decode()
        client.post(page, {"roles": ["duty_broker"], "teams": [team.pk], "because": "Duty rota"})

        broker.refresh_from_db()
        assert broker.roles == ["duty_broker"]

    def test_the_second_of_two_writers_is_told_who_was_first(self, client, administrator, broker, team):
        other = UserFactory(full_name="Bea Stone", administrator=True)
        read_version = broker.version
        actions.change_roles(broker, roles=[Role.AUDITOR], teams=[], because="Moved", by=other)
        client.force_login(administrator)

        answers = {"roles": ["broker"], "teams": [team.pk], "because": "Kept", "read_version": read_version}
        response = client.post(reverse("change_account_roles", args=[broker.pk]), answers)

        assert response.status_code == 409
        assert "Bea Stone changed this" in response.content.decode()

    def test_reading_pages_changes_nothing(self, client, administrator, broker):
        client.force_login(administrator)
        Event.objects.count()

        for name in ("account", "change_account_roles", "correct_account", "end_account", "forget_second_factor"):
            assert client.get(reverse(name, args=[broker.pk])).status_code == 200

        broker.refresh_from_db()
        assert broker.version == 1
        assert not Event.objects.exists()

    def test_the_list_finds_people_by_name_role_and_standing(self, client, administrator, broker, leaver, coordinator):
        client.force_login(administrator)

        def shown(**asked):
            return {person.full_name for person in client.get(reverse("accounts"), asked).context["rows"]}

        assert shown() == {"Sue Adeyemi", "Tom Birch", "Amina Yusuf"}
        assert shown(name="yusuf") == {"Amina Yusuf"}
        assert shown(role="broker") == {"Tom Birch"}
        assert shown(standing="left") == {"Kit Marlow"}
        assert shown(standing="invited") == set()


class TestTheFirstAdministrator:
    def test_is_invited_from_the_command_line(self, client, capsys):
        call_command("invite_administrator", "sue@council.example", "Sue Adeyemi")

        address = capsys.readouterr().out.strip()
        person = User.objects.get(email="sue@council.example")
        assert person.has_role(Role.ADMINISTRATOR)
        assert address.startswith("http")
        assert client.get(address.partition("testserver")[2]).status_code == 200

    def test_is_not_invited_twice(self, administrator):
        with pytest.raises(CommandError, match="already has an account"):
            call_command("invite_administrator", administrator.email, "Sue Adeyemi")
