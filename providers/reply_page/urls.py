"""One link, no account. It ends with its token, so that what a mail program leaves behind it is dropped with the token's scraps."""

from django.urls import path, re_path

from brokerage.links.pages import link_page
from providers.reply_page import views

urlpatterns = [
    path("reply/taken-back/", views.TakenBack.as_view(), name="reply_taken_back"),
    path("reply/<str:token>", link_page(views.ReplyPage.as_view()), name="reply_page"),
    re_path(r"^reply/(?P<token>[^/]+)/[^/A-Za-z0-9]*$", link_page(views.ReplyPage.as_view()), name="reply_page_as_pasted"),
    path("reply/<str:token>/not-us/", link_page(views.NotUs.as_view()), name="reply_not_us"),
    path("reply/<str:token>/<slug:kind>/", link_page(views.Answer.as_view()), name="reply_answer"),
]
