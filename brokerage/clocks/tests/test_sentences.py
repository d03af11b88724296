"""What a broker reads out."""

from datetime import date, time, timedelta

import pytest

from brokerage.clocks import bank_holidays
from brokerage.clocks.policy import Policy
from brokerage.clocks.working_time import promised, provider_reply, response, start_of_work, within_days

POLICY = Policy(bank_holidays=bank_holidays.in_year)


def at(written):
    return POLICY.at(date.fromisoformat(written[:10]), time.fromisoformat(written[11:]))


# AMB-01
@pytest.mark.parametrize(
    ("priority", "received", "sentence"),
    [
        (
            "routine",
            "2026-11-03 10:15",
            "Received Tuesday 3 November at 10:15, in the morning, so the answer is due by 17:00 the same working day."
            " Due Tuesday 3 November at 17:00.",
        ),
        (
            "routine",
            "2026-11-06 16:30",
            "Received Friday 6 November at 16:30, in the afternoon, so the answer is due by 12:30 the next working day."
            " Skips Saturday 7 and Sunday 8 November. Due Monday 9 November at 12:30.",
        ),
        (
            "routine",
            "2026-11-06 17:30",
            "Received Friday 6 November at 17:30, when we are closed, so it counts as received when we next open,"
            " Monday 9 November at 09:00. That is in the morning, so the answer is due by 17:00 the same working day."
            " Skips Saturday 7 and Sunday 8 November. Due Monday 9 November at 17:00.",
        ),
        (
            "routine",
            "2026-04-02 14:00",
            "Received Thursday 2 April at 14:00, in the afternoon, so the answer is due by 12:30 the next working day."
            " Skips Friday 3 April (Good Friday), Saturday 4, Sunday 5 April and Monday 6 April (Easter Monday)."
            " Due Tuesday 7 April at 12:30.",
        ),
        (
            "urgent",
            "2026-11-03 16:45",
            "Received Tuesday 3 November at 16:45, urgent, so the answer is due within half a working day"
            " (4 working hours), and never later than a routine one, which would be due first."
            " Due Wednesday 4 November at 12:30.",
        ),
        (
            "emergency",
            "2026-10-25 01:30",
            "Received Sunday 25 October at 01:30 BST, when we are closed, an emergency,"
            " so the answer is due within 1 hour by the clock. Due Sunday 25 October at 01:30 GMT.",
        ),
    ],
)
def test_a_response_says_what_came_when_which_rule_what_is_skipped_and_when_it_is_due(priority, received, sentence):
    assert response(priority, at(received), POLICY).sentence == sentence


def test_the_start_of_work_says_its_rule():
    assert start_of_work("routine", at("2026-11-06 16:30"), POLICY).sentence == (
        "Received Friday 6 November at 16:30, so work starts within 2 working hours."
        " Skips Saturday 7 and Sunday 8 November. Due Monday 9 November at 10:30."
    )


def test_a_provider_is_told_their_window():
    assert provider_reply("adults_one_working_day", at("2026-11-07 10:00"), POLICY).sentence == (
        "Sent Saturday 7 November at 10:00, when we are closed, so it counts from when we next open,"
        " Monday 9 November at 09:00. Replies are due one working day later, at the same time of day."
        " Skips Saturday 7 and Sunday 8 November. Due Tuesday 10 November at 09:00."
    )
    assert provider_reply("children_urgent", at("2026-11-03 10:00"), POLICY).sentence == (
        "Sent Tuesday 3 November at 10:00. Replies are due by 17:00 on the 2nd working day after sending."
        " Due Thursday 5 November at 17:00."
    )


def test_another_year_is_named():
    sentence = response("routine", at("2027-12-31 14:00"), POLICY).sentence

    assert "Monday 3 January (New Year’s Day, substitute day)" in sentence
    assert sentence.endswith("Due Tuesday 4 January 2028 at 12:30.")


def test_a_long_wait_is_summed_up():
    sentence = within_days(30, at("2026-11-30 10:00"), POLICY, rule="panel").sentence

    assert "on the 30th working day after" in sentence
    assert "Skips 15 days when we are closed, among them Friday 25 December (Christmas Day)" in sentence


def test_a_closure_day_is_named_as_the_council_named_it():
    policy = Policy(closures=((date(2026, 11, 4), "Staff day"),))

    assert "Skips Wednesday 4 November (Staff day)." in response("routine", at("2026-11-03 14:00"), policy).sentence


def test_out_of_hours_counted_as_afternoon_is_said_so():
    policy = Policy(out_of_hours="afternoon")

    assert response("routine", at("2026-11-07 10:00"), policy).sentence == (
        "Received Saturday 7 November at 10:00, when we are closed, which counts as the afternoon before,"
        " so the answer is due by 12:30 the next working day."
        " Skips Saturday 7 and Sunday 8 November. Due Monday 9 November at 12:30."
    )


def test_a_promise_is_kept_as_it_was_made():
    made = at("2026-11-03 10:00")
    deadline = promised(made + timedelta(hours=6), made, POLICY)

    assert deadline.due_at == at("2026-11-03 16:00")
    assert deadline.sentence == "Promised Tuesday 3 November at 10:00. Due Tuesday 3 November at 16:00."


def test_a_deadline_keeps_its_rule_its_calendar_and_what_it_counted_from():
    deadline = response("urgent", at("2026-11-03 10:00"), Policy(calendar="Monday to Friday"))

    assert deadline.rule == "response:urgent"
    assert deadline.calendar == "Monday to Friday"
    assert deadline.counted_from == at("2026-11-03 10:00")
