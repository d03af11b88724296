from django.urls import path

from . import views

urlpatterns = [
    path("letters/", views.FailedLetters.as_view(), name="letters"),
    path("letters/waiting/", views.WaitingLetters.as_view(), name="letters_waiting"),
    path("letters/sent/", views.SentLetters.as_view(), name="letters_sent"),
    path("letters/not-sent/", views.LettersNotSent.as_view(), name="letters_not_sent"),
    path("letters/<int:pk>/send-again/", views.SendAgain.as_view(), name="send_letter_again"),
]
