import gzip
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.shortcuts import resolve_url
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.models import Event
from brokerage.links import codes, limits, links
from brokerage.links.models import OneTimeCode
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from placements.contracts import actions
from placements.contracts.models import Contract, ContractStatus, Signature

from .contract_factories import ContractFactory, PlacementFactory, sign_for_provider

pytestmark = pytest.mark.django_db
PAGES = [
    "sign_agreement",
    "sign_agreement_code",
    "sign_agreement_code_again",
    "sign_agreement_decline",
    "sign_agreement_file",
    "sign_agreement_signed_file",
]


@pytest.fixture
def contract():
    return ContractFactory()


@pytest.fixture
def broker(contract):
    return contract.referral.broker


def address(contract, name="sign_agreement"):
    return reverse(name, args=[links.token_for(contract)])


def who(contract, **answers):
    facts = {"name": "Grace Holloway", "role": "Registered manager", "agrees": "on"}
    return facts | {"agreement_hash": contract.agreement.sha256} | answers


def status_of(contract):
    return Contract.objects.get(pk=contract.pk).status


def code_for(contract, intent=None):
    intent = intent or contract.intents.first()
    return {"code": codes.digits_of(intent.code), "intent": intent.pk}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# -- the provider's pages


def test_the_provider_reads_and_signs_with_no_account(client, contract):  # LEI-21, AMB-10
    page = client.get(address(contract))
    assert page.status_code == 200
    assert "Winifred Okafor" in text(page)
    assert "£24.60 an hour" in text(page)
    assert "Every day, 08:00" in text(page)

    asked = client.post(address(contract), who(contract))
    assert asked.status_code == 302
    assert "Grace Holloway, Registered manager" in text(client.get(asked["Location"]))

    signed = client.post(asked["Location"], code_for(contract))
    assert signed.status_code == 302
    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED
    after = client.get(signed["Location"])
    assert "Grace Holloway signed for" in text(after)
    assert "Send a code" not in text(after)


def test_the_code_page_shows_no_more_of_the_mailbox_than_its_owner_needs(client, contract):
    client.post(address(contract), who(contract))

    page = text(client.get(address(contract, "sign_agreement_code")))

    assert contract.mailbox not in page
    assert f"{contract.mailbox[0]}…@care.example" in page


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("name", "Enter your full name"),
        ("role", "Enter your role"),
        ("agrees", "Tick the box to say that you have read it"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(client, contract, missing, said):
    page = client.post(address(contract), who(contract, **{missing: ""}))

    assert said in text(page)
    assert not OneTimeCode.objects.exists()
    if missing != "role":
        assert 'value="Registered manager"' in page.content.decode()


@pytest.mark.parametrize("agreement_hash", ["0" * 64, ""])
def test_a_form_for_another_agreement_is_refused(client, contract, agreement_hash):
    page = client.post(address(contract), who(contract, agreement_hash=agreement_hash))

    assert page.status_code == 409
    assert "not the one we hold" in text(page)
    assert not OneTimeCode.objects.exists()


def test_a_wrong_code_is_said_beside_the_box(client, contract):
    client.post(address(contract), who(contract))
    right = code_for(contract)
    page = client.post(address(contract, "sign_agreement_code"), right | {"code": "no"})

    assert page.status_code == 409
    assert codes.WRONG in text(page)
    assert OneTimeCode.objects.get().tries == 1
    assert not Signature.objects.exists()


def test_pressing_sign_twice_signs_once_and_says_so(client, contract):
    client.post(address(contract), who(contract))
    answers = code_for(contract)

    answered = [client.post(address(contract, "sign_agreement_code"), answers).status_code for _ in range(2)]

    assert answered == [302, 302]
    assert Signature.objects.count() == 1


def test_a_new_code_may_be_asked_for_and_ends_the_old_one(client, contract):
    client.post(address(contract), who(contract))
    older = code_for(contract)

    client.post(address(contract, "sign_agreement_code_again"))

    assert Message.objects.filter(template="agreement-code").count() == 2
    refused = client.post(address(contract, "sign_agreement_code"), older)
    assert refused.status_code == 409
    assert client.post(address(contract, "sign_agreement_code"), code_for(contract)).status_code == 302


def test_a_sixth_code_within_the_hour_is_refused_in_words(client, contract):
    client.post(address(contract), who(contract))
    for _ in range(codes.AT_MOST):
        page = client.post(address(contract, "sign_agreement_code_again"), follow=True)

    assert "Wait an hour" in text(page)
    assert OneTimeCode.objects.count() == codes.AT_MOST


def test_the_code_page_without_anybody_to_sign_leads_back(client, contract):
    answer = client.get(address(contract, "sign_agreement_code"))

    assert answer.status_code == 302
    assert answer["Location"] == address(contract)


def test_the_provider_declines_with_a_reason(client, contract):
    answers = {"name": "Grace Holloway", "role": "Registered manager", "because": ""}
    page = client.post(address(contract, "sign_agreement_decline"), answers)
    assert "Enter why you cannot sign it" in text(page)
    assert status_of(contract) == ContractStatus.ISSUED

    client.post(address(contract, "sign_agreement_decline"), answers | {"because": "No carers left"})

    assert status_of(contract) == ContractStatus.DECLINED
    assert "declined" in text(client.get(address(contract)))


def test_the_file_is_the_frozen_bytes_and_its_name_names_nobody(client, contract):
    answer = client.get(address(contract, "sign_agreement_file"))

    assert answer.content == bytes(contract.agreement.pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="agreement-{contract.enquiry_number}.pdf"'


def test_the_signed_copy_is_there_once_both_have_signed(client, contract, broker):
    assert client.get(address(contract, "sign_agreement_signed_file")).status_code == 404
    sign_for_provider(contract)
    actions.sign(contract, agreement_hash=contract.agreement.sha256, by=broker)

    answer = client.get(address(contract, "sign_agreement_signed_file"))

    assert answer.content == bytes(contract.signed_copy.pdf)
    assert "Download the signed agreement" in text(client.get(address(contract)))


# -- GET and HEAD change nothing (T24)


SEEN = ("django_session", "referrals_opening", "referrals_presence")  # what looking at a case leaves behind


def rows() -> dict[str, int]:
    """How many rows every table has, and how often each has been written to in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables ORDER BY relname"
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_writes_nothing(client, contract, name, method):
    client.post(address(contract), who(contract))
    before = rows()

    getattr(client, method)(address(contract, name))

    assert rows() == before


def test_every_scanner_may_come_first_and_the_provider_still_signs(client, contract):  # T24
    link = address(contract)
    for scrap in ("", ".", ")", "=3D", "?utm_x=1", "/"):
        client.head(link + scrap)
        assert client.get(link + scrap, headers={"Range": "bytes=0-10"}).status_code == 200, scrap
        client.options(link + scrap)
    client.post(link, {})
    client.post(address(contract, "sign_agreement_code"), {})
    client.post(address(contract, "sign_agreement_decline"), {})
    client.post(address(contract, "sign_agreement_code_again"), {})
    assert status_of(contract) == ContractStatus.ISSUED

    client.post(link, who(contract))
    client.post(address(contract, "sign_agreement_code"), code_for(contract))

    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED


# -- the link


@pytest.mark.parametrize("name", PAGES)
def test_a_replaced_link_is_gone(client, contract, broker, name):
    older = address(contract, name)
    actions.send_again(contract, by=broker)

    answer = client.post(older) if name.endswith("again") else client.get(older)

    assert answer.status_code == 410
    assert "newest e-mail" in text(answer)


def test_a_withdrawn_agreement_is_gone(client, contract, broker):
    actions.withdraw(contract, because="Moved", by=broker)

    assert client.get(address(contract)).status_code == 410


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_unremembered_unindexed_and_unreferred(client, contract, name):
    answer = client.get(address(contract, name))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"


def test_guesses_are_slowed_and_the_true_link_is_not(client, contract, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "guesses"}}
    guess = reverse("sign_agreement", args=["abcdefghjkmn.1." + "A" * 43])

    for _ in range(limits.FAILURES):
        assert client.get(guess).status_code == 404
    assert client.get(guess).status_code == 429
    assert client.get(address(contract)).status_code == 200


def test_no_token_and_no_code_is_left_in_any_table(client, contract):  # T23
    token = links.token_for(contract).split(".")[2]
    client.post(address(contract), who(contract, form_key="1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"))
    code = code_for(contract)["code"]
    client.post(address(contract, "sign_agreement_code"), code_for(contract))
    client.get(address(contract))

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            kept = cursor.fetchone()[0] or ""
            assert token not in kept, table
            if table in {"notify_message", "links_onetimecode", "audit_event"}:
                assert not re.search(rf"(?<![0-9]){code}(?![0-9])", kept), table


def test_the_pages_are_light_enough_for_a_phone_on_a_bad_line(client, contract):
    client.post(address(contract), who(contract))
    for name in ("sign_agreement", "sign_agreement_code", "sign_agreement_decline"):
        page = client.get(address(contract, name)).content
        used = re.findall(r'/static/([^"?]+\.(?:css|js))', page.decode())
        weight = len(gzip.compress(page)) + sum(_weight(file) for file in set(used))
        assert weight < 60_000, f"{name}: {weight} bytes"


def _weight(file):
    with open(finders.find(file), "rb") as content:
        return len(gzip.compress(content.read()))


def test_what_people_write_is_shown_and_never_run(client, contract, broker):
    nasty = "<script>alert(1)</script>{{ 7|add:7 }}"
    client.post(address(contract), who(contract, name=nasty))

    page = client.get(address(contract, "sign_agreement_code")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


# -- the council's pages


def test_a_broker_sees_what_will_be_sent_and_sends_it(client):
    placement = PlacementFactory()
    client.force_login(placement.referral.broker)
    issue = reverse("contract_issue", args=[placement.number])

    page = text(client.get(issue))
    assert "Winifred Okafor" in page
    assert "£215.25" in page
    assert not Contract.objects.exists()

    sent = client.post(issue, follow=True)
    assert "Agreement sent to the provider to sign" in text(sent)
    assert Contract.objects.get().status == ContractStatus.ISSUED
    assert "already waiting for the provider to sign" in text(client.get(issue))


def test_the_council_signs_on_its_page_after_the_provider(client, contract, broker):
    client.force_login(broker)
    sign = reverse("contract_sign", args=[contract.number])
    assert "The provider signs first" in text(client.get(sign))
    assert client.post(sign, {"agrees": "on", "agreement_hash": contract.agreement.sha256}).status_code == 409
    sign_for_provider(contract)

    assert "Tick the box" in text(client.post(sign, {"agreement_hash": contract.agreement.sha256}))
    done = client.post(sign, {"agrees": "on", "agreement_hash": contract.agreement.sha256}, follow=True)

    assert "signed and sealed" in text(done)
    assert status_of(contract) == ContractStatus.SIGNED
    file = client.get(reverse("contract_signed_file", args=[contract.number]))
    assert file.content == bytes(contract.signed_copy.pdf)


def test_the_second_of_two_who_act_is_told(client, contract, broker):
    client.force_login(broker)
    withdraw = reverse("contract_withdraw", args=[contract.number])
    read_version = contract.version
    sign_for_provider(contract)

    answer = client.post(withdraw, {"because": "Start moved", "read_version": read_version})

    assert answer.status_code == 409
    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED


def test_a_fresh_link_is_sent_by_a_button(client, contract, broker):
    client.force_login(broker)
    again = reverse("contract_send_again", args=[contract.number])

    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    assert Contract.objects.get().link_issue == 2


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER])
def test_those_who_may_see_the_case_may_read_its_agreement(client, contract, role):
    client.force_login(UserFactory(roles=[role], teams=[contract.referral.team]))

    assert client.get(contract.get_absolute_url()).status_code == 200
    assert client.get(reverse("contract_file", args=[contract.number])).status_code == 200


def test_an_auditor_reads_and_does_not_sign(client, contract, auditor):
    sign_for_provider(contract)
    client.force_login(auditor)

    page = client.post(
        reverse("contract_sign", args=[contract.number]), {"agrees": "on", "agreement_hash": contract.agreement.sha256}
    )

    assert page.status_code == 403
    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED
    assert "Sign for the council" not in text(client.get(contract.get_absolute_url()))


@pytest.mark.parametrize(
    "name", ["contract_detail", "contract_sign", "contract_withdraw", "contract_file", "contract_signed_file"]
)
def test_another_teams_agreement_is_not_there(client, contract, stranger, name):
    client.force_login(stranger)

    assert client.get(reverse(name, args=[contract.number])).status_code == 404


@pytest.mark.parametrize(
    "name", ["contract_detail", "contract_sign", "contract_withdraw", "contract_file", "contract_signed_file"]
)
def test_a_stranger_signs_in_first(client, contract, settings, name):
    answer = client.get(reverse(name, args=[contract.number]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(resolve_url(settings.LOGIN_URL))


@pytest.mark.parametrize("name", ["contract_detail", "contract_sign", "contract_withdraw", "contract_file"])
def test_looking_as_a_broker_writes_down_that_it_was_opened_and_nothing_else(client, contract, broker, name):
    client.force_login(broker)
    client.get(contract.get_absolute_url())
    before = {table: count for table, count in rows().items() if not table.startswith(SEEN)}

    client.get(reverse(name, args=[contract.number]))
    client.head(reverse(name, args=[contract.number]))

    assert {table: count for table, count in rows().items() if not table.startswith(SEEN)} == before


def test_the_history_says_all_of_it(contract, broker):
    sign_for_provider(contract)
    actions.sign(contract, agreement_hash=contract.agreement.sha256, by=broker)

    verbs = list(
        Event.objects.filter(case=contract.case_reference, verb__startswith="contract.").values_list("verb", flat=True)
    )

    assert sorted(verbs) == sorted(
        ["contract.issued", "contract.code_sent", "contract.provider_signed", "contract.signed"]
    )


# -- what is not signed yet (AMB-10)


def test_services_running_unsigned_are_listed_by_days_exposed(client, auditor):
    started = date(2026, 12, 7)
    issued = ContractFactory(placement__start_on=started)
    later = PlacementFactory(start_on=date(2026, 12, 20))
    signed = ContractFactory(signed=True, placement__start_on=started)

    with time_machine.travel(datetime(2026, 12, 9, 12, tzinfo=UTC)):
        client.force_login(auditor)
        page = text(client.get(reverse("unsigned_services")))
        sheet = client.get(reverse("unsigned_services"), {"download": "csv"})

    assert issued.case_reference in page
    assert signed.case_reference not in page
    assert sheet.content.decode("utf-8-sig").splitlines()[1:] == [
        f"{issued.case_reference},{issued.provider_name},2026-12-07,3,Waiting for the provider to sign",
        f"{later.referral.reference},{later.service.name},2026-12-20,0,Not issued",
    ]


def test_another_teams_unsigned_services_are_not_listed(client, contract, stranger):
    client.force_login(stranger)

    assert contract.case_reference not in text(client.get(reverse("unsigned_services")))
