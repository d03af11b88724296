"""Signing in (allauth's views, under our addresses and no others of theirs), and looking after accounts."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from . import password_views, sign_in_views, views
from .absence import views as absence

signing_in = [
    path("sign-in/", sign_in_views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/choose/<str:token>", password_views.ChoosePassword.as_view(), name="choose_password"),
    path("your-account/", second_factor.index, name="mfa_index"),
    path("second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "second-factor/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

looking_after_accounts = [
    path("accounts/", views.Accounts.as_view(), name="accounts"),
    path("accounts/invite/", views.Invite.as_view(), name="invite_account"),
    path("accounts/<int:pk>/", views.Account.as_view(), name="account"),
    path("accounts/<int:pk>/invite-again/", views.InviteAgain.as_view(), name="invite_account_again"),
    path("accounts/<int:pk>/roles/", views.ChangeRoles.as_view(), name="change_account_roles"),
    path("accounts/<int:pk>/details/", views.CorrectDetails.as_view(), name="correct_account"),
    path("accounts/<int:pk>/end/", views.EndAccount.as_view(), name="end_account"),
    path("accounts/<int:pk>/bring-back/", views.BringBack.as_view(), name="bring_back_account"),
    path("accounts/<int:pk>/second-factor/", views.ForgetSecondFactor.as_view(), name="forget_second_factor"),
]

away = [
    path("absences/", absence.Absences.as_view(), name="absences"),
    path("absences/add/", absence.AddAbsence.as_view(), name="add_absence"),
    path("absences/<int:pk>/end/", absence.EndAbsence.as_view(), name="end_absence"),
]

urlpatterns = signing_in + looking_after_accounts + away
