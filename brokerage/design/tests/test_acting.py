"""A form that does one deed: it does it once, shows why not, and loses nothing typed."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from brokerage.accounts.models import User
from brokerage.audit.recording import record
from brokerage.design.models import SentForm
from brokerage.tests.factories import UserFactory


@pytest.fixture
def address(client, administrator, person):
    client.force_login(administrator)
    return reverse("rename", args=[person.pk])


def answers(name="Tom Ash", **more):
    return {"full_name": name, "form_key": str(uuid.uuid4()), **more}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def times_done(person):
    return User.objects.get(pk=person.pk).job_title.count("+")


def test_it_does_the_deed_says_so_and_goes_on(client, address, person):
    response = client.post(address, answers("Tom Ash"))

    assert (response.status_code, response["Location"]) == (302, "/people/")
    assert said(response) == ["Name changed"]
    person.refresh_from_db()
    assert person.full_name == "Tom Ash"


def test_reading_the_page_changes_nothing(client, address, person):
    client.get(address)

    assert times_done(person) == 0
    assert not SentForm.objects.exists()


def test_a_missing_answer_is_named_at_the_top_and_beside_the_question(client, address, person):
    html = client.post(address, answers("")).content.decode()

    assert '<a href="#id_full_name">Enter full name</a>' in html
    assert 'id="id_full_name_1_error"' in html
    assert "<title>Error: Change a name" in html
    assert times_done(person) == 0


def test_a_refusal_stands_at_the_top_keeps_what_was_typed_and_undoes_everything(client, address, person):
    response = client.post(address, answers("Tom Ash", because="refuse me"))

    html = response.content.decode()
    assert response.status_code == 409
    assert "This name is on a signed agreement, so it cannot be changed." in html
    assert 'value="Tom Ash"' in html
    assert "refuse me</textarea>" in html
    person.refresh_from_db()
    assert person.full_name == "Tom Birch"
    assert not SentForm.objects.exists()


def test_a_refusal_of_the_person_is_a_403(client, administrator, address):
    response = client.post(reverse("rename", args=[administrator.pk]), answers())

    assert response.status_code == 403
    assert "changed by another administrator" in response.content.decode()


def test_a_rule_that_says_no_stands_in_place_of_the_form(client, administrator, address):
    html = client.get(reverse("rename", args=[administrator.pk])).content.decode()

    assert "changed by another administrator" in html
    assert "Change the name</button>" not in html


def test_somebody_elses_is_not_found(client, address):
    hidden = UserFactory(full_name="Hidden")

    assert client.get(reverse("rename", args=[hidden.pk])).status_code == 404


def test_what_was_typed_is_written_out_harmlessly(client, address):
    html = client.post(address, answers('"><script>alert(1)</script>', because="refuse me")).content.decode()

    assert "<script>alert(1)" not in html


# -- sent twice


def test_the_same_form_sent_twice_acts_once_and_leads_to_the_same_place(client, address, person):
    form = answers()

    first, second = client.post(address, form), client.post(address, form)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, "/people/")
    assert times_done(person) == 1


def test_a_form_sent_twice_leads_there_even_when_it_may_no_longer_be_done(client, address, person):
    form = answers("Hidden")  # afterwards the address no longer finds this person

    client.post(address, form)

    assert client.post(address, form).status_code == 302


def test_the_same_key_with_other_answers_is_refused_with_them_kept(client, address, person):
    form = answers("Tom Ash")
    client.post(address, form)

    response = client.post(address, {**form, "full_name": "Tom Elm"})

    assert response.status_code == 409
    assert "already sent" in response.content.decode()
    assert 'value="Tom Elm"' in response.content.decode()
    assert times_done(person) == 1


def test_after_that_refusal_the_answers_can_be_sent_deliberately(client, address, person):
    form = answers("Tom Ash")
    client.post(address, form)
    refused = client.post(address, {**form, "full_name": "Tom Elm"})

    client.post(address, {**form, "full_name": "Tom Elm", "form_key": refused.context["form_key"]})

    assert User.objects.get(pk=person.pk).full_name == "Tom Elm"


def test_somebody_elses_key_is_no_key_of_mine(client, address, person):
    mark, form = reverse("mark", args=[person.pk]), {"form_key": str(uuid.uuid4())}
    client.post(mark, form)
    client.force_login(UserFactory(administrator=True))

    assert client.post(mark, form).status_code == 409
    assert times_done(person) == 1


def test_a_form_that_was_refused_can_be_sent_again_with_its_key(client, address, person):
    form = answers("Tom Ash", because="refuse me")
    client.post(address, form)

    assert client.post(address, {**form, "because": ""}).status_code == 302


# -- two writers


def test_the_second_of_two_writers_is_told_who_was_first_and_loses_nothing(client, address, person):
    read_at = client.get(address).context["read_version"]
    first = UserFactory(full_name="Ruth Calder")
    person.version += 1
    person.save()
    record("account.changed", person, by=first, said="Changed")

    response = client.post(address, answers("Tom Ash", because="Married", read_version=read_at))

    html = response.content.decode()
    assert response.status_code == 409
    assert "Ruth Calder changed this today at" in html
    assert 'value="Tom Ash"' in html
    assert times_done(person) == 0


def test_the_second_writer_may_send_again_once_they_have_seen_it(client, address, person):
    read_at = client.get(address).context["read_version"]
    person.version += 1
    person.save()
    told = client.post(address, answers(read_version=read_at))

    again = client.post(address, answers(read_version=told.context["read_version"]))

    assert again.status_code == 302
    assert times_done(person) == 1


# -- a button


def test_a_button_acts_once_however_often_it_is_pressed(client, address, person):
    mark, form = reverse("mark", args=[person.pk]), {"form_key": str(uuid.uuid4())}

    assert {client.post(mark, form)["Location"] for _ in range(3)} == {"/people/"}
    assert times_done(person) == 1


def test_a_button_refused_is_a_page_with_the_sentence(client, address):
    taken = UserFactory(job_title="cannot be marked")

    response = client.post(reverse("mark", args=[taken.pk]), headers={"Referer": "http://testserver/people/?address=2"})

    assert response.status_code == 409
    assert "Somebody marked this person before you." in response.content.decode()
    assert 'href="/people/?address=2"' in response.content.decode()


def test_a_button_does_nothing_when_it_is_only_read(client, address, person):
    response = client.get(reverse("mark", args=[person.pk]))

    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
    assert "Press the button again" in response.content.decode()
    assert times_done(person) == 0


# -- behind a link


def test_a_page_behind_a_link_works_once_and_keeps_its_token_nowhere(client, db):
    form = {"name": "Jo", "form_key": str(uuid.uuid4())}

    first = client.post("/by-link/s3cret-token/", form)
    second = client.post("/by-link/s3cret-token/", form)

    assert first["Location"] == second["Location"] == "/by-link/s3cret-token/done/"
    kept = SentForm.objects.get()
    assert "s3cret" not in f"{kept.path} {kept.went_to} {kept.body_hash}"
