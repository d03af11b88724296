from django.urls import path

from referrals.publishing import draft_views, views

DRAFT = "pathways/<slug:code>/draft/"

urlpatterns = [
    path("pathways/", views.Pathways.as_view(), name="pathways"),
    path("pathways/<slug:code>/", views.PathwayPage.as_view(), name="pathway"),
    path("pathways/<slug:code>/versions/", views.PathwayVersions.as_view(), name="pathway_versions"),
    path("pathways/<slug:code>/versions/<int:number>/", views.PathwayVersion.as_view(), name="pathway_version"),
    path(
        "pathways/<slug:code>/versions/<int:number>/bring-back/", views.BringBack.as_view(), name="bring_back_pathway"
    ),
    path("pathways/<slug:code>/change/", views.BeginChange.as_view(), name="change_pathway"),
    path("pathways/<slug:code>/new/", views.NewPathway.as_view(), name="new_pathway"),
    path("pathways/<slug:code>/withdraw/", views.Withdraw.as_view(), name="withdraw_pathway"),
    path(DRAFT, draft_views.Draft.as_view(), name="pathway_draft"),
    path(f"{DRAFT}offered/", draft_views.Offered.as_view(), name="pathway_draft_offered"),
    path(f"{DRAFT}asked/", draft_views.Asked.as_view(), name="pathway_draft_asked"),
    path(f"{DRAFT}asked/hint/", draft_views.Hint.as_view(), name="pathway_draft_hint"),
    path(f"{DRAFT}pages/add/", draft_views.AddPage.as_view(), name="pathway_draft_add_page"),
    path(f"{DRAFT}pages/<slug:key>/change/", draft_views.ChangePage.as_view(), name="pathway_draft_page"),
    path(f"{DRAFT}pages/<slug:key>/ask/", draft_views.AddQuestion.as_view(), name="pathway_draft_add_question"),
    path(f"{DRAFT}pages/<slug:key>/remove/", draft_views.RemovePage.as_view(), name="pathway_draft_remove_page"),
    path(f"{DRAFT}pages/<slug:key>/move/<slug:way>/", draft_views.MovePage.as_view(), name="pathway_draft_move_page"),
    path(f"{DRAFT}questions/<slug:key>/", draft_views.ChangeQuestion.as_view(), name="pathway_draft_question"),
    path(
        f"{DRAFT}questions/<slug:key>/remove/",
        draft_views.RemoveQuestion.as_view(),
        name="pathway_draft_remove_question",
    ),
    path(
        f"{DRAFT}questions/<slug:key>/move/<slug:way>/",
        draft_views.MoveQuestion.as_view(),
        name="pathway_draft_move_question",
    ),
    path(f"{DRAFT}papers/", draft_views.Papers.as_view(), name="pathway_draft_papers"),
    path(f"{DRAFT}agreements/", draft_views.Agreements.as_view(), name="pathway_draft_agreements"),
    path(f"{DRAFT}agreements/waiver/", draft_views.AddWaiver.as_view(), name="pathway_draft_add_waiver"),
    path(
        f"{DRAFT}agreements/waiver/<int:number>/remove/",
        draft_views.RemoveWaiver.as_view(),
        name="pathway_draft_remove_waiver",
    ),
    path(f"{DRAFT}clocks/", draft_views.Clocks.as_view(), name="pathway_draft_clocks"),
    path(f"{DRAFT}rounds/", draft_views.Rounds.as_view(), name="pathway_draft_rounds"),
    path(f"{DRAFT}sheet/", draft_views.Sheet.as_view(), name="pathway_draft_sheet"),
    path(f"{DRAFT}guidance/", draft_views.Guidance.as_view(), name="pathway_draft_guidance"),
    path(f"{DRAFT}publish/", draft_views.Publish.as_view(), name="publish_pathway"),
    path(f"{DRAFT}discard/", draft_views.Discard.as_view(), name="discard_pathway_draft"),
]
