"""Said at start-up, and by `check --deploy`, when the settings for files cannot work."""

from urllib.parse import urlparse

from django.conf import settings
from django.core.checks import Error, register


@register()
def files_have_a_host_of_their_own(app_configs, **kwargs):
    if not settings.FILES_URL:
        return []
    files, site = urlparse(settings.FILES_URL), urlparse(settings.SITE_URL)
    if files.scheme not in {"http", "https"} or not files.hostname or files.path:
        return [Error("FILES_URL must be like https://files.council.example, without a path.", id="files.E001")]
    if files.netloc.lower() == site.netloc.lower():
        return [Error("FILES_URL must be another host than SITE_URL's.", id="files.E002")]
    return []


@register()
def the_scanner_can_be_reached_at_all(app_configs, **kwargs):
    url = urlparse(settings.SCANNER_URL)
    if not settings.SCANNER_URL or (url.scheme == "tcp" and url.hostname) or (url.scheme == "unix" and url.path):
        return []
    return [Error("SCANNER_URL must be tcp://host:port or unix:///path/to/clamd.sock.", id="files.E003")]
