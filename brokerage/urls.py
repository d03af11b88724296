"""The map of the whole service, in journey order."""

from django.urls import include, path

urlpatterns = [
    path("", include("brokerage.design.urls")),
    path("", include("brokerage.accounts.urls")),
]
