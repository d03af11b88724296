from django.urls import path

from referrals.intake import views

urlpatterns = [
    path("referrals/", views.MyReferrals.as_view(), name="my_referrals"),
    path("referrals/new/", views.NewReferral.as_view(), name="new_referral"),
    path("referrals/<str:reference>/", views.ReferralPage.as_view(), name="referral_tasks"),
    path("referrals/<str:reference>/person/", views.PersonPage.as_view(), name="referral_person"),
    path("referrals/<str:reference>/contact/", views.ContactPage.as_view(), name="referral_contact"),
    path("referrals/<str:reference>/decisions/", views.DecisionsPage.as_view(), name="referral_decisions"),
    path("referrals/<str:reference>/needs/", views.NeedsPage.as_view(), name="referral_needs"),
    path("referrals/<str:reference>/outcomes/", views.OutcomesPage.as_view(), name="referral_outcomes"),
    path("referrals/<str:reference>/preferences/", views.PreferencesPage.as_view(), name="referral_preferences"),
    path("referrals/<str:reference>/visits/", views.TimetablePage.as_view(), name="referral_timetable"),
    path("referrals/<str:reference>/visits/<int:visit>/remove/", views.RemoveVisit.as_view(), name="remove_visit"),
    path("referrals/<str:reference>/papers/", views.PapersPage.as_view(), name="referral_papers"),
    path("referrals/<str:reference>/when/", views.WhenPage.as_view(), name="referral_when"),
    path("referrals/<str:reference>/submit/", views.Submit.as_view(), name="submit_referral"),
    path("referrals/<str:reference>/discard/", views.Discard.as_view(), name="discard_referral"),
]
