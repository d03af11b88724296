from django.urls import path

from placements.withdrawal import views

urlpatterns = [path("cases/<str:reference>/withdraw/", views.WithdrawCase.as_view(), name="withdraw_case")]
