"""Included at /dev/mail/, and only where DEV_MAILBOX is set."""

from django.urls import path

from brokerage.devmail import views

app_name = "devmail"
urlpatterns = [
    path("", views.letter_list, name="letters"),
    path("<str:key>/", views.letter, name="letter"),
    path("<str:key>/attachments/<int:number>/", views.attachment, name="attachment"),
]
