"""Who is written to about a reply. None of these letters says what was offered: they are kept where staff read them."""

from django.conf import settings

from brokerage.council import settings as council
from brokerage.notify.telling import tell
from providers.enquiries.letters import when


def receipt(invitation, said):
    """To the registered mailbox, whoever held the link."""
    words = {"kind": said.get_kind_display(), "made": when(said.made_at), "by": who(said), "receipt": said.receipt}
    words["by_phone"] = said.entered_by_id is not None
    _to_provider(invitation, "reply-receipt", about=said, late=said.is_late, counts=said.is_current, **words)


def fresh_link(invitation, *, standing, is_late):
    """`standing` is the reply that counts now, if one does."""
    words = {"standing": who(standing), "made": when(standing.made_at)} if standing else {"standing": "", "made": ""}
    service = invitation.enquiry.sheet["service"]
    _to_provider(invitation, "enquiry-fresh-link", about=invitation, service=service, late=is_late, **words)


def code(invitation, answer, code):
    to = {"about": invitation, "link": None, "code": code}
    _to_provider(invitation, "reply-code", name=answer.by_name, role=answer.by_role, **to)


def disowned(invitation, said, *, standing):
    words = {"by": who(said), "counts": f"{who(standing)}, {when(standing.made_at)}" if standing else ""}
    _to_broker(
        invitation, "reply-disowned", about=said, urgent=True, placed=bool(invitation.enquiry.placed_at), **words
    )


def taken_back(invitation, said):
    """What a broker took down by mistake: whoever read the receipt reads that it counts no more."""
    _to_provider(invitation, "reply-taken-back", about=said, made=when(said.made_at), receipt=said.receipt)


def asks_for_call(invitation, said):
    _to_broker(invitation, "provider-asks-for-call", about=said, urgent=True, by=who(said), phone=said.phone)


def who(said) -> str:
    return f"{said.by_name}, {said.by_role}"


def _to_provider(invitation, template, *, about, **words):
    enquiry, ours = invitation.enquiry, council.current()
    tell(
        invitation.mailbox,
        template,
        case=enquiry.case_reference,
        about=about,
        audience="provider",
        number=enquiry.number,
        closes=when(enquiry.closes_at),
        council=ours.name,
        phone=ours.phone,
        **{"link": invitation, **words},
    )


def _to_broker(invitation, template, *, about, urgent, **words):
    enquiry = invitation.enquiry
    referral = enquiry.referral
    tell(
        referral.broker_address,
        template,
        case=enquiry.case_reference,
        about=about,
        urgent=urgent,
        initials=referral.initials,
        reference=enquiry.case_reference,
        number=enquiry.number,
        provider=invitation.service_name,
        page=f"{settings.SITE_URL}{enquiry.get_absolute_url()}",
        **words,
    )
