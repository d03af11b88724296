"""For providers, under `sign/`: one link, no account.

The link ends with its token, so that what a mail program leaves behind it is read as part of the token and dropped.
"""

from django.urls import path, re_path

from placements.contracts import public_views as views
from placements.contracts.models import Original

urlpatterns = [
    path("<str:token>", views.ReadAndSign.as_view(), name="sign_agreement"),
    re_path(r"^(?P<token>[^/]+)/[^/A-Za-z0-9]*$", views.ReadAndSign.as_view(), name="sign_agreement_as_pasted"),
    path("<str:token>/code/", views.EnterCode.as_view(), name="sign_agreement_code"),
    path("<str:token>/code/again/", views.SendCodeAgain.as_view(), name="sign_agreement_code_again"),
    path("<str:token>/decline/", views.Decline.as_view(), name="sign_agreement_decline"),
    path("<str:token>/agreement.pdf", views.File.as_view(), name="sign_agreement_file"),
    path("<str:token>/signed.pdf", views.File.as_view(kind=Original.Kind.SIGNED), name="sign_agreement_signed_file"),
]
