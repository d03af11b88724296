from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

ROBOTS = "User-agent: *\nAllow: /contact/\nDisallow: /\n"


@login_not_required
@require_safe
def robots(request):
    """Nothing here is for search engines but the page that asks the council for help."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


robots.may = "public"
