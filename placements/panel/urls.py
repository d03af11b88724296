from django.urls import path

from placements.panel import views

urlpatterns = [
    path("panel/", views.Agenda.as_view(), name="panel_agenda"),
    path("panel/<int:pk>/", views.RecordDecision.as_view(), name="panel_submission"),
    path("cases/<str:reference>/panel/search/", views.AskToSearch.as_view(), name="ask_to_search"),
    path("cases/<str:reference>/panel/price/", views.AskToPay.as_view(), name="ask_to_pay"),
]
