"""A question that is answered with a file. What is not taken is said beside it, with everything else still typed."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from brokerage.errors import Refused
from brokerage.files.checking import check

TAKEN = ".pdf,.docx,.odt,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
WHICH = "A PDF, a Word document (.docx), an OpenDocument text, or a photo. Smaller than {megabytes} MB."


class UploadField(forms.FileField):
    """Its answer is a `Checked` file, or None."""

    widget = forms.FileInput

    def __init__(self, *, max_length=None, **kwargs):
        help_text = kwargs.pop("help_text", WHICH.format(megabytes=settings.LARGEST_FILE // 1024 // 1024))
        super().__init__(max_length=None, allow_empty_file=True, help_text=help_text, **kwargs)
        self.widget.attrs |= {"accept": TAKEN, "class": "govuk-file-upload"}

    def clean(self, data, initial=None):
        upload = super().clean(data, None)
        if not upload:
            return None
        try:
            return check(upload)
        except Refused as refusal:
            raise ValidationError(str(refusal).rstrip(".")) from None
