from django.urls import path

from placements.choosing import views

urlpatterns = [
    path("cases/<str:reference>/offers/", views.Offers.as_view(), name="offers"),
    path("cases/<str:reference>/offers/present/", views.PresentOptions.as_view(), name="present_options"),
    path("cases/<str:reference>/offers/choose/", views.RecordChoice.as_view(), name="record_choice"),
    path("offers/<int:pk>/negotiate/", views.Negotiate.as_view(), name="negotiate"),
]
