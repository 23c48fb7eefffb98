"""The application that gunicorn serves. It refuses to serve without a lasting secret."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def serve() -> WSGIHandler:
    """The WSGI application; raises `ImproperlyConfigured` when a setting for serving is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    if not settings.SECRET_KEY_IS_LASTING:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: give 32 or more random characters, or SECRET_KEY_FILE"
        )
    if not settings.ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts to answer for")
    return get_wsgi_application()


application = serve()
