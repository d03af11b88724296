from django.urls import path

from brokerage.design.theme import theme

urlpatterns = [path("theme.css", theme, name="theme")]
