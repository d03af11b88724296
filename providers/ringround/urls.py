from django.urls import path

from providers.ringround import hand_over, views

urlpatterns = [
    path("cases/<str:reference>/ring-round/", views.Open.as_view(), name="ringround_open"),
    path("ring-rounds/<int:pk>/", views.Desk.as_view(), name="ringround_desk"),
    path("ring-rounds/<int:pk>/live/", views.Live.as_view(), name="ringround_live"),
    path("ring-rounds/<int:pk>/next/", views.Next.as_view(), name="ringround_next"),
    path("ring-rounds/<int:pk>/found/", views.Found.as_view(), name="ringround_found"),
    path("ring-rounds/<int:pk>/nobody/", views.Nobody.as_view(), name="ringround_nobody"),
    path("ring-rounds/<int:pk>/stop/", views.Stop.as_view(), name="ringround_stop"),
    path("ring-rounds/lines/<int:pk>/ring/", views.OutOfTurn.as_view(), name="ringround_out_of_turn"),
    path("ring-rounds/calls/<int:pk>/can-help/", views.CanHelp.as_view(), name="call_can_help"),
    path("ring-rounds/calls/<int:pk>/cannot/", views.Cannot.as_view(), name="call_cannot"),
    path("ring-rounds/calls/<int:pk>/no-answer/", views.NoAnswer.as_view(), name="call_no_answer"),
    path("ring-rounds/calls/<int:pk>/ring-back/", views.RingBack.as_view(), name="call_ring_back"),
    path("ring-rounds/calls/<int:pk>/wrong-number/", views.WrongNumber.as_view(), name="call_wrong_number"),
    path("ring-rounds/calls/<int:pk>/give-back/", views.GiveBack.as_view(), name="call_give_back"),
    path("ring-rounds/calls/<int:pk>/keep/", views.Keep.as_view(), name="call_keep"),
    path("ring-rounds/calls/<int:pk>/take-over/", views.TakeOver.as_view(), name="call_take_over"),
    path("ring-rounds/calls/<int:pk>/correct/", views.Correct.as_view(), name="call_correct"),
    path(
        "ring-rounds/calls/<int:pk>/correct/no-answer/",
        views.NoAnswerAfterAll.as_view(),
        name="call_no_answer_after_all",
    ),
    path(
        "ring-rounds/calls/<int:pk>/correct/wrong-number/",
        views.WrongNumberAfterAll.as_view(),
        name="call_wrong_number_after_all",
    ),
    path("hand-over/", hand_over.Sheet.as_view(), name="hand_over"),
    path("hand-over/pdf/", hand_over.AsPdf.as_view(), name="hand_over_pdf"),
]
