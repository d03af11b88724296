"""The rota: whose turn it is, the closed hours that nobody covers, and who may change it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import calendars, clock
from brokerage.clocks.policy import Policy
from brokerage.errors import NotAllowed, Refused
from brokerage.oncall import queries, rota, shifts
from brokerage.oncall.models import Shift
from brokerage.tests.factories import TeamFactory, UserFactory

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


def at(day, hour, minute=0):
    return calendars.policy().at(day, time(hour, minute))


@pytest.fixture
def friday():
    with clock.telling(FRIDAY):
        yield date(2026, 11, 27)


@pytest.fixture
def put_on(manager, team, friday):
    def put_on(days=0, hours=16, by=manager, **facts):
        said = {"name": "Ola Berg", "mobile": "07700 900102", "line": 1, "team": team}
        begins = at(friday + timedelta(days=days), 17)
        said |= {"from_at": begins, "until_at": begins + timedelta(hours=hours)}
        return shifts.put_on(by=by, **(said | facts))

    return put_on


# -- arithmetic


def test_closed_is_every_evening_and_the_whole_weekend():
    policy = Policy(time_zone="Europe/London")

    found = rota.closed(FRIDAY, FRIDAY + timedelta(days=4), policy)

    assert [(begin.isoformat()[:16], end.isoformat()[:16]) for begin, end in found] == [
        ("2026-11-27T17:00", "2026-11-30T09:00"),
        ("2026-11-30T17:00", "2026-12-01T09:00"),
    ]


def test_what_is_covered_is_taken_out_and_the_rest_is_left():
    def hour(count):
        return FRIDAY + timedelta(hours=count)

    left = rota.without([(hour(0), hour(10))], [(hour(2), hour(3)), (hour(9), hour(12)), (hour(-1), hour(1))])

    assert left == [(hour(1), hour(2)), (hour(3), hour(9))]


def test_a_week_on_is_the_same_time_by_the_clock_over_a_clock_change():
    policy = Policy(time_zone="Europe/London")
    before = policy.at(date(2026, 10, 21), time(17))

    assert policy.local(rota.a_week_on(before, policy)).time() == time(17)
    assert rota.a_week_on(before, policy) - before == timedelta(days=7, hours=1)


# -- who is on


@pytest.mark.django_db
def test_a_gap_is_every_closed_hour_that_no_first_line_covers(put_on, manager, friday):
    put_on(hours=16)  # until Saturday 09:00
    put_on(days=1, hours=48, line=2)  # a second line covers nothing

    [mine] = queries.fortnight(manager, at=clock.now())

    first = mine.days[1].gaps[0]
    assert (first[0], first[1]) == (at(friday + timedelta(days=1), 9), at(friday + timedelta(days=3), 9))
    assert len(mine.days) == 14 and mine.days[0].gaps == []


@pytest.mark.django_db
def test_somebody_with_an_account_is_reached_as_their_account_says(put_on):
    person = UserFactory(full_name="Priya Nair", broker=True, phone="07700 900105")

    shift = put_on(person=person, name="", mobile="")

    assert (shift.name, shift.mobile, shift.email) == ("Priya Nair", "+447700900105", person.email)


@pytest.mark.django_db
def test_two_on_one_line_at_once_are_refused_and_a_second_line_is_not(put_on):
    put_on()
    with pytest.raises(
        Refused, match="Ola Berg is already on the first line from today 17:00 to tomorrow 09:00: put them"
    ):
        put_on(name="Sam Tully")

    assert put_on(name="Sam Tully", line=2).line == 2


@pytest.mark.django_db
def test_the_database_too_keeps_one_on_a_line(put_on):
    shift = put_on()
    shift.pk = None
    with pytest.raises(IntegrityError, match="oncall_one_on_a_line"), transaction.atomic():
        shift.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"mobile": "01632 960101"}, "Enter a mobile number"),
        ({"mobile": "", "email": ""}, "Enter a mobile number or an e-mail address"),
        ({"name": " "}, "Enter their name"),
        ({"until_at": FRIDAY}, "Enter an end that is after the start"),
        (
            {"from_at": FRIDAY - timedelta(days=3), "until_at": FRIDAY - timedelta(days=2)},
            "Enter times that have not passed",
        ),
        ({"hours": 24 * 15}, "Enter a shift of at most 14 days"),
    ],
)
def test_what_could_not_be_meant_is_refused_in_words(put_on, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        put_on(**facts)
    assert not Shift.objects.exists()


@pytest.mark.django_db
def test_a_broker_reads_the_rota_and_does_not_change_it(put_on, broker):
    with pytest.raises(NotAllowed, match="Only a duty broker, a team manager or an administrator"):
        put_on(by=broker)


@pytest.mark.django_db
def test_the_rota_of_another_team_is_theirs(put_on, administrator):
    childrens = TeamFactory(children=True)
    with pytest.raises(Refused, match="Select one of your own teams"):
        put_on(team=childrens)
    assert put_on(team=childrens, by=administrator)


@pytest.mark.django_db
def test_changed_and_taken_off_are_written_down(put_on, manager):
    shift = put_on()
    facts = {name: getattr(shift, name) for name in ("name", "mobile", "line", "team", "from_at", "until_at")}
    shifts.change(shift, by=manager, **facts | {"name": "Sam Tully"})
    shifts.take_off(shift, by=manager)

    assert not Shift.objects.exists()
    assert [event.verb for event in Event.objects.order_by("pk")] == ["rota.put_on", "rota.changed", "rota.taken_off"]
    assert "Ola Berg" in Event.objects.get(verb="rota.changed").because


@pytest.mark.django_db
def test_last_week_is_copied_and_whoever_is_on_already_stays(put_on, manager, friday):
    put_on()
    put_on(days=1, hours=24)
    put_on(days=7, name="Sam Tully")  # next Friday is taken
    monday = friday + timedelta(days=3)

    copied, left = shifts.copy_week(to=monday, by=manager)

    assert copied == 1 and "Sam Tully is already on the first line" in left[0]
    assert Shift.objects.filter(from_at=at(friday + timedelta(days=8), 17), name="Ola Berg").exists()


@pytest.mark.django_db
def test_with_nothing_to_copy_it_says_so(manager, friday):
    with pytest.raises(Refused, match="nothing to copy"):
        shifts.copy_week(to=friday + timedelta(days=3), by=manager)


# -- its pages


@pytest.mark.django_db
def test_the_page_shows_who_is_on_and_the_gaps(client, put_on, manager):
    put_on()
    client.force_login(manager)

    page = client.get(reverse("rota")).content.decode()

    assert "Ola Berg" in page and "Nobody" in page and "gaps in the next 14 days" in page


@pytest.mark.django_db
def test_a_gap_that_is_pressed_is_filled_in_and_saved(client, manager, friday):
    client.force_login(manager)
    begins, ends = at(friday, 17), at(friday + timedelta(days=3), 9)
    form = client.get(reverse("shift_put_on"), {"from": begins.isoformat(), "until": ends.isoformat()}).context["form"]
    assert (form.initial["from_on"], form.initial["until_time"]) == (friday, time(9))

    answers = {
        "name": "Sam Tully", "mobile": "07700 900106", "line": "1",
        "from_on_0": "27", "from_on_1": "11", "from_on_2": "2026", "from_time": "5pm",
        "until_on_0": "30", "until_on_1": "11", "until_on_2": "2026", "until_time": "9am",
    }  # fmt: skip
    assert client.post(reverse("shift_put_on"), answers).status_code == 302
    shift = Shift.objects.get()
    assert (shift.from_at, shift.until_at, shift.mobile) == (begins, ends, "+447700900106")


@pytest.mark.django_db
def test_a_refusal_stands_at_the_top_of_the_form_with_all_that_was_typed(client, put_on, manager, friday):
    put_on()
    client.force_login(manager)
    answers = {
        "name": "Sam Tully", "mobile": "07700 900106", "line": "1", "team": str(Shift.objects.get().team_id),
        "from_on_0": "27", "from_on_1": "11", "from_on_2": "2026", "from_time": "18:00",
        "until_on_0": "28", "until_on_1": "11", "until_on_2": "2026", "until_time": "9am",
    }  # fmt: skip

    answer = client.post(reverse("shift_put_on"), answers)

    assert answer.status_code == 409
    assert "Ola Berg is already on the first line" in answer.content.decode()
    assert "Sam Tully" in answer.content.decode()


@pytest.mark.django_db
def test_changing_taking_off_and_copying_through_the_pages(client, put_on, manager):
    shift = put_on()
    client.force_login(manager)
    assert b"Ola Berg" in client.get(reverse("shift_change", args=[shift.pk])).content
    assert client.post(reverse("rota_copy"), {"to": "2026-11-30"}).status_code == 302
    assert Shift.objects.count() == 2
    assert client.get(reverse("shift_take_off", args=[shift.pk])).status_code == 405
    assert client.post(reverse("shift_take_off", args=[shift.pk])).status_code == 302
    assert Shift.objects.count() == 1


@pytest.mark.django_db
def test_the_page_asks_as_often_for_a_full_rota_as_for_an_empty_one(client, put_on, manager):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(manager)
    client.get(reverse("rota"))
    with CaptureQueriesContext(connection) as empty:
        client.get(reverse("rota"))
    for days in range(10):
        put_on(days=days)
    with CaptureQueriesContext(connection) as full:
        client.get(reverse("rota"))

    assert len(full) == len(empty)


@pytest.mark.django_db
def test_another_teams_shift_is_a_404(client, put_on, stranger):
    shift = put_on()
    stranger.roles = ["team_manager"]
    stranger.save()
    client.force_login(stranger)

    assert client.get(reverse("shift_change", args=[shift.pk])).status_code == 404
