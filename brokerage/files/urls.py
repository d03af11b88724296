from django.urls import path

from brokerage.files import views

urlpatterns = [
    path("files/<str:name>/", views.TakeFile.as_view(), name="stored_file"),
    path("fetch/<str:token>/", views.FetchFile.as_view(), name="fetch_file"),
]
