"""The sheet for whoever takes over at closing: what cannot wait, what was rung and said, what is promised, whom to call.

Initials and references only: it is printed, and lies on desks and kitchen tables.
"""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.views.generic import TemplateView, View

from brokerage.audit.recording import Deed, record_many
from brokerage.clocks import calendars, clock, saying
from brokerage.council import settings as council
from brokerage.design.views import Door
from brokerage.notify import numbers
from brokerage.oncall import queries as oncall
from brokerage.oncall.models import Alarm
from brokerage.paper.typesetting import typeset
from providers.ringround.models import Call, Outcome, RingRound
from providers.ringround.rules import READS
from referrals.intake.models import Priority, Referral
from referrals.timing.wording import without_name
from referrals.work.models import WorkItem

CANNOT_WAIT = (Priority.EMERGENCY, Priority.URGENT)
AT_MOST = 60


@dataclass
class Case:
    """One case as it is handed over, in plain words."""

    reference: str
    initials: str
    priority: str
    service: str
    area: str
    next_step: str
    due: str
    sentence: str
    waits_on: str
    rung: list[str] = field(default_factory=list)  # a line for each provider that was rung
    left: str = ""
    alarm: str = ""
    call: list[str] = field(default_factory=list)


@dataclass
class HandOver:
    at: object
    teams: list[str]
    on_call: list[str]
    cases: list[Case]
    left_out: int = 0


def hand_over(user, *, at) -> HandOver:
    """For one person: the open cases that they may see. The same number of queries for one case as for sixty."""
    open_work = (
        WorkItem.objects.open()
        .visible_to(user)
        .filter(priority__in=CANNOT_WAIT)
        .select_related("owner", "team", "referral__coordinator", "referral__person")
        .by_what_is_due_next()
    )
    rows, policy = list(open_work[: AT_MOST + 1]), calendars.policy()
    shown = sorted(rows[:AT_MOST], key=lambda row: row.priority != Priority.EMERGENCY)
    rounds = _rounds([row.referral_id for row in shown])
    alarms = {alarm.case: alarm for alarm in Alarm.objects.going().filter(case__in=[row.reference for row in shown])}
    teams = list(oncall.teams_of(user))
    cases = [_case(row, rounds.get(row.referral_id), alarms.get(row.reference), at=at, policy=policy) for row in shown]
    on_call = [line for team in teams for line in _on_call(team, at=at, policy=policy)]
    return HandOver(at, [team.name for team in teams], on_call, cases, left_out=max(0, len(rows) - AT_MOST))


def _rounds(referral_ids) -> dict[int, RingRound]:
    """The latest ring-round of each, with its lines and what came of them."""
    latest = RingRound.objects.filter(referral__in=referral_ids).order_by("referral_id", "-opened_at", "-pk")
    rounds = {each.referral_id: each for each in latest.distinct("referral_id").prefetch_related("lines")}
    calls = Call.objects.recorded().filter(line__ring_round__in=list(rounds.values()))
    for each in rounds.values():
        each.calls = []
    for call in calls.select_related("line", "recorded_by", "reply").order_by("began_at", "pk"):
        next(each for each in rounds.values() if each.pk == call.line.ring_round_id).calls.append(call)
    return rounds


def _case(row, ring_round, alarm, *, at, policy) -> Case:
    def moment(instant):
        return saying.short(instant, now=at, zone=policy.zone)

    return Case(
        reference=row.reference,
        initials=row.initials,
        priority=Priority(row.priority).label,
        service=row.service,
        area=row.area,
        next_step=row.next_step,
        due=moment(row.due_at) if row.due_at else "",
        sentence=row.due_sentence,
        waits_on=row.get_waits_on_display(),
        rung=[_rung(call, moment, row.referral.person) for call in ring_round.calls] if ring_round else [],
        left=_left(ring_round) if ring_round else "",
        alarm=f"Paged {alarm.rounds} times since {moment(alarm.raised_at)}: nobody has it yet" if alarm else "",
        call=_whom_to_call(row),
    )


def _rung(call, moment, person) -> str:
    said = f"{moment(call.began_at)} {call.line.service_name}, {call.line.phone}: {call.get_outcome_display().lower()}"
    if call.outcome == Outcome.RING_BACK:
        said += f" {moment(call.ring_back_at)}"
    if call.reply and call.reply.why_not:
        said += f", {call.reply.get_why_not_display().lower()}"
    who = ", ".join(part for part in (call.spoke_to, call.spoke_role) if part)
    return said + (f" ({who})" if who else "") + (f". {without_name(call.words, person)}" if call.words else "")


def _left(ring_round) -> str:
    if ring_round.status != "open":
        return f"Ring-round ended: {ring_round.ended_because}"
    unrung = [line for line in ring_round.lines.all() if line.tries == 0]
    if not unrung:
        return "Everybody on the list has been rung at least once."
    names = saying.listed([f"{line.service_name} {line.phone}" for line in unrung[:5]])
    return f"Not rung yet: {names}" + (f", and {len(unrung) - 5} more" if len(unrung) > 5 else "")


def _whom_to_call(row) -> list[str]:
    people = [("Broker", row.owner), ("Co-ordinator", row.referral.coordinator)]
    known = [f"{part}: {who.full_name} {who.phone}".strip() for part, who in people if who]
    return [*known, *([f"{row.team}: {row.team.duty_phone}"] if row.team.duty_phone else [])]


def _on_call(team, *, at, policy) -> list[str]:
    """Who answers for it until this time tomorrow."""
    shifts = oncall.next_on_call(team.pk, at=at)
    if not shifts:
        return [f"{team.name}: nobody is on the rota"]
    return [
        f"{team.name}: {shift.name} {numbers.readable(shift.mobile) if shift.mobile else shift.email}, "
        f"{shift.get_line_display().lower()}, {saying.short(shift.from_at, now=at, zone=policy.zone)} to "
        f"{saying.short(shift.until_at, now=at, zone=policy.zone)}"
        for shift in shifts
    ]


class Sheet(Door, TemplateView):
    """Opened, it is noted on every case it shows: somebody may have printed it."""

    may = READS
    deed = "read the hand-over"
    template_name = "providers/ringround/hand_over.html"

    def get_context_data(self, **kwargs):
        sheet = hand_over(self.request.user, at=clock.now())
        _note(sheet, by=self.request.user, how="opened")
        return super().get_context_data(**kwargs) | {"heading": "Hand-over for out of hours", "sheet": sheet}


class AsPdf(Door, View):
    may = READS
    deed = "print the hand-over"

    def get(self, request):
        sheet = hand_over(request.user, at=clock.now())
        _note(sheet, by=request.user, how="printed")
        answer = HttpResponse(
            typeset("providers/ringround/hand-over.typ", _as_words(sheet)), content_type="application/pdf"
        )
        answer["Content-Disposition"] = (
            f'inline; filename="hand-over-{calendars.policy().local(sheet.at):%Y-%m-%d-%H%M}.pdf"'
        )
        return answer


def _note(sheet: HandOver, *, by, how: str):
    """On each case, so that its history says who took it out of the building."""
    shown = Referral.objects.filter(reference__in=[case.reference for case in sheet.cases])
    record_many([Deed("hand_over." + how, case, f"The hand-over sheet was {how}") for case in shown], by=by)


def _as_words(sheet: HandOver) -> dict:
    policy = calendars.policy()
    at = policy.local(sheet.at)
    return {
        "title": "Hand-over for out of hours",
        "council": council.current().name,
        "dated_on": at.date().isoformat(),
        "at": f"{saying.full_day(at.date(), year=True)}, {at:%H:%M}",
        "teams": saying.listed(sheet.teams),
        "on_call": sheet.on_call,
        "left_out": sheet.left_out,
        "cases": [
            {
                "heading": f"{case.priority}: {case.initials} {case.reference}, {case.service}{' in ' + case.area if case.area else ''}",
                "next": f"{case.next_step} (waits on {case.waits_on.lower()})",
                "due": f"Due {case.due}. {case.sentence}" if case.due else "",
                "alarm": case.alarm,
                "rung": case.rung,
                "left": case.left,
                "call": case.call,
            }
            for case in sheet.cases
        ],
    }
