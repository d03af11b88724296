"""Ways in beside the short pages: by phone, from an earlier referral, joined to one that came before."""

from django.urls import path

from referrals.intake import following_views, joining_views, phoning_views, views

urlpatterns = [
    path("referrals/by-phone/", phoning_views.PhoneIn.as_view(), name="phone_in"),
    path("referrals/<str:reference>/paperwork/", phoning_views.Paperwork.as_view(), name="referral_paperwork"),
    path(
        "referrals/<str:reference>/paperwork/finish/", phoning_views.FinishPaperwork.as_view(), name="finish_paperwork"
    ),
    path("referrals/<str:reference>/copy/", following_views.Copy.as_view(), name="copy_referral"),
    path("referrals/<str:reference>/refer-on/", following_views.ReferOn.as_view(), name="refer_on"),
    path(
        "referrals/<str:reference>/checked/<str:page>/", following_views.ConfirmCopied.as_view(), name="confirm_copied"
    ),
    path("referrals/<str:reference>/alike/", joining_views.AlikeToDraft.as_view(), name="alike_to_draft"),
    path("referrals/<str:reference>/alike/<str:other>/", joining_views.CompareDraft.as_view(), name="compare_draft"),
    path("referrals/<str:reference>/write/", views.WriteMessage.as_view(), name="write_to_broker"),
    path("cases/<str:reference>/alike/", joining_views.AlikeToCase.as_view(), name="alike_to_case"),
    path("cases/<str:reference>/alike/<str:other>/", joining_views.CompareCases.as_view(), name="compare_cases"),
]
