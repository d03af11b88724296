from django.conf import settings
from django.http import HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from brokerage.clocks import clock
from brokerage.design.views import Door
from brokerage.home.queue import around, counting, download, rows, words
from brokerage.home.queue.filters import CLOCK_STATES, ME, NOBODY
from brokerage.home.queue.reading import ROWS_A_PAGE, Screen
from brokerage.home.queue.selection import ORDERS
from brokerage.home.queue.tabs import TABS
from brokerage.home.readers import BROKERS, CASE_READERS
from referrals.intake.models import Priority
from referrals.intake.rules import HANDS_OUT_WORK
from referrals.work.models import WaitsOn

IN_THE_DRAWER = ("area", "owner", "received_from", "received_to")  # filters that are asked less often


class OfTheQueue(Door, View, abstract=True):
    may = CASE_READERS
    deed = "open the queue"

    @cached_property
    def screen(self) -> Screen:
        return Screen.asked(self.request.GET, self.request.user)

    def drawn_rows(self):
        user, page = self.request.user, self.screen.page
        return rows.draw(page.rows, away=self.screen.away, picks=user.has_role(*BROKERS, *HANDS_OUT_WORK))

    def tabs(self) -> list[dict]:
        counts = self.screen.counts
        return [
            {"key": tab.key, "label": tab.label, "count": counting.in_words(counts[tab.key])} for tab in TABS.values()
        ]


class Queue(OfTheQueue, TemplateView):
    """Brokers' home: what is due next at the top."""

    template_name = "home/queue/queue.html"

    def get(self, request, *args, **kwargs):
        if request.GET.get("download") == "csv":
            return download.answer(self.screen)
        if self.screen.after and not self.screen.page.rows:
            return redirect(f"{request.path}?{self.screen.selection.address}")  # what stood here has gone: begin again
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, screen = self.request.user, self.screen
        selection, stands = screen.selection, around.read(screen.scope)
        return super().get_context_data(**kwargs) | {
            "heading": "Cases",
            "selection": selection,
            "tabs": self.tabs(),
            "rows": self.drawn_rows(),
            "shown": len(screen.page.rows),
            "count": f"{counting.in_words(screen.count)} {'case' if screen.count == 1 else 'cases'}",
            "page": screen.page,
            "version": screen.version,
            "now": clock.now().isoformat(),
            "zone": settings.TIME_ZONE,
            "starts_here": not (screen.page.before or screen.after),
            "chips": words.chips(selection, stands.brokers),
            "drawer_is_open": any(name in selection.answers for name in IN_THE_DRAWER) or selection.not_meant,
            "priorities": Priority.choices,
            "clock_states": CLOCK_STATES.items(),
            "waits": WaitsOn.choices,
            "owners": [(ME, "Me"), (NOBODY, "Nobody yet"), *stands.brokers.items()],
            "orders": ORDERS.values(),
            "services": stands.services,
            "views": stands.views,
            "can_take": user.has_role(*BROKERS),
            "can_give": user.has_role(*HANDS_OUT_WORK),
            "rows_a_page": ROWS_A_PAGE,
        }


class Live(OfTheQueue):
    """Has anything on this screen changed? If not, an answer without a body."""

    def get(self, request):
        tag = f'"{self.screen.version}"'
        if request.headers.get("If-None-Match") == tag:
            answer = HttpResponseNotModified()
        else:
            counts = {tab["key"]: tab["count"] for tab in self.tabs()}
            answer = JsonResponse({"rows": self.drawn_rows(), "counts": counts})
        answer["ETag"] = tag
        return answer
