from django.urls import include, path

urlpatterns = [
    path("providers/", include("providers.directory.urls")),
    path("", include("providers.enquiries.urls")),
    path("", include("providers.ringround.urls")),
    path("", include("providers.reply_page.urls")),
]
