from django.urls import path

from .closed_days import views as closed_days

urlpatterns = [
    path("closed-days/", closed_days.ClosedDays.as_view(), name="closed_days"),
    path("closed-days/add/", closed_days.AddClosure.as_view(), name="add_closure"),
    path("closed-days/add/check/", closed_days.CloseOn.as_view(), name="close_on"),
    path("closed-days/<int:pk>/remove/", closed_days.OpenAgain.as_view(), name="open_again"),
]
