"""What somebody sees who follows a link to choose a password. They are not signed in, and need not be."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from brokerage.design.doors import PUBLIC
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.links.pages import link_page

from . import actions
from .models import PasswordLink
from .sign_in_forms import ChoosePasswordForm


@method_decorator([login_not_required, link_page, sensitive_post_parameters()], name="dispatch")
class ChoosePassword(FormView):
    """The answers hold a password, so nothing of them is kept to tell a second sending: the link works once anyway."""

    may = PUBLIC
    form_class = ChoosePasswordForm
    template_name = "accounts/choose_password.html"

    def dispatch(self, request, *args, **kwargs):
        try:
            self.link = links.find(PasswordLink, kwargs["token"])
        except (links.Replaced, links.Expired) as dead:
            return render(request, "accounts/password_link_dead.html", status=dead.status_code)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.link.user}

    def form_valid(self, form) -> HttpResponse:
        try:
            actions.choose_password(self.link, password=form.cleaned_data["password"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status_code)
        messages.success(self.request, "Password saved. Sign in with it now.")
        return redirect("account_login")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"heading": "Choose a password", "email": self.link.user.email}
