from django.urls import path

from referrals.signposts import views

urlpatterns = [
    path("signposts/", views.Signposts.as_view(), name="signposts"),
    path("signposts/add/", views.AddSignpost.as_view(), name="add_signpost"),
    path("signposts/<slug:code>/change/", views.ChangeSignpost.as_view(), name="change_signpost"),
    path("signposts/<slug:code>/turn/", views.TurnSignpost.as_view(), name="turn_signpost"),
]
