from django.core.files.uploadedfile import SimpleUploadedFile

from brokerage.files import actions
from brokerage.files.tests import made


def an_upload(content=None, *, name="Care plan.pdf"):
    return SimpleUploadedFile(name, made.pdf() if content is None else content)


def keep_one(subject, *, by, content=None, name="Care plan.pdf"):
    return actions.keep(an_upload(content, name=name), by=by, purpose="paper", subject=subject)
