"""A case as rows of every table that it stands in.

An open one is whole but for offers. Of an ended one there is what search, reports and its own page still read: the person,
the referral, its needs, its clocks and its history; its week and its papers went to the archive.
"""

from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction

from brokerage.audit.models import Event
from brokerage.clocks import pausing
from brokerage.deadlines.models import Clock, Escalation, Kind, Pause, Stage, StageName
from brokerage.demo.simulate import words
from brokerage.demo.simulate.cases import Case, Ticking
from brokerage.demo.simulate.copying import Table, begin
from brokerage.demo.simulate.moments import Moments
from brokerage.demo.simulate.names import RELATIONSHIPS
from brokerage.demo.simulate.people import name
from brokerage.numbers import SEQUENCES
from referrals.models import Agreement, Contact, Needs, Outcome, Paper, Person, Referral, Spell, Visit, WorkItem
from referrals.needs.models import Mobility

MORE_THAN_ENOUGH = 4  # clocks to a case, when ids are reserved
VISITS = (  # time of day, minutes, which mobility brings a second carer
    (("08:00", 45), ("19:00", 30)),
    (("08:00", 45),),
    (("07:30", 45), ("12:30", 30), ("16:30", 30), ("21:00", 30)),
    (("08:30", 30), ("12:30", 30), ("19:30", 30)),
)
TASKS = ("getting_up", "washing", "meals", "medication", "moving", "household", "bed")
_SAID = {
    StageName.DUE_SOON: "runs out soon",
    StageName.MISSED: "was missed",
    StageName.MISSED_FOR_LONG: "has been missed for long",
}


class Rows:
    def __init__(self, moments: Moments):
        self.moments = moments
        self.person = Table(
            Person, "id", "first_names", "last_name", "known_as", "born_on", "record_id", "nhs_number", "address", "postcode",
            "phone", "first_language", "format",
        )  # fmt: skip
        self.contact = Table(Contact, "person_id", "name", "relationship", "phone", "is_main")
        self.referral = Table(
            Referral, "id", "reference", "pathway_id", "person_id", "team_id", "status", "route", "referred_by_id", "coordinator_id",
            "broker_id", "priority", "priority_reason", "funding", "capacity", "wanted_start_on", "created_at", "received_at",
            "started_at", "started_by_id", "version", "changed_at", "changed_by_id",
        )  # fmt: skip
        self.needs = Table(
            Needs, "referral_id", "summary", "bands", "health", "behaviour", "mobility", "equipment", "tasks", "language",
            "current_support",
        )  # fmt: skip
        self.outcome = Table(Outcome, "referral_id", "position", "words")
        self.visit = Table(Visit, "referral_id", "weekday", "starts_at", "minutes", "carers", "tasks")
        self.paper = Table(Paper, "referral_id", "kind", "dated_on", "where", "recorded_at", "recorded_by_id")
        self.agreement = Table(Agreement, "referral_id", "kind", "status", "because", "created_at")
        self.spell = Table(Spell, "referral_id", "waits_on", "began_at", "ended_at")
        self.work = Table(
            WorkItem, "referral_id", "reference", "initials", "record_id", "service", "area", "priority", "team_id", "owner_id", "is_open",
            "waits_on", "waits_since", "next_step", "due_at", "due_kind", "due_sentence", "escalated_stage", "escalated_at", "received_at",
            "changed_at",
        )  # fmt: skip
        self.clock = Table(
            Clock, "id", "subject_label", "subject_id", "kind", "case", "initials", "priority", "team_id", "owner_id", "started_at",
            "started_by_id", "due_at", "sentence", "rule", "calendar", "paused_at", "stopped_at", "stopped_by_id", "stop_reason",
        )  # fmt: skip
        self.pause = Table(
            Pause, "clock_id", "waits_on", "whom", "because", "paused_at", "paused_by_id", "due_before", "left"
        )
        self.stage = Table(Stage, "id", "clock_id", "name", "due_at", "settled_at", "is_held")
        self.escalation = Table(Escalation, "clock_id", "stage_id", "escalated_at", "told")
        self.event = Table(
            Event, "at", "verb", "actor_kind", "actor_id", "actor_name", "subject_label", "subject_id", "case", "said", "because", "facts"
        )  # fmt: skip
        self.tables = [
            table for table in vars(self).values() if isinstance(table, Table)
        ]  # as they refer to each other
        self.made: dict[str, int] = {}

    def write(self, cases: list[tuple[Case, Random]]) -> None:
        """All of them, or none."""
        with transaction.atomic():
            begin()
            with connection.cursor() as cursor:
                people, referrals = (table.next_ids(cursor, len(cases)) for table in (self.person, self.referral))
                clocks = self.clock.next_ids(cursor, sum(len(made.clocks) for made, _ in cases))
                stages = self.stage.next_ids(
                    cursor, sum(len(each.due.stages) for made, _ in cases if made.is_open for each in made.clocks)
                )
                cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [SEQUENCES["R"], len(cases)])
                numbers = (number for (number,) in cursor.fetchall())
                for made, chance in cases:
                    self._add(made, chance, next(people), next(referrals), f"R{next(numbers):06d}", clocks, stages)
                for table in self.tables:
                    label = table.model._meta.verbose_name_plural
                    self.made[label] = self.made.get(label, 0) + table.copy(cursor.cursor)

    def _add(self, made: Case, chance: Random, person_id: int, pk: int, reference: str, clocks, stages) -> None:
        someone = made.person
        self._add_person(made, chance, person_id)
        begun_by = made.broker.pk if made.started_at else None
        changed_at = made.ended_at or max(made.waits_since, made.started_at or made.received_at)
        capacity = "yes" if chance.random() < 0.85 else "not_assessed"
        created_at = made.received_at - timedelta(minutes=chance.randrange(20, 2000))
        self.referral.add(
            pk, reference, made.pathway.pk, person_id, made.unit.team.pk, made.status, made.route, made.referrer.pk, made.referrer.pk,
            made.broker.pk if made.broker else None, made.priority, made.why, made.funding, capacity,
            made.received_at.date() + timedelta(days=chance.randrange(1, 15)), created_at, made.received_at, made.started_at, begun_by,
            2 if made.broker is None else 3, changed_at,
            (made.broker or made.referrer).pk,
        )  # fmt: skip
        self._add_needs(made, chance, pk)
        if made.is_open:
            self._add_papers(made, chance, pk, someone.record_id)
            if made.terms.agreement_to_search:
                because = f"{made.pathway.name}: panel agrees the search first"
                self.agreement.add(pk, "search", "needed", because, made.received_at)
        self._add_spells(made, pk)
        self._add_history(made, pk, reference)
        first, worst, worst_at = None, "", None
        for each in made.clocks:
            stage, when = self._add_clock(made, each, next(clocks), pk, reference, stages)
            if each.stopped_at is None and each.paused_at is None:
                first = each if first is None or each.due.due_at < first.due.due_at else first
                worst, worst_at = max((worst, worst_at), (stage, when), key=lambda one: one[0])
        self.work.add(
            pk, reference, someone.initials, someone.record_id, made.pathway.name, someone.postcode.partition(" ")[0], made.priority,
            made.unit.team.pk, made.broker.pk if made.broker else None, made.is_open, made.waits_on, made.waits_since, made.next_step,
            first.due.due_at if first else None, first.kind if first else "", first.due.sentence if first else "", worst, worst_at,
            made.received_at, changed_at,
        )  # fmt: skip

    def _add_person(self, made: Case, chance: Random, pk: int) -> None:
        who = made.person
        self.person.add(
            pk, who.first_names, who.last_name, who.known_as, who.born_on, who.record_id, who.nhs_number, who.address, who.postcode,
            who.phone, who.first_language, who.format,
        )  # fmt: skip
        if made.is_open and chance.random() < 0.8:
            first, last, *_ = name(chance)
            family = who.last_name if chance.random() < 0.6 else last
            self.contact.add(
                pk, f"{first} {family}", chance.choice(RELATIONSHIPS), f"01632 961{chance.randrange(1000):03d}", True
            )

    def _add_needs(self, made: Case, chance: Random, pk: int) -> None:
        known_as = made.person.known_as or made.person.first_names.split()[0]
        is_child = made.pathway.serves == "children"
        told = (
            (chance.choice(words.CHILDS),) if is_child else (chance.choice(words.HAPPENED), chance.choice(words.NEEDED))
        )
        mobility = chance.choice(Mobility.values)
        tasks = [task for task in TASKS if chance.random() < 0.5] or ["company"]
        bands = ["children"] if is_child else ["older_people"]
        if not is_child and chance.random() < 0.4:
            bands.append(chance.choice(("dementia", "physical_disability", "sensory_impairment", "palliative")))
        self.needs.add(
            pk, " ".join(told).format(name=known_as, relation=chance.choice(RELATIONSHIPS)), bands, chance.choice(words.HEALTH),
            chance.choice(words.BEHAVIOUR), mobility, words.EQUIPMENT[mobility], tasks, made.person.first_language,
            chance.choice(words.SUPPORT),
        )  # fmt: skip
        if not made.is_open:
            return
        for position, outcome in enumerate(chance.sample(words.OUTCOMES, chance.randrange(1, 4)), start=1):
            self.outcome.add(pk, position, outcome)
        if made.terms.timetable:
            for starts_at, minutes in chance.choice(VISITS):
                for weekday in range(7):
                    self.visit.add(pk, weekday, starts_at, minutes, 2 if mobility == "two" else 1, tasks[:3])

    def _add_papers(self, made: Case, chance: Random, pk: int, record_id: str) -> None:
        papers = list(made.terms.papers)
        if made.waits_on == "referrer" and papers:
            papers = papers[: chance.randrange(len(papers))]
        for kind in papers:
            dated_on = made.received_at.date() - timedelta(days=chance.randrange(1, 20))
            self.paper.add(pk, kind, dated_on, f"{record_id}/{kind[:4]}", made.received_at, made.referrer.pk)

    def _add_spells(self, made: Case, pk: int) -> None:
        if made.waits_since > made.received_at:
            self.spell.add(pk, "brokerage", made.received_at, made.waits_since)
        self.spell.add(pk, made.waits_on, made.waits_since, made.ended_at)

    def _add_clock(
        self, made: Case, each: Ticking, pk: int, referral_id: int, reference: str, stages
    ) -> tuple[str, datetime | None]:
        """With its stages; what came due while it ran was told, and stands in the history. Returns the worst of them."""
        due, worst, worst_at = each.due, "", None
        begun_by = made.referrer.pk if each.kind != Kind.OPTIONS else made.broker.pk
        self.clock.add(
            pk, "referrals.Referral", str(referral_id), each.kind, reference, made.person.initials, made.priority, made.unit.team.pk,
            made.broker.pk if made.broker else None, due.started_at, begun_by, due.due_at, due.sentence, due.rule, due.calendar,
            each.paused_at, each.stopped_at, made.broker.pk if each.stopped_at else None, each.because,
        )  # fmt: skip
        if not made.is_open:
            return worst, worst_at
        until = each.stopped_at or each.paused_at or self.moments.at
        for stage, at in due.stages:
            stage_id, is_told = next(stages), at <= until and at <= self.moments.at
            settled_at = at if is_told else each.stopped_at
            self.stage.add(stage_id, pk, stage, at, settled_at, settled_at is None and each.paused_at is not None)
            if is_told:
                worst, worst_at = max((worst, worst_at), (stage, at), key=lambda one: one[0])
                told = made.broker.full_name if stage == StageName.DUE_SOON and made.broker else made.unit.told
                self.escalation.add(pk, stage_id, at, told)
                said = f"The {Kind(each.kind).label.lower()} clock {_SAID[stage]}: told {told}"
                self._event(
                    at,
                    "clock.escalated",
                    None,
                    "deadlines.Clock",
                    pk,
                    reference,
                    said,
                    facts={"kind": each.kind, "stage": stage},
                )
        if each.paused_at:
            left = pausing.left(due.due_at, each.paused_at, self.moments.policy)
            because, whom = "Papers are missing", made.referrer.full_name
            self.pause.add(pk, made.waits_on, whom, because, each.paused_at, made.broker.pk, due.due_at, left)
            said = f"{Kind(each.kind).label} clock paused: we wait for {whom}"
            self._event(
                each.paused_at,
                "clock.paused",
                made.broker,
                "deadlines.Clock",
                pk,
                reference,
                said,
                because,
                {"waits_on": made.waits_on},
            )
        return worst, worst_at

    def _add_history(self, made: Case, pk: int, reference: str) -> None:
        service, label = made.pathway.name.lower(), "referrals.Referral"
        self._event(
            made.received_at, "referral.submitted", made.referrer, label, pk, reference, f"Referral for {service} received",
            made.clocks[-1].due.sentence if len(made.clocks) == 2 else "", {"papers_missing": []},
        )  # fmt: skip
        if made.started_at:
            self._event(
                made.started_at,
                "referral.started",
                made.broker,
                label,
                pk,
                reference,
                f"{made.broker.full_name} started work",
            )
        if made.ended_at:
            self._event(made.ended_at, f"referral.{made.status}", made.broker, label, pk, reference, made.ending)

    def _event(self, at, verb, by, label, pk, case, said, because="", facts=None) -> None:
        kind, actor_id, actor_name = ("user", by.pk, by.full_name) if by else ("system", None, "The service")
        self.event.add(at, verb, kind, actor_id, actor_name, label, str(pk), case, said, because, facts or {})
