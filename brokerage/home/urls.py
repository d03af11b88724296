from django.urls import path

from brokerage.home import landing, queue_views, search_views, views

urlpatterns = [
    path("", landing.Home.as_view(), name="home"),
    path("nothing-yet/", landing.NothingYet.as_view(), name="nothing_yet"),
    path("cases/", queue_views.Queue.as_view(), name="queue"),
    path("search/", search_views.Search.as_view(), name="search"),
    path("cases/<str:reference>/", views.CaseFile.as_view(), name="casefile"),
    path("cases/<str:reference>/needs/", views.CaseNeeds.as_view(), name="case_needs"),
    path("cases/<str:reference>/history/", views.CaseHistory.as_view(), name="case_history"),
    path("cases/<str:reference>/start/", views.StartWork.as_view(), name="start_work"),
    path("cases/<str:reference>/assign/", views.Assign.as_view(), name="assign"),
    path("cases/<str:reference>/note/", views.AddNote.as_view(), name="add_note"),
    path("cases/<str:reference>/papers/", views.RecordPaper.as_view(), name="record_paper"),
]
