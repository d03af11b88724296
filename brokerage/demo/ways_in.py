"""Two people who ask to be rung, and a referral that a ward rang in: each as it comes, with its letters and clocks."""

from datetime import timedelta

from brokerage.accounts.models import Team
from brokerage.clocks import clock
from brokerage.demo.times import ago
from referrals.asking import actions as asking
from referrals.intake import phoning
from referrals.models import Pathway


def tell(staff):
    team = Team.objects.get(slug="adults")
    Team.objects.filter(pk=team.pk).update(takes_calls=True)
    team.refresh_from_db()
    _two_ask_to_be_rung(team, staff)
    _a_ward_rings(team, staff)


def _two_ask_to_be_rung(team, staff):
    with ago(minutes=70).later(minutes=0):
        first = asking.ask(
            team=team,
            for_whom="someone",
            relationship="father",
            about="Dad is 84 and lives alone in Marlham. He manages, but not the garden or the shopping. We would pay ourselves.",
            name="Hannah Whitlock",
            phone="01632 960811",
            email="hannah.whitlock@family.example",
            best_time="afternoon",
        ).call
    with ago(minutes=25).later(minutes=0):
        asking.take(first, by=staff["broker2"])
        asking.log_attempt(first, what="no_answer", words="Try after 4pm", by=staff["broker2"])
    with ago(minutes=15).later(minutes=0):
        asking.ask(
            team=team,
            for_whom="me",
            about="I would like to go to a lunch club, somewhere with a bus. I use a white stick.",
            name="Cyril Eastman",
            phone="01632 960812",
            best_time="any",
            format="large_print",
        )


def _a_ward_rings(team, staff):
    with ago(minutes=20).later(minutes=0):
        phoning.phone_in(
            pathway=Pathway.objects.in_force().get(code="home-care"),
            team=team,
            by=staff["duty"],
            person={
                "first_names": "Rosa",
                "last_name": "Pennington",
                "about_age": 79,
                "postcode": "ZX1 4RT",
                "record_id": "M400911",
            },
            summary="Home from hospital tomorrow after a broken wrist. Help to wash and dress in the morning and at night.",
            wanted_start_on=clock.now().date() + timedelta(days=1),
            priority="urgent",
            priority_reason="The ward needs the bed; nobody at home can help",
            route="hospital",
            caller={
                "contact_name": "Comfort Mensah",
                "organisation": "Ward 4, Marlham General",
                "contact_phone": "01632 960821",
                "contact_email": "ward4@hospital.example",
            },
            pen_picture="Lives alone in a flat with a lift. Left arm in plaster, steady on her feet, no memory trouble.",
            funding_agreed_by="Gareth Pugh, head of service",
        )
