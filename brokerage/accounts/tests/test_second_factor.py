import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import get_user
from django.urls import reverse

from brokerage.notify.models import Message
from brokerage.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def phone_owner():
    person = UserFactory(broker=True)
    TOTP.activate(person, SECRET)
    return person


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_whoever_has_none_is_sent_to_set_one_up(client, broker, required):
    sign_in(client, broker)

    for page in ("/accounts/", "/no-such-page/", "/password/"):
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))
    assert client.post("/accounts/invite/", {"email": "x"}).status_code == 302


def test_they_may_still_sign_out(client, broker, required):
    sign_in(client, broker)

    client.post(reverse("account_logout"))

    assert not get_user(client).is_authenticated


def test_they_set_one_up_and_go_on(client, broker, required):
    sign_in(client, broker)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200

    client.post(reverse("mfa_activate_totp"), {"code": code_now(page.context["form"].secret)})

    assert client.get(reverse("mfa_index")).status_code == 200
    assert Authenticator.objects.filter(user=broker, type="totp").count() == 1


def test_a_wrong_code_sets_nothing_up(client, broker, required):
    sign_in(client, broker)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    wrong = f"{(int(code_now(secret)) + 500_000) % 1_000_000:06d}"

    response = client.post(reverse("mfa_activate_totp"), {"code": wrong})

    assert "Enter the code your authenticator app shows now" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_a_password_alone_signs_in_nobody_who_has_one(client, phone_owner):
    response = sign_in(client, phone_owner)

    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert not get_user(client).is_authenticated


def test_password_and_code_sign_in(client, phone_owner, required):
    sign_in(client, phone_owner)

    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert get_user(client) == phone_owner
    assert client.get(reverse("mfa_index")).status_code == 200


def test_the_sixth_wrong_code_is_not_tried(client, phone_owner):
    sign_in(client, phone_owner)
    wrong = f"{(int(code_now()) + 500_000) % 1_000_000:06d}"
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": wrong})

    response = client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert "There were too many failed attempts" in response.content.decode()
    assert not get_user(client).is_authenticated


def test_it_cannot_be_removed_where_it_is_required(client, phone_owner, required):
    sign_in(client, phone_owner)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "A second factor is required here" in response.content.decode()
    assert Authenticator.objects.filter(user=phone_owner, type="totp").exists()


def test_the_secret_rests_encrypted(phone_owner):
    stored = Authenticator.objects.get(user=phone_owner, type="totp").data["secret"]

    assert SECRET not in stored
    assert Authenticator.objects.get(user=phone_owner, type="totp").wrap().validate_code(code_now())


def test_an_older_secret_key_still_reads_it(phone_owner, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, because the old one was seen"

    assert Authenticator.objects.get(user=phone_owner, type="totp").wrap().validate_code(code_now())


def test_setting_one_up_is_told_by_letter(client, broker, django_capture_on_commit_callbacks):
    sign_in(client, broker)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert "authenticator app) was added" in Message.objects.get(address=broker.email).body


def test_nobody_is_asked_for_one_where_it_is_not_required(client, broker, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, broker)

    assert client.get(reverse("mfa_index")).status_code == 200


def test_whoever_signed_in_long_ago_shows_who_they_are_before_changing_it(client, broker):
    client.force_login(broker)

    response = client.get(reverse("mfa_activate_totp"))

    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_the_password_again_lets_them_go_on(client, broker):
    client.force_login(broker)
    again = client.get(reverse("mfa_activate_totp"))["Location"]

    assert "The password is not right" in client.post(again, {"password": "not this one"}).content.decode()
    assert client.post(again, {"password": PASSWORD})["Location"] == reverse("mfa_activate_totp")


def test_a_recovery_code_signs_in_once(client, phone_owner):
    RecoveryCodes.activate(phone_owner)
    code = Authenticator.objects.get(user=phone_owner, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, phone_owner)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert get_user(client) == phone_owner

    client.post(reverse("account_logout"))
    sign_in(client, phone_owner)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
    ],
)
def test_its_pages_open(client, phone_owner, name):
    RecoveryCodes.activate(phone_owner)
    sign_in(client, phone_owner)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert client.get(reverse(name)).status_code == 200
