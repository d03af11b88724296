import pytest
from django.db import IntegrityError

from brokerage.accounts.models import Role, User
from brokerage.accounts.roles import APPROVING
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_somebody_holds_any_of_the_roles_asked_about():
    person = UserFactory(broker=True, chair=True)

    assert person.has_role(Role.AUDITOR, Role.BROKER)
    assert not person.has_role(Role.AUDITOR, Role.COORDINATOR)


def test_a_leaver_holds_no_role(leaver):
    assert leaver.roles == [Role.BROKER]
    assert not leaver.has_role(Role.BROKER)
    assert leaver not in User.objects.with_role(Role.BROKER)


@pytest.mark.parametrize("role", APPROVING)
def test_the_database_lets_no_administrator_approve(role):
    with pytest.raises(IntegrityError, match="user_administrator_approves_nothing"):
        UserFactory(roles=[Role.ADMINISTRATOR, role])


@pytest.mark.parametrize("role", set(Role) - set(APPROVING) - {Role.ADMINISTRATOR})
def test_an_administrator_may_also_hold_what_approves_nothing(role):
    assert UserFactory(roles=[Role.ADMINISTRATOR, role]).has_role(role)


def test_the_database_knows_no_other_roles():
    with pytest.raises(IntegrityError, match="user_roles_are_roles_we_know"):
        UserFactory(roles=["king"])


def test_the_pool_of_brokers_is_those_of_the_team(team, childrens_team):
    ours = UserFactory(broker=True, teams=[team])
    on_duty = UserFactory(duty_broker=True, teams=[team, childrens_team])
    UserFactory(broker=True, teams=[childrens_team])
    UserFactory(coordinator=True, teams=[team])

    assert set(User.objects.brokers(team_id=team.pk)) == {ours, on_duty}
    assert list(User.objects.with_role(Role.DUTY_BROKER, team_id=team.pk)) == [on_duty]


def test_an_address_is_the_same_however_it_is_typed():
    person = UserFactory(email="Amina.Yusuf@Council.Example")

    assert person.email == "amina.yusuf@council.example"
    assert User.objects.get(email="AMINA.yusuf@council.example") == person
    with pytest.raises(IntegrityError, match="email"):
        UserFactory(email="amina.yusuf@COUNCIL.example")


def test_initials_take_a_letter_of_each_name():
    assert UserFactory.build(full_name="Winifred Okafor-Smith").initials == "WOS"


def test_two_teams_never_share_a_name(team):
    with pytest.raises(IntegrityError, match="name"):
        TeamFactory(name=team.name, slug="another")
