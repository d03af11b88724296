from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked
from providers.directory.models.services import Provider, Service


class ContactKind(models.TextChoices):
    ENQUIRIES = "enquiries", "Enquiries"
    SIGNING = "signing", "Signing agreements"
    PHONE = "phone", "Phone"


@tracked
class Contact(models.Model):
    """How to reach a service for one purpose. A provider's holds for those of its services that have none."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind)
    mailbox = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_contact_is_of_a_service_or_a_provider",
                condition=Q(service=None, provider__isnull=False) | Q(service__isnull=False, provider=None),
            ),
            models.CheckConstraint(
                name="directory_contact_can_be_reached",
                condition=Q(kind=ContactKind.PHONE) & ~Q(phone="") | ~Q(kind=ContactKind.PHONE) & ~Q(mailbox=""),
            ),
            models.UniqueConstraint(fields=["service", "kind"], name="directory_one_contact_of_a_kind_per_service"),
            models.UniqueConstraint(fields=["provider", "kind"], name="directory_one_contact_of_a_kind_per_provider"),
        ]

    def __str__(self):
        return self.mailbox or self.phone
