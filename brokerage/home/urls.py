from django.urls import include, path

from brokerage.home import (
    access_views,
    answering_views,
    landing,
    search_views,
    signposting,
    urgency_views,
    views,
    waiting_views,
)

urlpatterns = [
    path("", landing.Home.as_view(), name="home"),
    path("nothing-yet/", landing.NothingYet.as_view(), name="nothing_yet"),
    path("cases/", include("brokerage.home.queue.urls")),
    path("search/", search_views.Search.as_view(), name="search"),
    path("cases/<str:reference>/", views.CaseFile.as_view(), name="casefile"),
    path("cases/<str:reference>/needs/", views.CaseNeeds.as_view(), name="case_needs"),
    path("cases/<str:reference>/history/", views.CaseHistory.as_view(), name="case_history"),
    path("cases/<str:reference>/openings/", access_views.CaseOpenings.as_view(), name="case_openings"),
    path("cases/<str:reference>/restrict/", access_views.Restrict.as_view(), name="restrict_case"),
    path("cases/<str:reference>/here/", access_views.StillHere.as_view(), name="still_here"),
    path("openings/", access_views.Openings.as_view(), name="openings"),
    path("restricted/", access_views.RestrictedCases.as_view(), name="restricted_cases"),
    path("restricted/<str:reference>/name/", access_views.NameAReader.as_view(), name="name_reader"),
    path("restricted/<str:reference>/lift/", access_views.LiftRestriction.as_view(), name="lift_restriction"),
    path(
        "restricted/<str:reference>/readers/<int:reader>/take-off/",
        access_views.TakeOffAReader.as_view(),
        name="take_off_reader",
    ),
    path("cases/<str:reference>/start/", views.StartWork.as_view(), name="start_work"),
    path("cases/<str:reference>/assign/", views.Assign.as_view(), name="assign"),
    path("cases/<str:reference>/answer/", answering_views.AnswerReferrer.as_view(), name="answer_referrer"),
    path("cases/<str:reference>/urgency/", urgency_views.ChangeUrgency.as_view(), name="change_urgency"),
    path("cases/<str:reference>/pause/", waiting_views.PauseClock.as_view(), name="pause_clock"),
    path("cases/<str:reference>/go-on/", waiting_views.GoOn.as_view(), name="go_on"),
    path("cases/<str:reference>/note/", views.AddNote.as_view(), name="add_note"),
    path("cases/<str:reference>/other-help/", signposting.TellOfHelp.as_view(), name="tell_of_help"),
]
