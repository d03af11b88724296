"""What a provider says is kept, in time or late, sealed or not, and is taken back when it was not theirs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from brokerage.audit.models import ActorKind, Event
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.notify.models import Message
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry, Invitation
from providers.replies import actions, letters, receipts
from providers.replies.answer import Answer
from providers.replies.models import Reply
from providers.tests.factories import EnquiryFactory, ReplyFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db
TUESDAY_1230 = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)  # replies close on Wednesday at 12:30


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY_1230, tick=False) as now:
        yield now


@pytest.fixture
def enquiry():
    return EnquiryFactory(sent=True)


@pytest.fixture
def invitation(enquiry):
    return enquiry.invitations.order_by("pk").first()


def offer(kind="whole", **changed):
    facts = {
        "kind": kind,
        "rate": Decimal("24.60"),
        "start_on": date(2026, 11, 9),
        "by_name": "Pat Lowe",
        "by_role": "Care manager",
    }
    kinds = {"part": {"visits": [0, 2]}, "different": {"changes": "08:30 instead of 08:00"}}
    return facts | kinds.get(kind, {}) | changed


def no(**changed):
    return {"kind": "no", "why_not": "no_staff", "by_name": "Lou Webb", "by_role": "Co-ordinator"} | changed


def call(**changed):
    return {"kind": "interested", "phone": "01752 496000", "by_name": "Kim Shaw", "by_role": "Owner"} | changed


def letters_to(address, template):
    return Message.objects.filter(address=address, template=template)


# -- each kind of answer (LEI-17, AMB-04, AMB-05)


def test_an_offer_for_all_of_it_is_kept_with_its_price_in_the_sheets_unit(invitation):
    said = actions.reply(invitation, **offer(who_will_come="A team of three", conditions="A key safe"))

    kept = Reply.objects.current().offers().get()
    assert kept == said
    assert (kept.rate, kept.unit, kept.start_on) == (Decimal("24.60"), "hour", date(2026, 11, 9))
    assert (kept.who_will_come, kept.conditions) == ("A team of three", "A key safe")
    assert not kept.is_late


def test_a_part_names_the_visits_by_their_place_on_the_sheet(invitation):  # AMB-04
    said = actions.reply(invitation, **offer("part", visits=[2, 0, 2]))

    assert said.visits == [0, 2]


def test_an_offer_that_differs_says_how(invitation):  # AMB-04
    assert actions.reply(invitation, **offer("different")).changes == "08:30 instead of 08:00"


def test_a_no_says_what_stood_in_the_way_and_what_would_have_helped(invitation):  # AMB-05
    said = actions.reply(invitation, **no(would_say_yes_if="A start after 10:00"))

    assert (said.why_not, said.would_say_yes_if) == ("no_staff", "A start after 10:00")
    assert not Reply.objects.offers().exists()


def test_somebody_interested_is_called_and_gives_no_price(invitation):
    said = actions.reply(invitation, **call())

    assert (said.rate, said.start_on, said.phone) == (None, None, "01752 496000")
    letter = letters_to(invitation.enquiry.referral.broker.email, "provider-asks-for-call").get()
    assert "Kim Shaw, Owner, 01752 496000" in letter.body
    assert Event.objects.get(verb="reply.made").said == f"{invitation.service_name} asks for a call"


@pytest.mark.parametrize(
    ("kind", "stray"),
    [
        ("no", {"rate": Decimal("9.99"), "start_on": date(2026, 11, 9), "visits": [0], "conditions": "x"}),
        ("interested", {"rate": Decimal("9.99"), "why_not": "price", "changes": "x"}),
        ("whole", {"visits": [0], "changes": "x", "why_not": "price", "would_say_yes_if": "x", "phone": "1"}),
    ],
)
def test_what_does_not_belong_to_an_answer_is_not_kept(invitation, kind, stray):
    answers = {"no": no, "interested": call, "whole": offer}[kind]()

    said = actions.reply(invitation, **answers | stray)

    assert not {name for name, value in stray.items() if getattr(said, name) == value}


# -- what is not whole is refused, and nothing is kept


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (offer(rate=None), "Enter your rate"),
        (offer(rate=Decimal("0.00")), "Enter your rate"),
        (offer(rate=Decimal("-1")), "Enter your rate"),
        (offer(rate=Decimal("2460")), "over £500"),
        (offer(start_on=None), "Enter the day you can start"),
        (offer(start_on=date(2026, 11, 2)), "has not passed"),
        (offer(start_on=date(2062, 11, 9)), "within a year"),
        (offer("part", visits=[]), "Select the visits you can do"),
        (offer("part", visits=[99]), "on the page"),
        (offer("part", visits=[-1]), "on the page"),
        (offer("different", changes="  "), "Enter what would be different"),
        (no(why_not=""), "Select what stood in the way"),
        (no(why_not="other"), "Enter what would have made you say yes"),
        (call(phone=" "), "Enter the number we should call"),
        (offer(by_name=" "), "Enter your name and your role"),
        (no(by_role=""), "Enter your name and your role"),
        (call(by_name="\n"), "Enter your name and your role"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused_in_words(invitation, answers, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.reply(invitation, **answers)

    assert not Reply.objects.exists()
    assert not Event.objects.filter(verb="reply.made").exists()
    assert not letters_to(invitation.mailbox, "reply-receipt").exists()


def test_a_part_that_is_all_of_it_is_refused(invitation):
    everything = range(len(invitation.enquiry.sheet["timetable"]))

    with pytest.raises(Refused, match="You selected every visit"):
        actions.reply(invitation, **offer("part", visits=everything))


def test_a_room_is_offered_by_the_week(chair):
    from referrals.tests.factories import AgreementFactory

    enquiry = EnquiryFactory(nursing=True)
    AgreementFactory(referral=enquiry.referral, granted=True)
    sent = enquiries.send(enquiry, by=enquiry.referral.broker)

    said = actions.reply(sent.invitations.first(), **offer(rate=Decimal("1140")))

    assert (said.rate, said.unit) == (Decimal("1140"), "week")


@pytest.mark.parametrize(
    "broken",
    [{"by_name": ""}, {"rate": None}, {"rate": Decimal(0)}, {"kind": "no"}, {"disowned_at": TUESDAY_1230}],
)
def test_the_database_itself_keeps_no_broken_reply(invitation, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyFactory(invitation=invitation, **broken)


# -- said again


def test_a_change_of_mind_is_a_new_version_and_the_earlier_one_is_kept(invitation):
    first = actions.reply(invitation, **offer())
    second = actions.reply(invitation, **no())

    first.refresh_from_db()
    assert (first.version, first.is_current, first.rate) == (1, False, Decimal("24.60"))
    assert (second.version, second.is_current) == (2, True)
    assert Event.objects.filter(said=f"{invitation.service_name} changed its reply").count() == 1


def test_one_provider_changes_nothing_of_anothers(enquiry):
    one, other = enquiry.invitations.all()
    theirs = actions.reply(one, **offer())

    actions.reply(other, **no())

    theirs.refresh_from_db()
    assert theirs.is_current


# -- the deadline (T25)


@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, True), (1, True)])
def test_a_reply_is_in_time_until_offers_can_be_read_and_late_from_then_on(invitation, tuesday, seconds, late):
    tuesday.move_to(invitation.enquiry.closes_at + timedelta(seconds=seconds))

    said = actions.reply(invitation, **offer())

    assert said.is_late is late
    assert Reply.objects.readable_at(said.made_at).exists() is late


def test_a_late_reply_is_kept_and_marked(invitation, tuesday):
    tuesday.shift(timedelta(days=2))

    said = actions.reply(invitation, **offer())

    assert (said.is_late, said.is_current) == (True, True)
    assert Event.objects.get(verb="reply.made").said.endswith("replied, after the deadline")
    assert "only if the time is extended for everyone" in letters_to(invitation.mailbox, "reply-receipt").get().body


def test_a_late_change_of_mind_never_displaces_what_came_in_time(invitation, tuesday):
    in_time = actions.reply(invitation, **offer())
    tuesday.shift(timedelta(days=2))

    late = actions.reply(invitation, **offer(rate=Decimal("19.00")))

    assert (late.is_late, late.is_current, late.version) == (True, False, 2)
    assert Reply.objects.current().get() == in_time
    receipt = letters_to(invitation.mailbox, "reply-receipt").latest("pk").body
    assert "the reply you sent in time is the one that counts" in receipt


def test_a_later_late_reply_takes_the_place_of_a_late_one(invitation, tuesday):
    tuesday.shift(timedelta(days=2))
    actions.reply(invitation, **offer())

    second = actions.reply(invitation, **no())

    assert Reply.objects.current().get() == second


def test_after_a_close_because_all_had_answered_a_reply_is_late(enquiry, tuesday):
    for invitation in enquiry.invitations.all():
        actions.reply(invitation, **offer())
    tuesday.shift(timedelta(hours=1))
    enquiries.close(enquiry, by=enquiry.referral.broker)
    tuesday.shift(timedelta(minutes=1))

    again = actions.reply(enquiry.invitations.first(), **offer(rate=Decimal("20.00")))

    assert (again.is_late, again.is_current) == (True, False)


# -- when no reply is wanted any more


def test_a_withdrawn_enquiry_takes_no_reply(invitation):
    enquiries.withdraw(invitation.enquiry, because="Not needed", by=invitation.enquiry.referral.broker)

    with pytest.raises(Refused, match="was withdrawn. Nothing more is needed"):
        actions.reply(invitation, **offer())


def test_a_placed_enquiry_takes_no_reply(invitation):
    Enquiry.objects.update(placed_at=TUESDAY_1230)

    with pytest.raises(Refused, match="has been placed. Nothing more is needed"):
        actions.reply(invitation, **no())


# -- sealed until the deadline (AMB-07, T21)


def test_before_the_deadline_nothing_of_an_offer_is_in_the_history_or_in_any_letter(invitation):
    actions.reply(invitation, **offer(rate=Decimal("1.00")))
    secret = {"rate": Decimal("234.57"), "start_on": date(2026, 11, 14), "conditions": "No stairs after nine"}
    actions.reply(
        invitation, **offer("different", changes="half an hour later", who_will_come="Two Polish speakers", **secret)
    )

    written = [f"{event.said} {event.because} {event.facts}" for event in Event.objects.all()]
    written += [f"{letter.subject} {letter.body}" for letter in Message.objects.all()]
    written += [str(WorkItem.objects.values().get())]

    assert len(written) > 6
    for text in written:
        for planted in ("234.57", "14 Nov", "2026-11-14", "No stairs", "half an hour", "Polish"):
            assert planted not in text


def test_no_offer_can_be_read_before_the_deadline_and_all_can_after_it(invitation):
    actions.reply(invitation, **offer())
    closes_at = invitation.enquiry.closes_at

    assert not Reply.objects.readable_at(closes_at - timedelta(microseconds=1)).exists()
    assert Reply.objects.readable_at(closes_at).exists()


def test_moved_later_the_deadline_seals_again(invitation):
    actions.reply(invitation, **offer())
    after = invitation.enquiry.closes_at + timedelta(minutes=1)
    Enquiry.objects.update(closes_at=after + timedelta(days=1))

    assert not Reply.objects.readable_at(after).exists()


def test_a_receipts_number_cannot_be_tried_out_without_the_key(invitation, settings):
    said = actions.reply(invitation, **offer())
    answer = Answer(**offer()).tidied()
    again = receipts.number_of(invitation, answer, version=1, made_at=said.made_at)
    other = receipts.number_of(
        invitation, Answer(**offer(rate=Decimal("24.61"))).tidied(), version=1, made_at=said.made_at
    )
    settings.LINK_KEY = "somebody else’s key"
    elsewhere = receipts.number_of(invitation, answer, version=1, made_at=said.made_at)

    assert said.receipt == again
    assert len({said.receipt, other, elsewhere}) == 3


# -- who replied, and the receipt (T25)


def test_the_history_names_who_replied_for_whom(invitation):
    actions.reply(invitation, **offer())

    event = Event.objects.get(verb="reply.made")
    assert (event.actor_kind, event.actor_name, event.actor_role) == (ActorKind.OUTSIDER, "Pat Lowe", "Care manager")
    assert event.actor_organisation == invitation.service_name
    assert event.case == invitation.enquiry.referral.reference


def test_what_a_broker_took_down_is_marked_as_theirs(invitation, broker):
    said = actions.reply(invitation, entered_by=broker, **offer())

    assert (said.entered_by, said.by_name) == (broker, "Pat Lowe")
    assert Event.objects.get(verb="reply.made").actor_id == broker.pk


def test_every_reply_has_a_receipt_in_the_registered_mailbox(invitation):
    invitation.service.contacts.update(mailbox="changed.an.hour.ago@elsewhere.example")

    said = [
        actions.reply(invitation, **offer()),
        actions.reply(invitation, **no()),
        actions.reply(invitation, **call()),
    ]

    receipts_sent = letters_to(invitation.mailbox, "reply-receipt").order_by("pk")
    assert len({one.receipt for one in said}) == 3
    for one, letter in zip(said, receipts_sent, strict=True):
        assert one.receipt in letter.body
        assert letters.who(one) in letter.body
        assert "this was not you" in letter.body
        assert letter.link_id == str(invitation.pk)
        assert letter.subject == f"Enquiry {invitation.enquiry.number}: we have your reply"


def test_a_name_stays_on_one_line_of_a_letter(invitation):
    said = actions.reply(invitation, **no(by_name="Lou\r\n\r\nClick  http://elsewhere.example"))

    assert said.by_name == "Lou Click http://elsewhere.example"


def test_a_reply_whose_receipt_cannot_be_written_is_not_kept(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(mailbox="two@care.example,three@care.example")

    with pytest.raises(Refused):
        actions.reply(invitation, **offer())

    assert not Reply.objects.exists()


# -- the queue


def test_the_queue_counts_the_answers(enquiry):
    for count, invitation in enumerate(enquiry.invitations.all(), start=1):
        actions.reply(invitation, **no())
        if count == 1:
            row = WorkItem.objects.get(referral=enquiry.referral)
            assert (row.waits_on, row.next_step) == ("provider", "1 of 2 replied, closes Wed 4 Nov 12:30")

    row.refresh_from_db()
    assert (row.waits_on, row.next_step) == ("brokerage", "Everyone has replied: close the enquiry")


def test_a_late_reply_does_not_move_a_case_that_went_on(enquiry, tuesday):
    tuesday.shift(timedelta(days=1))
    enquiries.close(enquiry, by=None)
    before = WorkItem.objects.get(referral=enquiry.referral).next_step

    actions.reply(enquiry.invitations.first(), **offer())

    assert WorkItem.objects.get(referral=enquiry.referral).next_step == before


# -- this was not us


def test_a_disowned_reply_counts_no_more_and_is_kept(invitation):
    actions.reply(invitation, **offer())

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    kept = Reply.objects.get()
    assert (kept.is_current, kept.disowned_at, kept.rate) == (False, TUESDAY_1230, Decimal("24.60"))
    event = Event.objects.get(verb="reply.disowned")
    assert (event.actor_name, event.actor_organisation) == ("Grace Hale", invitation.service_name)
    assert "24.60" not in event.said + str(event.facts)


def test_disowned_the_links_are_dead_and_a_fresh_one_goes_to_the_registered_mailbox(invitation):
    actions.reply(invitation, **offer())
    older = links.token_for(invitation)

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    with pytest.raises(links.Replaced):
        links.find(Invitation, older)
    letter = letters_to(invitation.mailbox, "enquiry-fresh-link").get()
    assert (letter.link_id, letter.link_issue) == (str(invitation.pk), 2)
    assert "Reply by Wed 4 Nov 12:30" in letter.body


def test_the_broker_is_told_at_once_and_reads_no_price(invitation):
    actions.reply(invitation, **offer())

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    letter = letters_to(invitation.enquiry.referral.broker.email, "reply-disowned").get()
    assert letter.urgent
    assert "Pat Lowe, Care manager" in letter.body
    assert "24.60" not in letter.body


def test_what_was_said_before_a_forged_reply_counts_again(invitation, tuesday):
    theirs = actions.reply(invitation, **offer())
    actions.reply(invitation, **no())
    tuesday.shift(timedelta(days=2))

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    assert Reply.objects.current().get() == theirs
    assert "The reply by Pat Lowe, Care manager" in letters_to(invitation.mailbox, "enquiry-fresh-link").get().body


def test_a_reply_in_time_counts_again_before_a_later_late_one(invitation, tuesday):
    theirs = actions.reply(invitation, **offer())
    forged = actions.reply(invitation, **no())
    tuesday.shift(timedelta(days=2))
    actions.reply(invitation, **offer(rate=Decimal("20.00")))

    actions.disown(invitation, versions=[forged.version], by_name="Grace Hale", by_role="Registered manager")

    assert Reply.objects.current().get() == theirs


def test_several_can_be_disowned_at_once(invitation):
    actions.reply(invitation, **offer())
    actions.reply(invitation, **no())

    actions.disown(invitation, versions=[1, 2], by_name="Grace Hale", by_role="Registered manager")

    assert not Reply.objects.current().exists()
    assert Message.objects.filter(template="enquiry-fresh-link").count() == 1


def test_disowned_the_provider_counts_as_silent_again(enquiry):
    for invitation in enquiry.invitations.all():
        actions.reply(invitation, **no())

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    assert WorkItem.objects.get(referral=enquiry.referral).next_step == "1 of 2 replied, closes Wed 4 Nov 12:30"


def test_a_placed_enquirys_reply_can_still_be_disowned_and_the_broker_is_warned(invitation):
    actions.reply(invitation, **offer())
    Enquiry.objects.update(placed_at=TUESDAY_1230)

    actions.disown(invitation, by_name="Grace Hale", by_role="Registered manager")

    assert (
        "has been placed. Speak to them before anything starts" in Message.objects.get(template="reply-disowned").body
    )


@pytest.mark.parametrize(("name", "role"), [("", "Owner"), ("Grace", " ")])
def test_nobody_disowns_without_saying_who_they_are(invitation, name, role):
    actions.reply(invitation, **offer())

    with pytest.raises(Refused, match="Enter your name and your role"):
        actions.disown(invitation, by_name=name, by_role=role)

    assert Reply.objects.current().exists()


def test_there_must_be_a_reply_to_disown(invitation):
    with pytest.raises(Refused, match="no reply to take back"):
        actions.disown(invitation, by_name="Grace Hale", by_role="Owner")


def test_a_withdrawn_link_is_not_brought_back_by_disowning(invitation):
    actions.reply(invitation, **offer())
    enquiries.withdraw(invitation.enquiry, because="Not needed", by=invitation.enquiry.referral.broker)

    with pytest.raises(Refused, match="was withdrawn"):
        actions.disown(invitation, by_name="Grace Hale", by_role="Owner")


# -- at once


@pytest.fixture
def together(transactional_db, quiet_bell):
    """Runs deeds at the same moment, each with a connection of its own, and says what came of each."""

    def run(*deeds):
        barrier = Barrier(len(deeds), timeout=30)

        def do(deed):
            try:
                barrier.wait()
                return deed()
            except Refused as refusal:
                return str(refusal)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(deeds)) as people:
            return [one.result() for one in [people.submit(do, deed) for deed in deeds]]

    return run


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_leave_one_reply_that_counts(together):
    invitation = EnquiryFactory(sent=True).invitations.first()

    said = together(
        *[lambda rate=rate: actions.reply(invitation, **offer(rate=Decimal(rate))) for rate in (21, 22, 23)]
    )

    assert sorted(one.version for one in said) == [1, 2, 3]
    assert Reply.objects.current().get().version == 3
    assert Message.objects.filter(template="reply-receipt").count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_two_to_answer_at_once_are_both_counted(together):
    enquiry = EnquiryFactory(sent=True, services=4)

    together(*[lambda one=one: actions.reply(one, **no()) for one in enquiry.invitations.all()])

    assert WorkItem.objects.get(referral=enquiry.referral).next_step == "Everyone has replied: close the enquiry"


@pytest.mark.django_db(transaction=True)
def test_a_reply_as_the_enquiry_is_withdrawn_is_either_kept_before_or_refused(together):
    enquiry = EnquiryFactory(sent=True)
    invitation, broker = enquiry.invitations.first(), enquiry.referral.broker

    said, _ = together(
        lambda: actions.reply(invitation, **offer()),
        lambda: enquiries.withdraw(enquiry, because="Not needed", by=broker),
    )

    assert isinstance(said, Reply) or "was withdrawn" in said
    assert Reply.objects.exists() == isinstance(said, Reply)
    assert Enquiry.objects.get(pk=enquiry.pk).status == "withdrawn"
