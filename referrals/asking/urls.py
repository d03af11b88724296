from django.urls import path

from referrals.asking import public_views, views

urlpatterns = [
    path("contact/", public_views.Contact.as_view(), name="contact"),
    path("contact/received/<str:receipt>/", public_views.Received.as_view(), name="contact_received"),
    path("calls/", views.Calls.as_view(), name="calls"),
    path("calls/new/", views.TakeDown.as_view(), name="take_down_call"),
    path("calls/<str:reference>/", views.CallPage.as_view(), name="call"),
    path("calls/<str:reference>/take/", views.Take.as_view(), name="take_call"),
    path("calls/<str:reference>/put-back/", views.PutBack.as_view(), name="put_call_back"),
    path("calls/<str:reference>/try/", views.LogAttempt.as_view(), name="log_attempt"),
    path("calls/<str:reference>/answer/", views.Answer.as_view(), name="answer_call"),
    path("calls/<str:reference>/refer/", views.OpenReferral.as_view(), name="refer_from_call"),
]
