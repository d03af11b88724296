from django import forms

from brokerage.design.forms import Field, GovukForm

WHO = {"name": "Enter your full name", "role": "Enter your role, like registered manager"}


class WhoField(forms.CharField):
    def __init__(self, label, which, **kwargs):
        super().__init__(label=label, max_length=120, error_messages={"required": WHO[which]}, **kwargs)


class SignForm(GovukForm):
    """Who will sign for the provider. The agreement's hash travels with it, so that what was read is what is signed."""

    submit_text = "Send a code to our registered mailbox"

    name = WhoField("Your full name", "name")
    role = WhoField("Your role", "role")
    agrees = forms.BooleanField(
        error_messages={"required": "Tick the box to say that you have read it and may sign it"}
    )
    agreement_hash = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, statement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = statement
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["role"].widget.attrs["autocomplete"] = "organization-title"


class CodeForm(GovukForm):
    submit_text = "Sign the agreement"

    code = forms.CharField(
        label="6-digit code",
        max_length=20,
        error_messages={"required": "Enter the 6-digit code"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    intent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def layout(self):
        return [Field.text("code", field_width=10), "intent"]


class DeclineForm(GovukForm):
    submit_text = "Decline the agreement"

    name = WhoField("Your full name", "name")
    role = WhoField("Your role", "role")
    because = forms.CharField(
        label="Why can you not sign it?",
        help_text="If something in it is wrong, say what. The council can send a corrected one.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter why you cannot sign it"},
    )


class CouncilSignForm(GovukForm):
    submit_text = "Sign and seal the agreement"

    agrees = forms.BooleanField(error_messages={"required": "Tick the box to say that you have checked the agreement"})
    agreement_hash = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, statement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = statement


class WithdrawForm(GovukForm):
    submit_text = "Withdraw the agreement"

    because = forms.CharField(
        label="Why is it withdrawn?",
        help_text="The provider is told only that it is withdrawn.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter why the agreement is withdrawn"},
    )


class IssueForm(GovukForm):
    submit_text = "Send it to the provider to sign"
