"""A letter box for development: an SMTP server of our own, and pages that show what arrived.

Both exist only where DEV_MAILBOX is set, as bin/run does when it is given no EMAIL_URL.
"""
