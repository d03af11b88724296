from django.urls import path

from brokerage.home import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("nothing-yet/", views.NothingYet.as_view(), name="nothing_yet"),
    path("cases/", views.Queue.as_view(), name="queue"),
    path("search/", views.Search.as_view(), name="search"),
    path("cases/<str:reference>/", views.CaseFile.as_view(), name="casefile"),
    path("cases/<str:reference>/needs/", views.CaseNeeds.as_view(), name="case_needs"),
    path("cases/<str:reference>/history/", views.CaseHistory.as_view(), name="case_history"),
    path("cases/<str:reference>/start/", views.StartWork.as_view(), name="start_work"),
    path("cases/<str:reference>/assign/", views.Assign.as_view(), name="assign"),
    path("cases/<str:reference>/note/", views.AddNote.as_view(), name="add_note"),
    path("cases/<str:reference>/papers/", views.RecordPaper.as_view(), name="record_paper"),
]
