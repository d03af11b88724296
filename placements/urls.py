from django.urls import include, path

urlpatterns = [
    path("", include("placements.choosing.urls")),
    path("", include("placements.panel.urls")),
    path("", include("placements.placing.urls")),
]
