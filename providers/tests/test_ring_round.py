"""The call list of an emergency: who is on it, in what order, and what comes of every call."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from placements.choosing import actions as choosing
from placements.choosing import queries as offers
from providers.directory.models import Contact
from providers.enquiries import actions as enquiries
from providers.enquiries.sheet import Sheet
from providers.models import Call, Enquiry, Invitation, Reply, RingLine, RingRound
from providers.replies import actions as replies
from providers.ringround import actions, order, queries
from providers.tests.factories import PostcodeFactory, ServiceFactory
from providers.tests.ring_factories import agencies, emergency, offer, ring_round, rings
from referrals.models import Outcome as Wish
from referrals.models import Referral, WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def colleague(team):
    return UserFactory(full_name="Priya Nair", broker=True)


def moved_on(**span):
    """The clock that everything asks, some time from now."""
    return clock.telling(clock.now() + timedelta(**span))


# -- the list


def test_everybody_who_could_meet_the_need_is_on_the_list_and_who_is_left_out_is_named_with_the_reason():  # DER-09
    PostcodeFactory()
    in_house = ServiceFactory(name="Our own carers", sector="in_house", phone="01632 961001")
    voluntary = ServiceFactory(name="Good neighbours", sector="voluntary", phone="01632 961002")
    private = ServiceFactory(name="Agency", phone="01632 961003")
    ServiceFactory(name="Kestrel", phone="01632 961004", suspended="Two missed visits")
    ServiceFactory(name="No number", phone="")
    ServiceFactory(nursing=True, phone="01632 961005")

    listed = ring_round(0)

    assert {line.service for line in listed.lines.all()} == {in_house, voluntary, private}
    left_out = {one["name"]: one["because"] for one in listed.not_rung}
    assert "Two missed visits" in left_out["Kestrel"]
    assert left_out["No number"] == "No phone number."
    assert len(left_out) == 2


def test_a_provider_with_a_number_and_no_mailbox_is_rung():
    PostcodeFactory()
    ServiceFactory(unreachable=True, phone="01632 961001")

    assert ring_round(0).lines.count() == 1


def test_a_number_given_for_ringing_goes_before_the_registers():
    [service] = agencies(1)
    Contact.objects.create(service=service, kind="phone", phone="01632 961999")

    assert ring_round(0).lines.get().phone == "01632 961999"


def test_the_enquiry_behind_it_is_declared_open_and_writes_to_nobody():
    listed = ring_round()

    enquiry = listed.enquiry
    assert (enquiry.status, enquiry.open_from_start, enquiry.by_phone) == ("open", True, True)
    assert not Invitation.objects.exists()
    assert not Message.objects.filter(audience="provider").exists()
    assert Sheet.from_data(enquiry.sheet).sealed is False
    event = Event.objects.get(verb="enquiry.opened_by_phone")
    assert event.facts["open_from_start"] is True
    assert {one["name"] for one in enquiry.considered} == {"Agency 1", "Agency 2", "Agency 3"}


def test_an_enquiry_that_is_spoken_is_open_or_it_is_not_kept():
    listed = ring_round()

    with pytest.raises(IntegrityError, match="enquiry_spoken_is_open"), transaction.atomic():
        Enquiry.objects.filter(pk=listed.enquiry_id).update(open_from_start=False)


def test_what_may_be_said_names_nobody_even_where_the_record_does():
    agencies(1)
    case = emergency()
    Wish.objects.create(referral=case, position=2, words="For Winifred to see her son Chidi in Rose Lane")

    listed = actions.open_list(case, by=case.broker)

    said = str(listed.enquiry.sheet)
    for name in ("Winifred", "Okafor", "Chidi", "Rose Lane", "PL4 8AA", case.reference, case.person.record_id):
        assert name not in said
    assert "To stay in my own home" in said
    assert Event.objects.get(verb="enquiry.opened_by_phone").facts["left_unsaid"] == ["outcome_2"]


def test_opening_it_twice_is_the_same_list(colleague):
    listed = ring_round()

    assert actions.open_list(listed.referral, by=colleague) == listed
    assert RingRound.objects.count() == 1


def test_an_enquiry_being_written_becomes_the_one_that_is_spoken():
    agencies(1)
    case = emergency()
    draft = enquiries.begin(case, by=case.broker)
    enquiries.write(draft, need_in_brief="Needs somebody to go this morning.", by=case.broker)

    listed = actions.open_list(case, by=case.broker)

    assert listed.enquiry == draft
    assert listed.enquiry.sheet["need_in_brief"] == "Needs somebody to go this morning."


def test_words_that_would_say_who_it_is_are_refused_here_too():
    agencies(1)
    case = emergency()
    draft = enquiries.begin(case, by=case.broker)
    enquiries.write(draft, need_in_brief="Mrs Okafor needs help.", by=case.broker)

    with pytest.raises(Refused, match="Take “.*” out of what providers read"):
        actions.open_list(case, by=case.broker)
    assert not RingRound.objects.exists()


def test_an_enquiry_sent_openly_is_rung_about_as_well():
    agencies(2)
    case = emergency(papers=["assessment", "care_plan", "home_care_referral"])
    sent = enquiries.send(enquiries.begin(case, by=case.broker), by=case.broker)

    listed = actions.open_list(case, by=case.broker)

    assert (listed.enquiry, listed.lines.count()) == (sent, 2)


def test_a_sealed_enquiry_is_not_rung_about():
    agencies(1)
    case = emergency(priority="urgent", papers=["assessment", "care_plan", "home_care_referral"])
    enquiries.send(enquiries.begin(case, by=case.broker), by=case.broker)

    with pytest.raises(Refused, match="its offers are sealed, so nobody can be rung"):
        actions.open_list(case, by=case.broker)


def test_urgent_cases_are_rung_round_for_and_routine_ones_are_not():
    agencies(1)
    urgent, routine = emergency(priority="urgent"), emergency(priority="routine", priority_reason="")

    assert actions.open_list(urgent, by=urgent.broker).lines.count() == 1
    with pytest.raises(Refused, match="is routine: write the enquiry instead"):
        actions.open_list(routine, by=routine.broker)


def test_a_childs_sheet_is_released_by_a_second_person_before_it_is_spoken(childrens_team):
    agencies(1)
    case = emergency()
    case.pathway.definition |= {"sheet_needs_release": True}
    case.pathway.save()

    with pytest.raises(Refused, match="A second person must read and release what providers are told"):
        actions.open_list(Referral.objects.get(pk=case.pk), by=case.broker)


def test_somebody_of_another_team_rings_nobody(stranger):
    agencies(1)
    with pytest.raises(Refused, match="Only a broker of"):
        actions.open_list(emergency(), by=stranger)


def test_with_nobody_to_ring_it_says_so():
    PostcodeFactory()
    case = emergency()

    with pytest.raises(Refused, match="Nobody can be rung: no service within"):
        actions.open_list(case, by=case.broker)


def test_the_paperwork_that_is_owed_is_chased_from_the_beginning_of_the_list():  # AMB-08
    listed = ring_round(1)

    chase = listed.referral.chases.get()
    assert (chase.began_by, chase.ended_at) == (listed.opened_by, None)
    assert Event.objects.get(verb="papers.chased").case == listed.referral.reference


# -- the order


def test_whoever_was_rung_longest_ago_for_the_same_service_and_area_comes_first():  # AMB-07, AMB-08
    first = ring_round(3)
    for _ in range(3):
        rings(first, "no_answer")
    rung = [call.service_id for call in Call.objects.order_by("began_at")]
    actions.stop(first, because="Family came", by=first.opened_by)

    again = emergency()
    second = actions.open_list(again, by=again.broker)

    assert [line.service_id for line in second.lines.all()] == rung
    assert "Last rung " in second.lines.first().because
    assert second.lines.first().last_rung_at == Call.objects.order_by("began_at").first().began_at


def test_a_call_for_another_area_or_a_wrong_number_does_not_count_as_a_turn():
    first = ring_round(2)
    rings(first, "wrong_number")
    other_area = Call.objects.get().service_id

    seen = queries.last_rung([other_area], service_kind="home_care", area="PL4")
    assert seen == {}
    rings(first, "no_answer")
    assert len(queries.last_rung(RingLine.objects.values("service"), service_kind="home_care", area="PL4")) == 1
    assert queries.last_rung(RingLine.objects.values("service"), service_kind="home_care", area="PL5") == {}


def test_the_lot_can_be_drawn_again_from_the_number_on_the_list():
    listed = ring_round(6)
    ids = [line.service_id for line in listed.lines.order_by("service_id")]

    drawn = order.fair_order(ids, {}, seed=listed.seed, zone=clock.now().tzinfo, among="home care in PL4")

    assert [place.service_id for place in drawn] == [line.service_id for line in listed.lines.all()]
    assert listed.lines.first().because == "Never rung for home care in PL4; drawn by lot among 6"


def test_over_many_lists_the_first_place_goes_round():  # AMB-07
    """Twelve emergencies, one call each: every one of four providers is rung first three times."""
    agencies(4)
    firsts = []
    for _ in range(12):
        case = emergency()
        listed = actions.open_list(case, by=case.broker)
        firsts.append(rings(listed, "no_answer").service_id)
        actions.stop(listed, because="Enough", by=case.broker)

    assert sorted(firsts.count(pk) for pk in set(firsts)) == [3, 3, 3, 3]


# -- a call


def test_the_next_in_the_order_is_claimed_and_somebody_else_gets_the_one_after(colleague):
    listed = ring_round()

    mine, theirs = actions.claim(listed, by=listed.opened_by), actions.claim(listed, by=colleague)

    assert (mine.line.position, theirs.line.position) == (1, 2)
    assert mine.line.held_by == listed.opened_by


def test_asked_again_it_is_the_call_in_hand():
    listed = ring_round()
    call = actions.claim(listed, by=listed.opened_by)

    assert actions.claim(listed, by=listed.opened_by) == call


def test_a_provider_that_is_being_rung_for_one_case_is_not_rung_for_another(colleague):
    listed = ring_round(1)
    actions.claim(listed, by=listed.opened_by)
    other = actions.open_list(emergency(), by=colleague)

    with pytest.raises(Refused, match="Everybody left on the list is being rung"):
        actions.claim(other, by=colleague)


def test_the_database_itself_refuses_a_second_call_to_a_provider(colleague):
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)

    with pytest.raises(IntegrityError, match="call_one_to_a_provider_at_a_time"), transaction.atomic():
        Call.objects.create(
            line=call.line, service=call.service, made_by=colleague, began_at=clock.now(), lease_until=clock.now()
        )


@pytest.mark.parametrize(
    ("outcome", "said", "state"),
    [
        ("can_help", offer, "done"),
        ("cannot", lambda: {"why_not": "no_staff"}, "done"),
        ("no_answer", dict, "waiting"),
        ("ring_back", lambda: {"ring_back_at": clock.now() + timedelta(minutes=20)}, "waiting"),
        ("wrong_number", dict, "done"),
    ],
)
def test_every_outcome_is_logged_with_who_when_how_long_and_what(outcome, said, state):  # DER-09
    listed = ring_round(2)
    call = actions.claim(listed, by=listed.opened_by)

    with moved_on(minutes=3):
        done = actions.finish(call, outcome=outcome, words="Said kindly", by=listed.opened_by, **said())

    assert (done.outcome, done.recorded_by, done.words) == (outcome, listed.opened_by, "Said kindly")
    assert timedelta(minutes=2, seconds=50) < done.lasted < timedelta(minutes=4)
    assert done.line.state == state
    event = Event.objects.get(verb="ringround.rung")
    assert event.said.startswith(f"Rang {done.line.service_name}")
    assert event.case == listed.referral.reference


def test_a_call_that_ended_stays_as_it_was():
    call = rings(ring_round())

    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(words="Never happened")
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        Call.objects.filter(pk=call.pk).delete()


def test_who_does_not_answer_comes_again_after_the_others_and_three_times_at_most():
    listed = ring_round(2)
    order_rung = [rings(listed, "no_answer").line.position for _ in range(6)]

    assert order_rung == [1, 2, 1, 2, 1, 2]
    with pytest.raises(Refused, match="Everybody on the list has been rung"):
        actions.claim(listed, by=listed.opened_by)


def test_who_is_to_be_rung_back_comes_first_when_the_time_has_come_and_not_before():
    listed = ring_round(3)
    rings(listed, "ring_back", ring_back_at=clock.now() + timedelta(minutes=20))

    assert rings(listed).line.position == 2
    with moved_on(minutes=21):
        assert rings(listed).line.position == 1


def test_it_cannot_be_rung_back_in_the_past():
    listed = ring_round(1)
    with pytest.raises(Refused, match="a time to ring back that has not passed"):
        rings(listed, "ring_back", ring_back_at=clock.now() - timedelta(minutes=1))


def test_out_of_turn_says_why():
    listed = ring_round(3)
    last = listed.lines.last()
    with pytest.raises(Refused, match="Enter why this provider is rung out of turn"):
        actions.claim(listed, line=last, by=listed.opened_by)

    call = actions.claim(listed, line=last, because="They rang us", by=listed.opened_by)

    assert call.line == last
    assert Event.objects.get(verb="ringround.out_of_turn").because == "They rang us"


# -- leases


def test_a_closed_laptop_frees_the_provider_after_a_while(colleague):
    listed = ring_round(1)
    left = actions.claim(listed, by=listed.opened_by)
    with pytest.raises(Refused, match="being rung by somebody else"):
        actions.claim(listed, by=colleague)

    with moved_on(minutes=11):
        taken = actions.claim(listed, by=colleague)
        assert taken.line == left.line
        left.refresh_from_db()
        assert left.outcome == "lapsed"
        with pytest.raises(Refused, match="no longer yours: Priya Nair rings them now"):
            actions.finish(left, outcome="no_answer", by=listed.opened_by)


def test_a_lease_that_ran_out_loses_nothing_while_nobody_else_took_the_call():
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)

    with moved_on(minutes=25):
        assert actions.finish(call, outcome="can_help", by=listed.opened_by, **offer()).outcome == "can_help"


def test_a_call_can_be_kept_longer(colleague):
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)
    with moved_on(minutes=9):
        actions.keep(call, by=listed.opened_by)

    with moved_on(minutes=12), pytest.raises(Refused, match="being rung by somebody else"):
        actions.claim(listed, by=colleague)


def test_given_back_anybody_may_ring(colleague):
    listed = ring_round(1)
    actions.give_back(actions.claim(listed, by=listed.opened_by), by=listed.opened_by)

    assert actions.claim(listed, by=colleague).line.position == 1
    assert RingLine.objects.get().tries == 0


def test_taken_over_with_words_the_first_is_told(colleague):
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)
    with pytest.raises(Refused, match="Enter why you take this call over"):
        actions.take_over(call, because=" ", by=colleague)

    taken = actions.take_over(call, because="Called into a meeting", by=colleague)

    assert taken.made_by == colleague
    with pytest.raises(Refused, match="Priya Nair took it over"):
        actions.finish(call, outcome="no_answer", by=listed.opened_by)
    assert Event.objects.get(verb="ringround.taken_over").because == "Called into a meeting"


def test_nobody_records_somebody_elses_call(colleague):
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)

    with pytest.raises(Refused, match="is ringing Agency 1. Take the call over"):
        actions.finish(call, outcome="no_answer", by=colleague)


# -- a spoken yes


def test_a_spoken_yes_is_an_offer_like_any_other_marked_as_given_by_phone():
    listed = ring_round(1)
    call = rings(listed, "can_help", conditions="Mornings after nine")

    reply = Reply.objects.get()
    assert (reply.entered_by, reply.by_name, reply.by_role) == (listed.opened_by, "Pat Lowe", "Care manager")
    assert (call.reply, reply.conditions, reply.is_late) == (reply, "Mornings after nine", False)
    [option] = offers.options(listed.referral, at=clock.now())
    assert option.reply == reply


def test_it_is_chosen_as_any_other_offer_is():
    listed = ring_round(1)
    rings(listed, "can_help")
    actions.found(listed, by=listed.opened_by)

    choice = choosing.record_choice(
        Referral.objects.get(pk=listed.referral_id),
        reply=Reply.objects.get(),
        chosen_by="Her son",
        because="Today",
        by=listed.opened_by,
    )
    assert choice.reply == Reply.objects.get()


def test_its_receipt_goes_to_the_registered_mailbox_and_says_that_it_was_told_by_phone():
    rings(ring_round(1), "can_help")

    receipt = Message.objects.get(template="reply-receipt")
    assert receipt.address == Invitation.objects.get().mailbox
    assert "Told us by phone" in receipt.body and "Pat Lowe, Care manager" in receipt.body
    assert "tell us that this was not you" in receipt.body
    assert "24.60" not in receipt.body


def test_the_mailbox_can_say_that_it_was_not_them():
    listed = ring_round(1)
    rings(listed, "can_help")

    replies.disown(Invitation.objects.get(), by_name="Kim Rhodes", by_role="Registered manager")

    assert offers.options(listed.referral, at=clock.now()) == []


def test_a_yes_names_who_said_it():
    with pytest.raises(Refused, match="Enter who at the provider said so"):
        rings(ring_round(1), "can_help", spoke_to="")
    assert not Reply.objects.exists()


def test_a_no_is_kept_among_the_replies_with_what_stood_in_the_way():
    rings(ring_round(1), "cannot", why_not="too_far")

    assert (Reply.objects.get().kind, Reply.objects.get().why_not) == ("no", "too_far")


def test_a_yes_from_whom_we_cannot_write_to_registers_a_mailbox_first():
    PostcodeFactory()
    ServiceFactory(unreachable=True, phone="01632 961001")
    listed = ring_round(0)
    call = actions.claim(listed, by=listed.opened_by)
    with pytest.raises(Refused, match="Enter an e-mail address for"):
        actions.finish(call, outcome="can_help", by=listed.opened_by, **offer())

    actions.finish(call, outcome="can_help", by=listed.opened_by, mailbox="care@agency.example", **offer())

    assert Message.objects.get(template="reply-receipt").address == "care@agency.example"
    assert Event.objects.get(verb="directory.mailboxes_corrected").because.startswith("Given on the phone")


def test_an_offer_that_is_not_whole_is_refused_and_the_call_goes_on():
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)

    with pytest.raises(Refused, match="Enter your rate"):
        actions.finish(call, outcome="can_help", by=listed.opened_by, **offer(rate=None))

    call.refresh_from_db()
    assert call.is_in_hand and not Invitation.objects.exists()


# -- put right


def test_a_correction_keeps_the_earlier_outcome():
    listed = ring_round(1)
    wrong = rings(listed, "no_answer")

    right = actions.correct(
        wrong, outcome="cannot", why_not="times", because="They rang back at once", by=listed.opened_by
    )

    wrong.refresh_from_db()
    assert (wrong.outcome, wrong.is_current, right.is_current, right.corrects) == ("no_answer", False, True, wrong)
    assert Event.objects.get(verb="ringround.corrected").because == "They rang back at once"
    assert [call.outcome for call in Call.objects.recorded()] == ["cannot"]
    with pytest.raises(Refused, match="has been corrected already"):
        actions.correct(wrong, outcome="no_answer", because="Again", by=listed.opened_by)


def test_a_yes_taken_down_for_the_wrong_provider_is_taken_back_and_they_hear_so():
    listed = ring_round(1)
    wrong = rings(listed, "can_help")

    actions.correct(wrong, outcome="no_answer", because="It was another agency", by=listed.opened_by)

    assert offers.options(listed.referral, at=clock.now()) == []
    assert Message.objects.filter(template="reply-taken-back").count() == 1
    assert RingLine.objects.get().state == "waiting"


def test_a_price_heard_wrongly_becomes_a_new_version_of_the_reply():
    listed = ring_round(1)
    wrong = rings(listed, "can_help")

    actions.correct(wrong, outcome="can_help", because="26, not 24", by=listed.opened_by, **offer(rate=26))

    assert [(reply.version, reply.is_current) for reply in Reply.objects.order_by("version")] == [(1, False), (2, True)]


# -- the end


def test_found_answers_the_response_clock_and_the_referrer_without_a_name():  # LEI-01
    listed = ring_round(2)
    rings(listed, "can_help")

    actions.found(listed, by=listed.opened_by)

    listed.refresh_from_db()
    stopped = Clock.objects.of(listed.referral).get(kind="response")
    assert (listed.status, stopped.stop_reason) == ("found", "Ring-round: 1 provider can help")
    letter = Message.objects.get(template="ring-round-found")
    assert letter.subject == f"{listed.referral.initials} {listed.referral.reference}: found by phone"
    assert "Winifred" not in letter.subject + letter.body and "Okafor" not in letter.body
    assert Enquiry.objects.get().status == "closed"
    assert WorkItem.objects.get().next_step == "Compare the offers"


def test_found_needs_somebody_who_can_help():
    listed = ring_round(1)
    with pytest.raises(Refused, match="Nobody has said that they can help yet"):
        actions.found(listed, by=listed.opened_by)


def test_nobody_asks_the_referrer_what_may_flex_and_is_written_to_history():
    listed = ring_round(2)
    for _ in range(2):
        rings(listed, "cannot")

    actions.nobody(listed, may_flex="May the first visit be at half past nine?", by=listed.opened_by)

    assert Clock.objects.of(listed.referral).get(kind="response").stop_reason == "Nothing found: may this flex?"
    assert "May the first visit be at half past nine?" in Message.objects.get(template="ring-round-nobody").body
    assert Event.objects.get(verb="ringround.nobody").because == "2 rung, nobody can help"
    assert WorkItem.objects.get().waits_on == "referrer"


def test_nobody_is_not_said_while_some_have_not_been_rung():
    listed = ring_round(3)
    rings(listed, "cannot")

    with pytest.raises(Refused, match="2 providers have not been rung yet"):
        actions.nobody(listed, by=listed.opened_by)


def test_stopped_it_says_why_and_the_clock_runs_on():
    listed = ring_round(1)
    with pytest.raises(Refused, match="Enter why the ring-round is stopped"):
        actions.stop(listed, because="", by=listed.opened_by)

    actions.stop(listed, because="His daughter came", by=listed.opened_by)

    assert Clock.objects.of(listed.referral).running().filter(kind="response").exists()
    assert Event.objects.get(verb="ringround.stopped").because == "His daughter came"


def test_nobody_ends_it_while_somebody_else_is_on_the_phone(colleague):
    listed = ring_round(2)
    rings(listed, "can_help")
    actions.claim(listed, by=colleague)

    with pytest.raises(Refused, match="Priya Nair is ringing Agency .*: wait for what comes of it"):
        actions.found(listed, by=listed.opened_by)


def test_ended_nobody_rings_from_it():
    listed = ring_round(2)
    actions.stop(listed, because="Enough", by=listed.opened_by)

    with pytest.raises(Refused, match="ended this ring-round: stopped"):
        actions.claim(RingRound.objects.get(), by=listed.opened_by)


def test_after_nobody_it_can_be_rung_round_again():
    listed = ring_round(1)
    rings(listed, "cannot")
    actions.nobody(listed, by=listed.opened_by)

    again = actions.open_list(Referral.objects.get(), by=listed.opened_by)

    assert again != listed and again.enquiry.round == 2


def test_the_team_of_somebody_else_sees_no_list(stranger):
    ring_round(1)

    assert not RingRound.objects.visible_to(stranger).exists()
