"""The list as a spreadsheet: streamed, a stretch at a time, and bounded."""

import csv

from django.http import StreamingHttpResponse

from brokerage.design.lists import harmless
from brokerage.design.wording import in_a_cell
from brokerage.home.queue import paging
from brokerage.home.queue.reading import COLUMNS, Screen, queries
from brokerage.home.queue.rows import DUE_FOR
from referrals.intake.models import Priority
from referrals.work.models import WaitsOn

AT_ONCE = 1000
AT_MOST = 20_000
HEADINGS = ("Due", "For", "Priority", "Case", "Initials", "Service", "Area", "Next step", "Waits on", "Since",
            "Received", "Broker")  # fmt: skip


class _Echo:
    """A file that hands back what is written."""

    def write(self, line):
        return line


def answer(screen: Screen) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_lines(screen), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return answer


def _lines(screen):
    sheet = csv.writer(_Echo())
    yield "\ufeff"  # so that Excel reads it as UTF-8
    yield sheet.writerow(HEADINGS)
    after, written = None, 0
    while written < AT_MOST:
        items = [each.values_list(*COLUMNS, named=True) for each in queries(screen.scope, screen.selection)]
        page = paging.read(items, order=screen.selection.order, size=AT_ONCE, after=after)
        for row in page.rows:
            yield sheet.writerow([harmless(cell) for cell in _cells(row)])
        written, after = written + len(page.rows), page.after
        if after is None:
            return
    yield sheet.writerow([f"These are the first {AT_MOST:,} cases of more. Filter the list to download the others."])


def _cells(row):
    return (
        in_a_cell(row.due_at),
        DUE_FOR.get(row.due_kind, ""),
        Priority(row.priority).label,
        row.reference,
        row.initials,
        row.service,
        row.area,
        row.next_step,
        WaitsOn(row.waits_on).label,
        in_a_cell(row.waits_since),
        in_a_cell(row.received_at),
        row.owner__full_name,
    )
