from django.urls import include, path

from referrals.intake import pages, views

urlpatterns = [
    path("", include("referrals.documents.urls")),
    path("referrals/", views.MyReferrals.as_view(), name="my_referrals"),
    path("referrals/new/", views.NewReferral.as_view(), name="new_referral"),
    path("referrals/<str:reference>/", views.ReferralPage.as_view(), name="referral_tasks"),
    path("referrals/<str:reference>/person/", pages.PersonPage.as_view(), name="referral_person"),
    path("referrals/<str:reference>/contact/", pages.ContactPage.as_view(), name="referral_contact"),
    path("referrals/<str:reference>/decisions/", pages.DecisionsPage.as_view(), name="referral_decisions"),
    path("referrals/<str:reference>/needs/", pages.NeedsPage.as_view(), name="referral_needs"),
    path("referrals/<str:reference>/outcomes/", pages.OutcomesPage.as_view(), name="referral_outcomes"),
    path("referrals/<str:reference>/preferences/", pages.PreferencesPage.as_view(), name="referral_preferences"),
    path("referrals/<str:reference>/visits/", pages.TimetablePage.as_view(), name="referral_timetable"),
    path("referrals/<str:reference>/visits/<int:visit>/remove/", pages.RemoveVisit.as_view(), name="remove_visit"),
    path("referrals/<str:reference>/when/", pages.WhenPage.as_view(), name="referral_when"),
    path("referrals/<str:reference>/submit/", views.Submit.as_view(), name="submit_referral"),
    path("referrals/<str:reference>/discard/", views.Discard.as_view(), name="discard_referral"),
]
