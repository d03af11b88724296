"""Every opening of a case is written down; who is at it now can be seen by the others."""

from datetime import timedelta

from brokerage.clocks import clock
from referrals.access.models import Opening, Presence

HERE_FOR = timedelta(seconds=90)  # a page says it is still open every half minute
LATELY = timedelta(minutes=10)


def opened(referral, *, by, page: str) -> None:
    """Write down that somebody opened this page of the case, and that they are at it."""
    now = clock.now()
    Opening.objects.create(referral=referral, case=referral.reference, user=by, page=page, opened_at=now)
    still_here(referral, by=by)


def still_here(referral, *, by) -> None:
    Presence.objects.bulk_create(
        [Presence(referral=referral, user=by, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["referral", "user"],
        update_fields=["seen_at"],
    )


def close_by(referral, *, but) -> list[tuple[str, bool]]:
    """(name, whether they are at it this minute) of the others who were at the case within ten minutes."""
    now = clock.now()
    rows = Presence.objects.since(now - LATELY).filter(referral=referral).exclude(user=but).select_related("user")
    return [(row.user.full_name, row.seen_at >= now - HERE_FOR) for row in rows.order_by("-seen_at")]


class OpensCase:
    """A page of a case: each time it is shown, that is written down. Mix in before the view; name the `page`."""

    page: str

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        shown = request.method == "GET" and response.status_code == 200
        referral = self.opened_case() if shown else None
        if referral is not None and referral.received_at:  # a draft is nobody's but its writer's
            opened(referral, by=request.user, page=self.page)
        return response

    def opened_case(self):
        """The referral whose page this is."""
        return getattr(self.subject, "referral", self.subject)
