"""For providers, under `reply/`: one link, no account.

The link ends with its token, so that what a mail program leaves behind it is read as part of the token and dropped.
"""

from django.urls import path, re_path

from providers.reply_page import views

urlpatterns = [
    path("reply/taken-back/", views.TakenBack.as_view(), name="reply_taken_back"),
    path("reply/<str:token>", views.ReplyPage.as_view(), name="reply_page"),
    re_path(r"^reply/(?P<token>[^/]+)/[^/A-Za-z0-9]*$", views.ReplyPage.as_view(), name="reply_page_as_pasted"),
    path("reply/<str:token>/code/", views.EnterCode.as_view(), name="reply_code"),
    path("reply/<str:token>/code/again/", views.SendCodeAgain.as_view(), name="reply_code_again"),
    path("reply/<str:token>/not-us/", views.NotUs.as_view(), name="reply_not_us"),
    path("reply/<str:token>/<slug:kind>/", views.Answer.as_view(), name="reply_answer"),
]
