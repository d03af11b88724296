import hashlib

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from brokerage.audit.tracking import tracked
from brokerage.links.models import Linked
from brokerage.moves import Moves

from . import sql


class ContractStatus(models.TextChoices):
    ISSUED = "issued", "Waiting for the provider to sign"
    PROVIDER_SIGNED = "provider_signed", "Waiting for the council to sign"
    SIGNED = "signed", "Signed by both"
    DECLINED = "declined", "Declined by the provider"
    WITHDRAWN = "withdrawn", "Withdrawn"


LIVE = [ContractStatus.ISSUED, ContractStatus.PROVIDER_SIGNED, ContractStatus.SIGNED]


class ContractQuerySet(models.QuerySet):
    def visible_to(self, user):
        from referrals.models import Referral

        return self.filter(placement__referral__in=Referral.objects.visible_to(user))

    def live(self):
        return self.filter(status__in=LIVE)

    def awaiting_signature(self):
        return self.filter(status__in=[ContractStatus.ISSUED, ContractStatus.PROVIDER_SIGNED])


@tracked(exclude=["words"])
class Contract(Linked, Moves):
    """The individual placement agreement between the council and the provider that was chosen (LEI-21).

    What it says is written once, when it is issued. The provider signs first, then the council.
    """

    MOVES = {
        ContractStatus.ISSUED: {ContractStatus.PROVIDER_SIGNED, ContractStatus.DECLINED, ContractStatus.WITHDRAWN},
        ContractStatus.PROVIDER_SIGNED: {ContractStatus.SIGNED, ContractStatus.WITHDRAWN},
    }

    number = models.CharField(max_length=12, unique=True)  # C000012
    placement = models.ForeignKey("placements.Placement", on_delete=models.PROTECT, related_name="contracts")
    status = models.CharField(max_length=20, choices=ContractStatus, default=ContractStatus.ISSUED)

    enquiry_number = models.CharField(max_length=12)  # all that a provider's letter carries
    service_in_words = models.CharField(max_length=120)  # the same: "home care"
    provider_name = models.CharField(max_length=255)
    mailbox = models.EmailField()  # the provider's for signing, as it was registered when this was issued
    words = models.JSONField()  # what it says: see `document`

    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)  # declined or withdrawn
    closed_by_name = models.CharField(max_length=120, blank=True)
    closed_by_role = models.CharField(max_length=120, blank=True)
    closed_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "placement agreement"
        constraints = [
            models.UniqueConstraint(
                name="contract_one_live_a_placement", fields=["placement"], condition=Q(status__in=LIVE)
            ),
            models.CheckConstraint(
                name="contract_closed_says_when_by_whom_and_why",
                condition=Q(status__in=LIVE, closed_at=None, closed_because="")
                | (~Q(status__in=LIVE) & Q(closed_at__isnull=False) & ~Q(closed_because="") & ~Q(closed_by_name="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="contract_is_written_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "number",
                    "placement",
                    "enquiry_number",
                    "provider_name",
                    "mailbox",
                    "words",
                    "issued_at",
                    "issued_by",
                ),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("contract_detail", args=[self.number])

    def get_link_path(self, token: str) -> str:
        return reverse("sign_agreement", args=[token])

    @property
    def referral(self):
        return self.placement.referral

    @property
    def case_reference(self) -> str:
        return self.referral.reference

    @property
    def agreement(self):
        """The PDF that both sides sign."""
        return self.originals.get(kind=Original.Kind.AGREEMENT)

    @property
    def signed_copy(self):
        """The sealed PDF with the evidence, once both have signed."""
        return self.originals.filter(kind=Original.Kind.SIGNED).first()

    def signature_of(self, side):
        return self.signatures.filter(side=side).first()


class Original(models.Model):
    """A PDF as it was made, once, with its hash. The database lets nobody change it or put another in its place."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", "Agreement"
        SIGNED = "signed", "Signed agreement with its evidence"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="originals")
    kind = models.CharField(max_length=10, choices=Kind)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="original_is_made_once", fields=["contract", "kind"]),
            models.CheckConstraint(
                name="original_is_what_its_hash_says",
                condition=Q(sha256=Func(Func(F("pdf"), function="sha256"), Value("hex"), function="encode")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="original_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.contract}"

    @property
    def file_name(self) -> str:
        """Names nobody: it ends up in a downloads folder."""
        name = "signed-agreement" if self.kind == self.Kind.SIGNED else "agreement"
        return f"{name}-{self.contract.enquiry_number}.pdf"

    def is_the_same_as(self, pdf: bytes) -> bool:
        """Whether a copy that somebody brings is this one, to the last byte."""
        return hashlib.sha256(pdf).hexdigest() == self.sha256


class Intent(models.Model):
    """Somebody at the provider's said they will sign, and a code went to the registered mailbox. Kept as evidence."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="intents")
    code = models.OneToOneField("links.OneTimeCode", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    statement = models.TextField()  # what they ticked
    agreement_hash = models.CharField(max_length=64)  # of the agreement they had before them
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="intent_names_who_will_sign", condition=~Q(name="") & ~Q(role="")),
        ]
        triggers = [
            pgtrigger.Protect(name="intent_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.name}, {self.role}"


class Side(models.TextChoices):
    PROVIDER = "provider", "The provider"
    COUNCIL = "council", "The council"


class Signature(models.Model):
    """Who signed for one side, when, and exactly what. The database refuses the council's before the provider's."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    organisation = models.CharField(max_length=255)
    mailbox = models.EmailField()
    statement = models.TextField()
    agreement_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    intent = models.OneToOneField(Intent, null=True, blank=True, on_delete=models.PROTECT, related_name="signature")

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="signature_one_a_side", fields=["contract", "side"]),
            models.CheckConstraint(
                name="signature_provider_by_code_council_by_account",
                condition=Q(side=Side.PROVIDER, user=None, intent__isnull=False)
                | Q(side=Side.COUNCIL, user__isnull=False, intent=None),
            ),
            models.CheckConstraint(name="signature_names_who_signed", condition=~Q(name="") & ~Q(statement="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signature_provider_first_and_same_paper",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=sql.PROVIDER_FIRST_AND_SAME_PAPER,
            ),
            pgtrigger.Protect(name="signature_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.name} for {self.organisation}"
