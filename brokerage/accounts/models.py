"""People who sign in, the teams they work in, and what each may be."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac

from brokerage.audit.models import Event
from brokerage.audit.tracking import tracked
from brokerage.links.models import Linked

from .roles import APPROVING, BROKERING, Role

__all__ = ["Membership", "PasswordLink", "Role", "Team", "User"]


class Serves(models.TextChoices):
    ADULTS = "adults", "Adults"
    CHILDREN = "children", "Children"


class Standing(models.TextChoices):
    INVITED = "invited", "Invited"
    HERE = "here", "Here"
    LEFT = "left", "Left"


class TeamQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


@tracked
class Team(models.Model):
    """A team sees its own cases and those shared with it."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    serves = models.CharField(max_length=10, choices=Serves)
    mailbox = models.EmailField(blank=True)
    duty_phone = models.CharField(max_length=30, blank=True)
    takes_calls = models.BooleanField("rings back those who ask on the public page", default=False)
    closed_at = models.DateTimeField(null=True, blank=True)  # takes no new work; what it did stays its own
    version = models.PositiveIntegerField(default=1)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="team_serves_adults_or_children", condition=Q(serves__in=Serves.values)),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("team", args=[self.slug])

    @property
    def changed_by(self):
        """Who last changed the team, for whoever was about to do the same."""
        return getattr(self._last_deed, "actor_name", None)

    @property
    def changed_at(self):
        return getattr(self._last_deed, "at", None)

    @property
    def _last_deed(self):
        return Event.objects.about(self).newest_first().first()


class LowerEmailField(models.EmailField):
    """An address is the same address however it was typed, when it is kept and when it is looked for."""

    def to_python(self, value):
        return _lower(super().to_python(value))

    def get_prep_value(self, value):
        return _lower(super().get_prep_value(value))

    def pre_save(self, instance, add):
        address = _lower(super().pre_save(instance, add))
        setattr(instance, self.attname, address)
        return address


def _lower(value):
    return value.strip().lower() if isinstance(value, str) else value


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_role(self, role, team_id=None):
        """Those who hold the role now. A leaver holds none."""
        return self.with_any_role(role, team_id=team_id)

    def with_any_role(self, *roles, team_id=None):
        people = self.active().filter(roles__overlap=list(roles))
        return people if team_id is None else people.in_team(team_id)

    def brokers(self, team_id=None):
        """The pool a case may be given to."""
        return self.with_any_role(*BROKERING, team_id=team_id)

    def invited(self):
        """Those who have not chosen a password yet."""
        return self.active().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def left(self):
        return self.filter(is_active=False)

    def in_team(self, team_id):
        return self.filter(pk__in=Membership.objects.filter(team_id=team_id).values("user_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def create_user(self, email, password=None, **facts):
        user = self.model(email=email, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Somebody who signs in by e-mail. What they may do follows from their roles, and from nothing else."""

    email = LowerEmailField("e-mail", unique=True)
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    teams = models.ManyToManyField(Team, through="Membership", related_name="members", blank=True)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    version = models.PositiveIntegerField(default=1)
    times_signed_out = models.PositiveIntegerField(default=0)  # raising it ends every session they have

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        indexes = [GinIndex(fields=["roles"], name="user_roles")]
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower(F("email")))),
            models.CheckConstraint(name="user_has_a_name", condition=~Q(full_name="")),
            models.CheckConstraint(
                name="user_roles_are_roles_we_know", condition=Q(roles__contained_by=list(Role.values))
            ),
            models.CheckConstraint(
                name="user_administrator_approves_nothing",
                condition=~Q(roles__contains=[Role.ADMINISTRATOR.value])
                | ~Q(roles__overlap=[role.value for role in APPROVING]),
            ),
            models.CheckConstraint(
                name="user_is_active_or_left",
                condition=Q(is_active=True, left_at=None, left_by=None) | Q(is_active=False, left_at__isnull=False),
            ),
            models.CheckConstraint(
                name="user_invited_by_somebody_at_a_time", condition=Q(invited_by=None) | Q(invited_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def initials(self):
        return "".join(word[0] for word in self.full_name.replace("-", " ").split()).upper()

    def has_role(self, *roles):
        """Whether they hold any of these roles today."""
        return self.is_active and not set(roles).isdisjoint(self.roles)

    def get_absolute_url(self):
        return reverse("account", args=[self.pk])

    @property
    def standing(self):
        if not self.is_active:
            return Standing.LEFT
        return Standing.HERE if self.has_usable_password() else Standing.INVITED

    @property
    def changed_by(self):
        """Who last changed the account, for whoever was about to do the same."""
        return getattr(self._last_deed, "actor_name", None)

    @property
    def changed_at(self):
        return getattr(self._last_deed, "at", None)

    @property
    def _last_deed(self):
        return Event.objects.about(self).newest_first().first()

    def is_in_team(self, team_id):
        return self.teams.filter(pk=team_id).exists()

    @property
    def role_names(self):
        return [role.label for role in Role if role in self.roles]

    def _get_session_auth_hash(self, secret=None):
        # Django compares this on every request: a new password, or being signed out everywhere, ends open sessions.
        known = f"{self.password}:{self.times_signed_out}"
        return salted_hmac("brokerage.accounts.session", known, secret=secret, algorithm="sha256").hexdigest()


@tracked
class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(name="membership_is_held_once", fields=["user", "team"])]

    def __str__(self):
        return f"{self.user} in {self.team}"


class PasswordLink(Linked):
    """Lets somebody choose a password, once: when they are invited, and when they have forgotten it."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        FORGOTTEN = "forgotten", "Forgotten password"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="password_links")
    purpose = models.CharField(max_length=12, choices=Purpose)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="password_link_has_a_purpose", condition=Q(purpose__in=["invitation", "forgotten"])
            ),
            models.CheckConstraint(
                name="password_link_once_used_is_withdrawn",
                condition=Q(used_at=None) | Q(link_withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} for {self.user}"

    def get_link_path(self, token):
        return reverse("choose_password", args=[token])


from .absence.models import Absence  # noqa: E402 (it points at the users above)
