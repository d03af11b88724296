"""Three kinds of page: a form that does something, a list, and a button."""

import inspect
from typing import ClassVar

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from brokerage.design import sending, versions
from brokerage.design.doors import Door
from brokerage.design.forms import GovukForm
from brokerage.design.lists import ListPage
from brokerage.errors import Refused

__all__ = ["ActionView", "ButtonView", "Deed", "Door", "ListPage"]


class Deed(Door, abstract=True):
    """Finds the subject, does the deed once, and says it is done."""

    done = ""
    goes_to = ""
    reason_not_to = None
    has_acted = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        rule = vars(cls).get("reason_not_to")
        if inspect.isfunction(rule) and next(iter(inspect.signature(rule).parameters)) != "self":
            cls.reason_not_to = staticmethod(rule)

    def get_queryset(self):
        """What this person may see of what can be acted on; None for a page that has no subject yet."""
        return None

    @cached_property
    def subject(self):
        rows = self.get_queryset()
        if rows is None:
            return None
        if reference := self.kwargs.get("reference"):
            return get_object_or_404(rows, reference=reference)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self, answers: dict):
        raise NotImplementedError

    def get_success_url(self) -> str:
        return str(self.goes_to) or self.subject.get_absolute_url()

    def get_done(self) -> str:
        return self.done

    def why_not(self) -> str | None:
        return self.reason_not_to(self.subject, self.request.user) if self.reason_not_to else None

    def post(self, request, *args, **kwargs):
        if address := sending.earlier(request, token=self._token):
            return self._on_to(address, self.done)
        return super().post(request, *args, **kwargs)

    def do_once(self, answers: dict):
        """Act and redirect; sent again, only redirect. Raises Refused with nothing done."""
        address = sending.once(self.request, lambda: self._do(answers), token=self._token)
        return self._on_to(address, self.get_done() if self.has_acted else self.done)

    def _on_to(self, address: str, said: str):
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(address)

    @property
    def _token(self) -> str:
        return self.kwargs.get("token", "")

    def _do(self, answers) -> str:
        versions.refuse_if_moved(self.subject, self.request.POST.get("read_version"))
        self.outcome = self.act(answers)
        self.has_acted = True
        return str(self.get_success_url())


class ActionView(Deed, FormView, abstract=True):
    """One form, one deed. What `act` refuses stands at the top of the form, with everything typed still there."""

    template_name = "layouts/form.html"
    form_class = GovukForm
    heading = ""
    caption = ""
    back = ""
    verbs: ClassVar[dict] = {}

    def get_heading(self) -> str:
        return self.heading

    def get_caption(self) -> str:
        return self.caption

    def get_back(self) -> str:
        url = getattr(self.subject, "get_absolute_url", None)
        return self.back or (url() if url else "")

    def form_valid(self, form):
        try:
            return self.do_once(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            self.__dict__.pop("subject", None)  # what the deed did to the row in memory did not happen
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status_code)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        asking = self.request.method in ("GET", "HEAD")
        return page | {
            "heading": self.get_heading(),
            "caption": self.get_caption(),
            "back": self.get_back(),
            "subject": self.subject,
            "reason_not_to": self.why_not() if asking else None,
            "form_key": sending.new_key(),
            "read_version": versions.version_of(self.subject),
        }


class Button(View):
    http_method_names: ClassVar[list[str]] = ["post", "options"]

    def post(self, request, *args, **kwargs):
        return self.do_once({})

    def http_method_not_allowed(self, request, *args, **kwargs):
        """Somebody who pressed the button with their session over signs in and arrives here; nothing was done."""
        answer = super().http_method_not_allowed(request, *args, **kwargs)
        page = render(request, "press_again.html", status=answer.status_code)
        page["Allow"] = answer["Allow"]
        return page


class ButtonView(Deed, Button, abstract=True):
    """A deed behind one button. GET is not answered; a refusal is a page of its own."""
