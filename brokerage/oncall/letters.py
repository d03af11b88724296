"""What those who are paged read: the reference and that it is an emergency. No name, and no initials on a phone's screen."""

from brokerage.notify.models import Channel, Message, State
from brokerage.notify.telling import Letter, tell_many

from .models import Alarm, How, Page


def page_all(alarm: Alarm, pages) -> None:
    tell_many([_page(alarm, page) for page in pages])


def stand_down(alarm: Alarm, *, but_not) -> None:
    """What has not gone yet does not go; those who were paged and do not have it hear who does."""
    pages = list(alarm.pages.all())
    ids = [str(page.pk) for page in pages]
    Message.objects.filter(about_label=Page._meta.label, about_id__in=ids, state=State.QUEUED).update(
        state=State.CANCELLED, last_error=f"{alarm.acknowledged_name} had it before this could be sent."
    )
    gone = Message.objects.filter(about_label=Page._meta.label, about_id__in=ids).exclude(state=State.CANCELLED)
    told = set(gone.values_list("about_id", flat=True))
    others = {
        (page.channel, page.address): page
        for page in pages
        if str(page.pk) in told
        and (alarm.acknowledged_how == How.LINK or page.name != alarm.acknowledged_name)  # a link may be in other hands
        and (but_not is None or page.user_id != but_not.pk)
    }
    tell_many([_stood_down(alarm, page) for page in others.values()])


def _page(alarm: Alarm, page: Page) -> Letter:
    template = "on-call-page-text" if page.channel == Channel.SMS else "on-call-page"
    facts = {"what": alarm.words, "reference": alarm.case, "team": alarm.team.name, "duty_phone": alarm.team.duty_phone}
    tier = page.get_tier_display().lower()
    return _letter(alarm, page, template, once=f"page:{page.pk}", link=page, **facts, tier=tier, round=alarm.rounds)


def _stood_down(alarm: Alarm, page: Page) -> Letter:
    once = f"stood-down:{alarm.pk}:{page.channel}:{page.address}"
    return _letter(alarm, page, "on-call-stand-down", once=once, reference=alarm.case, name=alarm.acknowledged_name)


def _letter(alarm: Alarm, page: Page, template: str, *, once: str, link=None, **context) -> Letter:
    return Letter(
        address=page.address,
        channel=page.channel,
        template=template,
        case=alarm.case,
        about=page,
        link=link,
        urgent=True,
        once_key=once[:200],
        context=context,
    )
