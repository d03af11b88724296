"""What somebody does with an enquiry, from the first word to its end."""

from providers.enquiries.closing import close, close_due, withdraw
from providers.enquiries.drafting import begin, clear, leave_out, put_back, release, unclear, write
from providers.enquiries.sending import send

__all__ = [
    "begin",
    "clear",
    "close",
    "close_due",
    "leave_out",
    "put_back",
    "release",
    "send",
    "unclear",
    "withdraw",
    "write",
]
