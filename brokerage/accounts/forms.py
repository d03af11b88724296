from django import forms

from brokerage.design.forms import Field, GovukForm, Size

from .models import Role, Team

WHO = ["full_name", "email", "job_title", "phone"]


class DetailsForm(GovukForm):
    submit_text = "Save details"

    full_name = forms.CharField(label="Full name", max_length=150, error_messages={"required": "Enter their full name"})
    email = forms.EmailField(
        label="Email address",
        help_text="They sign in with it, and letters go to it",
        error_messages={"required": "Enter their email address"},
    )
    job_title = forms.CharField(label="Job title (optional)", max_length=100, required=False)
    phone = forms.CharField(
        label="Work phone number (optional)",
        help_text="Providers and colleagues are shown it",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RolesForm(GovukForm):
    submit_text = "Change roles"

    roles = forms.MultipleChoiceField(
        label="Roles",
        help_text="An administrator approves nothing, so cannot also be a manager, a head, a director or on panel",
        choices=Role,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one role"},
    )
    teams = forms.ModelMultipleChoiceField(
        label="Teams",
        help_text="They see these teams’ cases",
        queryset=Team.objects.open(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    because = forms.CharField(
        label="Why?",
        help_text="It stays in the history",
        widget=forms.Textarea,
        error_messages={"required": "Enter why their roles or teams change"},
    )

    def layout(self):
        return [
            Field.checkboxes("roles", legend_size=Size.SMALL),
            Field.checkboxes("teams", legend_size=Size.SMALL),
            *([Field.textarea("because", rows=3)] if "because" in self.fields else []),
        ]


class InviteForm(RolesForm, DetailsForm):
    submit_text = "Send invitation"
    because = None

    def layout(self):
        return [*WHO, *super().layout()]


class ReasonForm(GovukForm):
    because = forms.CharField(
        label="Why?",
        help_text="It stays in the history",
        widget=forms.Textarea,
        error_messages={"required": "Enter why"},
    )


class FindAccountsForm(GovukForm):
    submit_text = "Show"

    name = forms.CharField(label="Name or email address", required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "Any role"), *Role.choices], required=False)
    standing = forms.ChoiceField(
        label="Standing",
        choices=[("", "Everybody here"), ("invited", "Invited, no password yet"), ("left", "Left")],
        required=False,
    )
