"""For the council, under `agreements/`."""

from django.urls import path

from placements.contracts import views
from placements.contracts.models import Original

urlpatterns = [
    path("", views.Unsigned.as_view(), name="unsigned_services"),
    path("issue/<slug:number>/", views.IssueContract.as_view(), name="contract_issue"),  # a placement's number
    path("<slug:number>/", views.ContractPage.as_view(), name="contract_detail"),
    path("<slug:number>/sign/", views.SignForCouncil.as_view(), name="contract_sign"),
    path("<slug:number>/withdraw/", views.WithdrawContract.as_view(), name="contract_withdraw"),
    path("<slug:number>/send-again/", views.SendAgain.as_view(), name="contract_send_again"),
    path("<slug:number>/agreement.pdf", views.OriginalFile.as_view(), name="contract_file"),
    path(
        "<slug:number>/signed.pdf", views.OriginalFile.as_view(kind=Original.Kind.SIGNED), name="contract_signed_file"
    ),
]
