from allauth.account.views import LoginView
from django.conf import settings

from brokerage.design.doors import PUBLIC

from .models import User


class SignIn(LoginView):
    """allauth's own. In a demonstration it also says which accounts there are to try."""

    may = PUBLIC

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        if settings.DEMONSTRATION:
            page |= {
                "accounts_to_try": User.objects.active().exclude(pk__in=User.objects.invited()),
                "password_to_try": settings.DEMONSTRATION_PASSWORD,
            }
        return page
