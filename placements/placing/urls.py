from django.urls import path

from placements.placing import views

urlpatterns = [
    path("cases/<str:reference>/arrange/", views.Arrange.as_view(), name="arrange"),
    path("placements/<str:number>/", views.PlacementPage.as_view(), name="placement_detail"),
]
