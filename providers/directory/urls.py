from django.urls import path

from providers.directory import views

urlpatterns = [
    path("", views.Services.as_view(), name="directory_list"),
    path("<int:pk>/", views.OneService.as_view(), name="directory_service"),
    path("<int:pk>/mailboxes/", views.CorrectMailboxes.as_view(), name="directory_mailboxes"),
    path("<int:pk>/suspend/", views.Suspend.as_view(), name="directory_suspend"),
    path("<int:pk>/lift/", views.Lift.as_view(), name="directory_lift"),
]
