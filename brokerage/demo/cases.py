"""One case at each stage, each made by doing what people do: the same verbs, in the same order, with their letters."""

from datetime import date, time, timedelta
from decimal import Decimal

from brokerage.accounts.models import Team
from brokerage.clocks import clock
from brokerage.demo import invented
from brokerage.demo.times import Past, ago, working_day
from brokerage.links import codes
from placements.choosing import actions as choosing
from placements.contracts import actions as contracts
from placements.contracts import signing
from placements.models import Contract
from placements.panel import actions as panel
from placements.placing import actions as placing
from providers.enquiries import actions as enquiries
from providers.replies import actions as replies
from referrals.documents import actions as documents
from referrals.intake import about_the_person as people
from referrals.intake import actions as intake
from referrals.models import Pathway
from referrals.needs import actions as needs

MORNING_AND_EVENING = ((time(8), None, 45, 1), (time(19), None, 30, 1))
FOUR_A_DAY = (
    (time(7, 30), time(8, 30), 45, 1),
    (time(12, 30), None, 30, 1),
    (time(16, 30), None, 30, 1),
    (time(21), None, 30, 1),
)
TWO_CARERS = ((time(8), None, 60, 2), (time(20, 30), None, 45, 2))


class Story:
    """One person's case, told from the beginning; `past` says when."""

    def __init__(self, staff, person: invented.Somebody, pathway: str, past: Past):
        self.staff, self.person, self.past = staff, person, past
        self.pathway = Pathway.objects.in_force().get(code=pathway)
        self.referral = None
        self.today = clock.now().date()  # told outside the story, so truly today

    def drafted(
        self, *, by="coordinator", priority="routine", why="", papers=None, visits=MORNING_AND_EVENING, notice=10
    ):
        author = self.staff[by]
        with self.past.later(minutes=0):
            self.referral = referral = intake.open_draft(
                pathway=self.pathway, team=Team.objects.get(serves=self.pathway.serves), by=author
            )
            someone = self.person
            people.say_who(
                referral,
                by=author,
                first_names=someone.first_names,
                last_name=someone.last_name,
                born_on=date.fromisoformat(someone.born_on),
                record_id=someone.record_id,
                address=someone.address,
                postcode=someone.postcode,
                format=someone.format,
            )
            referral.refresh_from_db()
            name, relationship, phone = someone.contact
            people.say_main_contact(referral, by=author, name=name, relationship=relationship, phone=phone)
            people.say_how_decisions_are_made(referral, by=author, capacity="yes", name="", relationship="", phone="")
            needs.describe(
                referral,
                by=author,
                summary=someone.summary,
                bands=list(someone.bands),
                mobility=someone.mobility,
                tasks=list(someone.tasks),
                language=someone.language,
                equipment="None"
                if someone.mobility == "independent"
                else "Walking frame"
                if someone.mobility == "aid"
                else "Hoist and slings",
                health="None beyond what is above",
                behaviour="None",
                current_support="Family until now",
            )
            needs.set_outcomes(referral, by=author, words=list(someone.outcomes))
            if self.pathway.terms.timetable:
                for starts_at, window_ends_at, minutes, carers in visits:
                    needs.add_visits(
                        referral,
                        by=author,
                        weekdays=range(7),
                        starts_at=starts_at,
                        window_ends_at=window_ends_at,
                        minutes=minutes,
                        carers=carers,
                        tasks=list(someone.tasks),
                    )
            intake.say_when(
                referral,
                by=author,
                wanted_start_on=clock.now().date() + timedelta(days=notice),
                priority=priority,
                priority_reason=why,
                funding="council",
            )
            for kind in self.pathway.terms.papers if papers is None else papers:
                documents.record_paper(
                    referral,
                    by=author,
                    kind=kind,
                    dated_on=clock.now().date() - timedelta(days=4),
                    where=f"{someone.record_id}/{kind[:4]}",
                )
        return self

    def submitted(self, *, by="coordinator"):
        with self.past.later(minutes=12):
            self.referral = intake.submit(self.referral, by=self.staff[by])
        return self

    def started(self, *, by="broker"):
        self.broker = self.staff[by]
        with self.past.later(minutes=25):
            self.referral = intake.start_work(self.referral, by=self.broker)
        return self

    def search_agreed(self):
        with self.past.later(minutes=30):
            asked = panel.ask_to_search(
                self.referral,
                recommendation="Care at home can no longer keep this person safe. Nursing care is needed.",
                by=self.broker,
            )
        with self.past.later(hours=2):
            panel.approve(asked, by=self.staff["chair"], because="Agreed: a search within 25 miles")
        return self

    def asked(self):
        with self.past.later(minutes=40):
            enquiry = enquiries.begin(self.referral, by=self.broker)
            enquiries.write(enquiry, need_in_brief=self.person.brief, by=self.broker)
            self.enquiry = enquiries.send(enquiry, by=self.broker)
        return self

    def replied(self, *answers):
        """Answers in the order of distance; `None` leaves one silent."""
        asked = list(self.enquiry.invitations.order_by("miles", "pk"))
        for invitation, answer in zip(asked, answers, strict=False):
            if answer:
                with self.past.later(minutes=35):
                    replies.reply(invitation, by_name="Pat Lowe", by_role="Care manager", **answer)
        return self

    def closed(self):
        self.past.at = max(self.past.at, self.enquiry.closes_at)
        with self.past.later(minutes=1):
            self.enquiry = enquiries.close(self.enquiry, by=self.broker)
        return self

    def chosen(self, *, cheapest=False, because="Carers who can come at the times that suit"):
        offers = [option.reply for option in choosing.queries.options(self.referral, at=clock.now())]
        reply = offers[0] if cheapest else offers[-1]
        with self.past.later(minutes=50):
            choosing.record_choice(
                self.referral,
                reply=reply,
                chosen_by=f"The person, with their {self.person.contact[1]}",
                because=because,
                by=self.broker,
            )
        self.reply = reply
        return self

    def negotiated(self, *, ours, theirs):
        with self.past.later(minutes=15):
            choosing.propose_rate(
                self.reply, side="council", rate=Decimal(ours), words="What we pay for a room like it", by=self.broker
            )
        with self.past.later(minutes=45):
            choosing.agree_rate(
                self.reply, rate=Decimal(theirs), words="They came down for a long stay", by=self.broker
            )
            self.reply.refresh_from_db()
        return self

    def price_at_panel(self):
        with self.past.later(minutes=10):
            self.question = panel.ask_to_pay(
                self.referral,
                reply=self.reply,
                recommendation="It is the one home that can take them this week.",
                by=self.broker,
            )
        return self

    def arranged(self):
        with self.past.later(minutes=20):
            self.placement = placing.arrange(self.referral, start_on=self.today + timedelta(days=4), by=self.broker)
        return self

    def agreement_sent(self):
        with self.past.later(minutes=5):
            self.contract = contracts.issue(self.placement, by=self.broker)
        return self

    def signed_by_provider(self):
        with self.past.later(hours=1):
            paper = self._paper()
            intent = signing.ask_for_code(
                self.contract, name="Pat Lowe", role="Registered manager", agreement_hash=paper
            )
            refusal = signing.enter_code(self.contract, intent_id=intent.pk, typed=codes.digits_of(intent.code))
            if refusal:
                raise RuntimeError(refusal)
        return self

    def signed_by_council(self):
        with self.past.later(minutes=30):
            contracts.sign(Contract.objects.get(pk=self.contract.pk), agreement_hash=self._paper(), by=self.broker)
        return self

    def _paper(self):
        return self.contract.agreement.sha256


def offer(rate, *, days=8, kind="whole", **more):
    return {"kind": kind, "rate": Decimal(rate), "start_on": clock.now().date() + timedelta(days=days), **more}


def no(why, **more):
    return {"kind": "no", "why_not": why, **more}


def tell_all(staff):
    """Ten people, one at each stage."""
    edith, stanley, margaret, janina, desmond, irene, bernard, sheila, leonard, kathleen = invented.PEOPLE

    Story(staff, sheila, "home-care", ago(hours=3)).drafted(papers=["assessment"])
    Story(staff, edith, "home-care", ago(minutes=50)).drafted(notice=6).submitted()
    Story(staff, leonard, "home-care", ago(minutes=35)).drafted(
        by="coordinator2",
        priority="emergency",
        why="Alone in bed, no care since last night",
        papers=["funding_agreement", "pen_picture"],
        notice=0,
    ).submitted(by="coordinator2")
    Story(staff, stanley, "home-care", ago(hours=2)).drafted(
        by="coordinator2", priority="urgent", why="His wife cannot lift him", visits=TWO_CARERS
    ).submitted(by="coordinator2").started()
    Story(staff, janina, "home-care", working_day(1, time(14, 10))).drafted().submitted().started().asked().replied(
        offer("23.10", who_will_come="A small team, one speaks Polish")
    )
    Story(staff, desmond, "home-care", working_day(4, time(9, 20))).drafted(
        visits=FOUR_A_DAY
    ).submitted().started().asked().replied(
        offer("23.40", who_will_come="Four regular carers"),
        offer("22.80", kind="part", visits=list(range(0, 28, 2))),
        no("no_staff", would_say_yes_if="Mornings after half past nine"),
    ).closed()
    Story(staff, margaret, "nursing-home", ago(hours=4)).drafted().submitted().started(by="broker2")
    Story(staff, irene, "nursing-home", working_day(5, time(9, 40))).drafted().submitted().started(
        by="broker2"
    ).search_agreed().asked().replied(
        offer("985.00", days=20),
        offer("1140.00", days=3, who_will_come="A room with a window over the garden"),
        no("no_bed"),
    ).closed().chosen(because="A window seat, and near her sister").negotiated(
        ours="1000.00", theirs="1085.00"
    ).price_at_panel()
    Story(staff, kathleen, "home-care", working_day(6, time(9, 30))).drafted(
        visits=FOUR_A_DAY
    ).submitted().started().asked().replied(offer("23.40"), no("times")).closed().chosen().arranged().agreement_sent()
    Story(staff, bernard, "nursing-home", working_day(8, time(9, 15))).drafted().submitted().started(
        by="broker2"
    ).search_agreed().asked().replied(offer("985.00"), no("needs")).closed().chosen(
        because="Physiotherapy in the house"
    ).arranged().agreement_sent().signed_by_provider().signed_by_council()
