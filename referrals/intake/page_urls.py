from django.urls import path

from referrals.intake import pages, play_pages, question_pages, timetable_page
from referrals.playscheme import views as schemes

urlpatterns = [
    path("referrals/<str:reference>/person/", pages.PersonPage.as_view(), name="referral_person"),
    path("referrals/<str:reference>/also-for/", question_pages.AlsoForPage.as_view(), name="referral_also_for"),
    path(
        "referrals/<str:reference>/also-for/<int:child>/remove/",
        question_pages.RemoveChild.as_view(),
        name="remove_child",
    ),
    path("referrals/<str:reference>/contact/", pages.ContactPage.as_view(), name="referral_contact"),
    path("referrals/<str:reference>/decisions/", pages.DecisionsPage.as_view(), name="referral_decisions"),
    path("referrals/<str:reference>/needs/", pages.NeedsPage.as_view(), name="referral_needs"),
    path("referrals/<str:reference>/outcomes/", pages.OutcomesPage.as_view(), name="referral_outcomes"),
    path("referrals/<str:reference>/preferences/", pages.PreferencesPage.as_view(), name="referral_preferences"),
    path("referrals/<str:reference>/visits/", timetable_page.TimetablePage.as_view(), name="referral_timetable"),
    path("referrals/<str:reference>/when/", pages.WhenPage.as_view(), name="referral_when"),
    path(
        "referrals/<str:reference>/questions/<slug:page>/",
        question_pages.QuestionsPage.as_view(),
        name="referral_questions",
    ),
    path("referrals/<str:reference>/approval/", question_pages.ApprovalPage.as_view(), name="referral_approval"),
    path("referrals/<str:reference>/play-scheme/", play_pages.PlaySchemePage.as_view(), name="referral_play_scheme"),
    path("referrals/<str:reference>/play-scheme/days/", play_pages.PlayDaysPage.as_view(), name="referral_play_days"),
    path("play-schemes/", schemes.Schemes.as_view(), name="play_schemes"),
    path("play-schemes/set/", schemes.SetScheme.as_view(), name="set_play_scheme"),
    path("cases/<str:reference>/play-scheme/annex/", play_pages.PlayAnnex.as_view(), name="play_annex"),
    path("cases/<str:reference>/play-scheme/annex.pdf", play_pages.PlayAnnexPaper.as_view(), name="play_annex_paper"),
]
