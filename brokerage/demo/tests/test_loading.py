"""The demonstration: loaded whole, into an empty database, once, and nobody in it real."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from brokerage.notify.models import Message
from placements.models import Contract
from providers.models import Contact, Enquiry
from referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this file, and gone after it."""
    seal = tmp_path_factory.mktemp("seal")
    places = {"SEAL_KEY": str(seal / "key.pem"), "SEAL_CERTIFICATE": str(seal / "certificate.pem")}
    with django_db_blocker.unblock(), override_settings(DEMONSTRATION=True, **places), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_there_is_a_case_at_each_stage(loaded):
    assert set(Referral.objects.values_list("status", flat=True)) == {"draft", "received", "in_progress", "arranged"}
    assert set(Enquiry.objects.values_list("status", flat=True)) == {"open", "closed"}
    assert set(Contract.objects.values_list("status", flat=True)) == {"issued", "signed"}


def test_every_letter_goes_to_an_address_that_cannot_exist(loaded):
    addresses = [*Message.objects.values_list("address", flat=True), *Contact.objects.values_list("mailbox", flat=True)]

    assert addresses
    assert all(address.endswith(".example") for address in addresses)


def test_no_letter_names_the_person_it_is_about(loaded):
    names = [
        word for person in Referral.objects.values_list("person__first_names", "person__last_name") for word in person
    ]

    leaks = [
        (letter.template, name)
        for letter in Message.objects.all()
        for name in names
        if name in letter.subject + letter.body
    ]

    assert leaks == []


def test_a_second_load_is_refused_and_leaves_everything(loaded):
    before = Referral.objects.count()

    with pytest.raises(CommandError, match="already has people in it"):
        call_command("load_demo", stdout=StringIO())

    assert Referral.objects.count() == before
