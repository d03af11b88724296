"""What is done again and again, and when. The sweeper (`manage.py tick`) does it; beat rings for the same as a second.

A sweep first closes the enquiries whose time is up: see `providers/apps.py`.
"""

from brokerage.deadlines.rounds import DUTIES as CELLAR
from brokerage.deadlines.rounds import Duty
from brokerage.design.tasks import forget_sent_forms
from brokerage.oncall.rounds import page
from referrals.documents.actions import write_due as chase_papers
from referrals.timing.closing_time import call_out_for_untouched

DUTIES = (
    *CELLAR,
    Duty("pages", page, every=5),
    Duty("untouched emergencies", call_out_for_untouched, every=60),
    Duty("papers", chase_papers, every=60),
    Duty("sent forms", forget_sent_forms, every=6 * 60 * 60),
)
