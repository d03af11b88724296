import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user
from django.urls import NoReverseMatch, get_resolver, reverse

from brokerage.accounts.models import PasswordLink, User
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def sign_in(client, person, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": person.email, "password": password}, **more)


def is_signed_in(client):
    return get_user(client).is_authenticated


def test_somebody_signs_in_by_address_and_password(client, broker):
    response = client.post(SIGN_IN, {"login": broker.email.upper(), "password": PASSWORD})

    assert response.status_code == 302
    assert get_user(client) == broker


def test_they_go_on_to_the_page_they_asked_for(client, broker):
    response = client.post(f"{SIGN_IN}?next=/your-account/", {"login": broker.email, "password": PASSWORD})

    assert response["Location"] == "/your-account/"


def test_nobody_is_sent_to_another_site_after_signing_in(client, broker):
    response = client.post(f"{SIGN_IN}?next=https://elsewhere.example/", {"login": broker.email, "password": PASSWORD})

    assert "elsewhere" not in response["Location"]


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, broker):
    wrong = sign_in(client, broker, "not this one at all")
    unknown = client.post(SIGN_IN, {"login": "nobody@council.example", "password": "not this one at all"})

    for response in (wrong, unknown):
        assert "The e-mail address or password is not right" in response.content.decode()
    assert not is_signed_in(client)


def test_a_leaver_does_not_sign_in(client, leaver):
    sign_in(client, leaver)

    assert not is_signed_in(client)


def test_an_empty_form_says_what_to_enter(client):
    page = client.post(SIGN_IN, {}).content.decode()

    assert "Enter your email address" in page or "Enter email address" in page
    assert "There is a problem" in page


def test_the_sixth_guess_within_five_minutes_is_not_tried(client, broker):
    for guess in range(5):
        sign_in(client, broker, f"guess number {guess}")

    response = sign_in(client, broker)

    assert "There were too many failed attempts" in response.content.decode()
    assert not is_signed_in(client)


def test_guesses_at_one_account_do_not_lock_another(client, broker, coordinator):
    for guess in range(5):
        sign_in(client, broker, f"guess number {guess}", REMOTE_ADDR="203.0.113.9")

    sign_in(client, coordinator)

    assert get_user(client) == coordinator


def test_people_sign_in_although_redis_is_dead(client, broker, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    sign_in(client, broker)

    assert get_user(client) == broker


def test_sessions_are_kept_in_the_database_and_nowhere_else():
    assert django_settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


def test_nobody_can_sign_themselves_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")

    addresses = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert not any("signup" in address or "social" in address for address in addresses)


def test_the_sign_in_page_names_the_council_and_no_account(client, broker):
    page = client.get(SIGN_IN).content.decode()

    assert "Council" in page
    assert broker.email not in page


def test_a_demonstration_lists_the_accounts_to_try(client, broker, leaver, settings):
    settings.DEMONSTRATION = True

    page = client.get(SIGN_IN).content.decode()

    assert broker.email in page
    assert leaver.email not in page
    assert settings.DEMONSTRATION_PASSWORD in page


def test_signing_out_ends_the_session(client, broker):
    client.force_login(broker)

    client.post("/sign-out/")

    assert not is_signed_in(client)


def test_a_link_to_sign_out_signs_nobody_out(client, broker):
    client.force_login(broker)

    client.get("/sign-out/")

    assert is_signed_in(client)


class TestForgottenPassword:
    PAGE = "/password/forgotten/"

    def ask(self, client, address):
        return client.post(self.PAGE, {"email": address})

    def test_a_known_and_an_unknown_address_get_the_same_answer(self, client, broker):
        known, unknown = self.ask(client, broker.email), self.ask(client, "nobody@council.example")

        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    def test_only_somebody_with_an_account_is_written_to(self, client, broker, leaver):
        for address in (broker.email, leaver.email, "nobody@council.example"):
            self.ask(client, address)

        assert [letter.address for letter in Message.objects.all()] == [broker.email]

    def test_the_letter_that_is_kept_opens_nothing(self, client, broker):
        self.ask(client, broker.email)

        letter = Message.objects.get()
        assert links.token_for(PasswordLink.objects.get()) not in letter.body
        assert "/password/" not in letter.body

    def test_asking_again_ends_the_earlier_link(self, client, broker):
        self.ask(client, broker.email)
        first = links.token_for(PasswordLink.objects.get())

        self.ask(client, broker.email)

        with pytest.raises(links.Replaced):
            links.find(PasswordLink, first)

    def test_somebody_who_never_chose_a_password_may_ask_too(self, client):
        invited = UserFactory(password="!unusable")
        assert invited in User.objects.invited()

        self.ask(client, invited.email)

        assert Message.objects.get().address == invited.email


class TestChangingAPassword:
    ANSWERS = {
        "oldpassword": PASSWORD,
        "password1": "three quite random words",
        "password2": "three quite random words",
    }

    def test_a_changed_password_is_told_by_letter(self, client, broker):
        client.force_login(broker)

        client.post("/password/", self.ANSWERS)

        broker.refresh_from_db()
        assert broker.check_password("three quite random words")
        assert "Your password was changed." in Message.objects.get(address=broker.email).body

    def test_it_ends_the_sessions_elsewhere_and_keeps_this_one(self, client, broker):
        client.force_login(broker)
        elsewhere = client.__class__()
        elsewhere.force_login(broker)

        client.post("/password/", self.ANSWERS)

        assert is_signed_in(client)
        assert elsewhere.get("/your-account/").status_code == 302

    def test_a_short_password_is_refused(self, client, broker):
        client.force_login(broker)

        response = client.post("/password/", self.ANSWERS | {"password1": "short", "password2": "short"})

        assert "at least 12 characters" in response.content.decode()


def test_a_whole_council_signs_in_from_one_address_at_nine_o_clock(client):
    for person in UserFactory.create_batch(40, teams=[]):
        assert sign_in(client, person).status_code == 302, person
        client.logout()
