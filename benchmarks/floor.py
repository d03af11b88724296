"""The floor: the same rows with nothing of ours around them. A bare answer, and a page of 50 rows put together by hand."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.urls import path

ROWS = """
SELECT w.reference, w.initials, w.service, w.area, w.priority, w.waits_on, w.next_step, w.due_at, u.full_name
FROM referrals_workitem w LEFT JOIN accounts_user u ON u.id = w.owner_id
WHERE w.is_open AND w.team_id IN (SELECT team_id FROM accounts_membership WHERE user_id = %s)
ORDER BY w.team_id, w.due_key, w.id LIMIT 50
"""


def hello(request):
    return HttpResponse("Hello")


@login_required
def rows(request):
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [request.user.pk])
        lines = "".join(
            f'<tr class="govuk-table__row"><td>{reference} {initials}</td><td>{service}</td><td>{area}</td><td>{priority}</td>'
            f"<td>{waits_on}</td><td>{next_step}</td><td>{due_at and due_at.isoformat()}</td><td>{owner or ''}</td></tr>"
            for reference, initials, service, area, priority, waits_on, next_step, due_at, owner in cursor.fetchall()
        )
    return HttpResponse(f"<!doctype html><title>Cases</title><table>{lines}</table>")


urlpatterns = [path("hello/", hello), path("rows/", rows)]
