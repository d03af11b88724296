"""The map of the whole service, in journey order."""

from django.conf import settings
from django.urls import include, path

from brokerage.links.views import robots

handler500 = "brokerage.health.outage.server_error"

urlpatterns = [
    path("", include("brokerage.health.urls")),
    path("robots.txt", robots, name="robots"),
    path("", include("brokerage.design.urls")),
    path("", include("brokerage.accounts.urls")),
    path("", include("brokerage.notify.urls")),
    path("", include("brokerage.files.urls")),
    path("", include("brokerage.deadlines.urls")),
    path("", include("brokerage.home.urls")),
    path("", include("brokerage.administration.urls")),
    path("", include("brokerage.profiles.urls")),
    path("", include("brokerage.oncall.urls")),
    path("", include("referrals.urls")),
    path("", include("providers.urls")),
    path("", include("placements.urls")),
]

if settings.DEV_MAILBOX:
    urlpatterns.append(path("dev/mail/", include("brokerage.devmail.urls")))
