"""On the files' own host nothing is answered but files: no page, no form, no session."""

from django.http import HttpResponseNotFound
from django.urls import reverse

from brokerage.files import handing_out


def files_host_alone(get_response):
    """Stands early, before anybody's session is looked at."""

    def middleware(request):
        host = handing_out.files_host()
        if host and request.get_host().lower() == host and not request.path.startswith(_address_of_files()):
            return HttpResponseNotFound("Nothing is here.", content_type="text/plain")
        return get_response(request)

    return middleware


def _address_of_files() -> str:
    return reverse("fetch_file", args=["-"]).removesuffix("-/")
