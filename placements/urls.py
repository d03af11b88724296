from django.urls import include, path

urlpatterns = [
    path("", include("placements.choosing.urls")),
    path("", include("placements.panel.urls")),
    path("", include("placements.placing.urls")),
    path("", include("placements.withdrawal.urls")),
    path("agreements/", include("placements.contracts.urls")),
    path("sign/", include("placements.contracts.public_urls")),
]
