"""How allauth behaves here: nobody signs themselves up, and every letter goes through our own outbox."""

import base64
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from brokerage.council import settings as council
from brokerage.links.limits import client_address

from . import actions

WHAT_CHANGED = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_set": "A password was set.",
    "mfa/email/totp_activated": "A second factor (authenticator app) was added.",
    "mfa/email/totp_deactivated": "Your second factor (authenticator app) was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made. Earlier codes no longer work.",
}


class ClosedAdapter(DefaultAccountAdapter):
    """Administrators invite; there is no other way in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The e-mail address or password is not right",
        "enter_current_password": "Enter the password you have now",
        "incorrect_code": "Enter the code your authenticator app shows now",
        "incorrect_password": "The password is not right",
        "too_many_login_attempts": "There were too many failed attempts. Try again in 5 minutes",
        "rate_limited": "There were too many attempts. Try again in a minute",
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def is_reauthentication_required(self, *, app):
        """Before a second factor changes we check who it is, but not somebody who has just signed in."""
        return super().is_reauthentication_required(app=app) and not _signed_in_lately(self.request)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        actions.tell_account_changed(user, WHAT_CHANGED[template_prefix], address=email or user.email)

    def send_mail(self, template_prefix, email, context):
        raise NotImplementedError(f"Write {template_prefix} as a letter of our own before allauth sends it.")


def _signed_in_lately(request):
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors rest encrypted, under a key made from SECRET_KEY, so a copied table signs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "A second factor is required here, so it cannot be removed.",
        "incorrect_code": "Enter the code your authenticator app shows now",
    }

    def get_totp_issuer(self):
        return f"{council.current().name} {council.current().service_name}"

    def can_delete_authenticator(self, authenticator):
        return not settings.SECOND_FACTOR_REQUIRED

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _box().decrypt(encrypted_text.encode()).decode()


def _box():
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret):
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
