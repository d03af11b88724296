import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from brokerage.accounts.models import PasswordLink, Role, Team, User
from brokerage.clocks import clock

PASSWORD = "a long enough password"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team
        django_get_or_create = ["slug"]

    name = "Adults brokerage"
    slug = "adults"
    serves = "adults"
    mailbox = "adults.brokerage@council.example"
    duty_phone = "01632 960001"

    class Params:
        children = factory.Trait(
            name="Children’s brokerage",
            slug="children",
            serves="children",
            mailbox="children.brokerage@council.example",
        )


class UserFactory(DjangoModelFactory):
    """`UserFactory(broker=True)`, `UserFactory(broker=True, coordinator=True)`, `UserFactory(left=True)`."""

    class Meta:
        model = User
        skip_postgeneration_save = True
        exclude = ["held"]

    full_name = factory.Sequence(lambda n: f"Sam Taylor {n}")
    email = factory.Sequence(lambda n: f"sam.taylor{n}@council.example")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    roles = factory.LazyAttribute(lambda o: [role for role, is_held in o.held.items() if is_held])
    held = factory.LazyAttribute(
        lambda o: {
            Role.COORDINATOR: o.coordinator,
            Role.BROKER: o.broker,
            Role.DUTY_BROKER: o.duty_broker,
            Role.TEAM_MANAGER: o.manager,
            Role.HEAD_OF_SERVICE: o.head,
            Role.ASSISTANT_DIRECTOR: o.assistant_director,
            Role.PANEL_MEMBER: o.panel_member,
            Role.PANEL_CHAIR: o.chair,
            Role.INCOME_OFFICER: o.income_officer,
            Role.COMMISSIONER: o.commissioner,
            Role.AUDITOR: o.auditor,
            Role.ADMINISTRATOR: o.administrator,
        }
    )

    class Params:
        coordinator = broker = duty_broker = manager = head = assistant_director = False
        panel_member = chair = income_officer = commissioner = auditor = administrator = False
        left = factory.Trait(is_active=False, left_at=factory.LazyFunction(clock.now))

    @factory.post_generation
    def teams(self, create, teams):
        """The adults' team unless told otherwise; `teams=[]` for none."""
        if create:
            self.teams.set([TeamFactory()] if teams is None else teams)

    @factory.post_generation
    def address(self, create, _):
        if create:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def second_factor(self, create, wanted):
        """`UserFactory(second_factor=True)`: they have an authenticator app."""
        if create and wanted:
            TOTP.activate(self, generate_totp_secret())


class PasswordLinkFactory(DjangoModelFactory):
    class Meta:
        model = PasswordLink

    user = factory.SubFactory(UserFactory)
    purpose = PasswordLink.Purpose.INVITATION
    made_at = factory.LazyFunction(clock.now)

    class Params:
        forgotten = factory.Trait(purpose=PasswordLink.Purpose.FORGOTTEN)
