from django.urls import path

from . import views

urlpatterns = [
    path("on-call/", views.Rota.as_view(), name="rota"),
    path("on-call/add/", views.PutOn.as_view(), name="shift_put_on"),
    path("on-call/copy/", views.CopyWeek.as_view(), name="rota_copy"),
    path("on-call/shifts/<int:pk>/", views.Change.as_view(), name="shift_change"),
    path("on-call/shifts/<int:pk>/take-off/", views.TakeOff.as_view(), name="shift_take_off"),
    path("on-call/alarms/<int:pk>/", views.AlarmPage.as_view(), name="alarm"),
    path("on-call/alarms/<int:pk>/mine/", views.Acknowledge.as_view(), name="alarm_acknowledge"),
    path("paged/<str:token>", views.AnswerPage.as_view(), name="oncall_page"),
]
