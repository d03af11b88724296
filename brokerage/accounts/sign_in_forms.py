"""allauth's own forms in our clothes and words. What they check and do is theirs."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from brokerage.design.forms import Field, Fluid, GovukForm

from . import actions

LONG_ENOUGH = "Use 12 characters or more. Three random words are easier to remember than one odd one"
WHERE_CODES_ARE = "The 6 digits your authenticator app shows now"


class Reworded:
    """Before GovukForm sees the fields: our labels and hints, and no placeholder, which vanishes as one types."""

    labels = {}
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(GovukForm, Reworded, account.LoginForm):
    submit_text = "Sign in"
    labels = {"login": "Email address", "password": "Password"}


class ForgottenPasswordForm(GovukForm, Reworded, account.ResetPasswordForm):
    submit_text = "Send me a link"
    labels = {"email": "Email address"}

    def save(self, request, **kwargs):
        """allauth would post a key of its own making; ours is derived, and stands in no letter that is kept."""
        for user in self.users:
            actions.send_forgotten_link(user)


class ChangePasswordForm(GovukForm, Reworded, account.ChangePasswordForm):
    submit_text = "Change password"
    labels = {"oldpassword": "Password you have now", "password1": "New password", "password2": "New password again"}
    hints = {"password1": LONG_ENOUGH}


class PasswordAgainForm(GovukForm, Reworded, account.ReauthenticateForm):
    labels = {"password": "Password"}


class CodeForm(GovukForm, Reworded, second_factor.AuthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": f"{WHERE_CODES_ARE}, or one of your recovery codes"}

    def layout(self):
        return [Field.text("code", field_width=Fluid.ONE_THIRD)]


class CodeAgainForm(GovukForm, Reworded, second_factor.ReauthenticateForm):
    labels = CodeForm.labels
    hints = CodeForm.hints

    def layout(self):
        return [Field.text("code", field_width=Fluid.ONE_THIRD)]


class SetUpSecondFactorForm(GovukForm, Reworded, totp.ActivateTOTPForm):
    labels = {"code": "Code"}
    hints = {"code": WHERE_CODES_ARE}

    def layout(self):
        return [Field.text("code", field_width=Fluid.ONE_THIRD)]


class ChoosePasswordForm(GovukForm):
    """For somebody who followed a link we sent them."""

    submit_text = "Save password"

    password = forms.CharField(
        label="Password",
        help_text=LONG_ENOUGH,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean_again(self):
        if self.cleaned_data.get("password") not in (None, self.cleaned_data["again"]):
            raise ValidationError("Enter the same password both times")
        return self.cleaned_data["again"]
