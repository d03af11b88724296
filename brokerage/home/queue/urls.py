from django.urls import path

from brokerage.home.giving import views as giving
from brokerage.home.queue import views
from brokerage.home.saved import views as saved

urlpatterns = [
    path("", views.Queue.as_view(), name="queue"),
    path("live/", views.Live.as_view(), name="queue_live"),
    path("take/", giving.TakeCases.as_view(), name="take_cases"),
    path("give/", giving.GiveCases.as_view(), name="give_cases"),
    path("give/to/", giving.ChooseBroker.as_view(), name="choose_broker"),
    path("views/", saved.Views.as_view(), name="saved_views"),
    path("views/save/", saved.SaveView.as_view(), name="save_view"),
    path("views/<int:pk>/", saved.ChangeView.as_view(), name="change_view"),
    path("views/<int:pk>/delete/", saved.DeleteView.as_view(), name="delete_view"),
    path("views/<int:pk>/start/", saved.StartWith.as_view(), name="start_with_view"),
    path("views/<int:pk>/as-usual/", saved.StartAsUsual.as_view(), name="start_as_usual"),
]
