"""Gathers the features' nouns so that Django finds them."""

from providers.directory.models import *  # noqa: F403
from providers.enquiries.models import Clearance, Enquiry, Invitation  # noqa: F401
from providers.replies.models import Reply, ReplyIntent  # noqa: F401
from providers.ringround.models import Call, RingLine, RingRound  # noqa: F401
