from django.urls import include, path

from referrals.intake import views

urlpatterns = [
    path("", include("referrals.documents.urls")),
    path("", include("referrals.asking.urls")),
    path("", include("referrals.intake.urls")),
    path("", include("referrals.publishing.urls")),
    path("", include("referrals.signposts.urls")),
    path("referrals/", views.MyReferrals.as_view(), name="my_referrals"),
    path("referrals/new/", views.NewReferral.as_view(), name="new_referral"),
    path("referrals/<str:reference>/", views.ReferralPage.as_view(), name="referral_tasks"),
    path("", include("referrals.intake.page_urls")),
    path("referrals/<str:reference>/submit/", views.Submit.as_view(), name="submit_referral"),
    path("referrals/<str:reference>/discard/", views.Discard.as_view(), name="discard_referral"),
]
