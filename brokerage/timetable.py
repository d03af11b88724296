"""What is done again and again, and when. The sweeper (`manage.py tick`) does it; beat rings for the same as a second."""

from brokerage.deadlines.rounds import DUTIES as CELLAR
from brokerage.deadlines.rounds import Duty
from brokerage.design.tasks import forget_sent_forms
from providers.tasks import close_due_enquiries

DUTIES = (
    *CELLAR,
    Duty("enquiries", close_due_enquiries, every=15),
    Duty("sent forms", forget_sent_forms, every=6 * 60 * 60),
)
