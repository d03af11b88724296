from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.home.queue.selection import Selection
from brokerage.home.queue.words import in_words
from brokerage.home.readers import CASE_READERS
from brokerage.home.saved import actions, rules
from brokerage.home.saved.forms import ViewForm
from brokerage.home.saved.models import Landing, SavedView


class Views(Door, TemplateView):
    """The views somebody has, and what can be done to each."""

    may = CASE_READERS
    deed = "keep views of the queue"
    template_name = "home/queue/views.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        views = list(SavedView.objects.visible_to(user).select_related("team", "owner"))
        landing = Landing.objects.filter(user=user).values_list("view_id", flat=True).first()
        for view in views:
            view.is_landing = view.pk == landing
            view.reason_not_to_change = rules.reason_not_to_change(view, user)
            view.in_words = in_words(Selection.of_address(view.query, user))
        return super().get_context_data(**kwargs) | {"views": views}


class WithForm(ActionView, abstract=True):
    may = CASE_READERS
    deed = "keep views of the queue"
    form_class = ViewForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class SaveView(WithForm):
    """Names what is on the screen now."""

    heading = "Save this view"
    template_name = "home/queue/save_view.html"

    @property
    def selection(self):
        return Selection.asked(self.request.GET, self.request.user)

    def get_back(self):
        return f"{reverse('queue')}?{self.selection.address}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"in_words": in_words(self.selection)}

    def act(self, answers):
        return actions.save(self.selection.address, by=self.request.user, **answers)

    def get_success_url(self):
        return self.outcome.get_absolute_url()

    def get_done(self):
        return f"Saved as “{self.outcome}”" if self.has_acted else "Saved"


class OnAView:
    may = CASE_READERS
    deed = "keep views of the queue"
    goes_to = reverse_lazy("saved_views")

    def get_queryset(self):
        return SavedView.objects.visible_to(self.request.user).select_related("team")


class ChangeView(OnAView, WithForm):
    heading = "Change a view"
    done = "View changed"
    back = reverse_lazy("saved_views")
    reason_not_to = rules.reason_not_to_change

    def get_initial(self):
        return {"name": self.subject.name, "team": self.subject.team_id}

    def act(self, answers):
        actions.change(self.subject, by=self.request.user, **answers)


class DeleteView(OnAView, ButtonView):
    done = "View deleted"

    def act(self, answers):
        actions.delete(self.subject, by=self.request.user)


class StartWith(OnAView, ButtonView):
    def act(self, answers):
        actions.start_with(self.subject, by=self.request.user)

    def get_done(self):
        return f"You will start with “{self.subject}”"


class StartAsUsual(OnAView, ButtonView):
    done = "You will start with your usual tab"

    def act(self, answers):
        actions.start_as_usual(self.subject, by=self.request.user)
