from django.urls import path

from referrals.documents import views

urlpatterns = [
    path("referrals/<str:reference>/papers/", views.MyPapers.as_view(), name="referral_papers"),
    path("cases/<str:reference>/papers/", views.RecordPaper.as_view(), name="record_paper"),
    path("cases/<str:reference>/papers/ask/", views.AskForPapers.as_view(), name="ask_for_papers"),
    path("cases/<str:reference>/papers/remind/", views.Remind.as_view(), name="remind_of_papers"),
    path("cases/<str:reference>/papers/go-on/", views.StopWaiting.as_view(), name="stop_waiting_for_papers"),
    path(
        "cases/<str:reference>/papers/<int:paper>/with-provider/",
        views.WithProvider.as_view(),
        name="paper_with_provider",
    ),
]
