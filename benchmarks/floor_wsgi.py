"""The service's own settings, with only sessions and users above the floor's two pages."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brokerage.settings")
django.setup(set_prefix=False)
settings.ROOT_URLCONF = "benchmarks.floor"
settings.MIDDLEWARE = [  # put in place once the applications have found what they insist on
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
