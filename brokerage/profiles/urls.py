from django.urls import path

from brokerage.profiles import views

urlpatterns = [
    path("profiles/", views.Profiles.as_view(), name="profiles"),
    path("profiles/<slug:name>/", views.TakeProfile.as_view(), name="take_profile"),
]
