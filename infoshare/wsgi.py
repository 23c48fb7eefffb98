"""The application that gunicorn serves.

It refuses to serve without a lasting secret, or with a broken edition or library.
"""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from guidance.reading import shelf
from guidance.rulebook import catalogue


def serve() -> WSGIHandler:
    """The WSGI application.

    Raises `ImproperlyConfigured` when a setting for serving is missing or the guidance is broken.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    if not settings.SECRET_KEY_IS_LASTING:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: give 32 or more random characters, or SECRET_KEY_FILE"
        )
    if not settings.ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the hosts to answer for")
    # gunicorn runs no system checks, so these are repeated here.
    if faults := [*catalogue.faults(), *shelf.faults()]:
        raise ImproperlyConfigured("; ".join(str(fault) for fault in faults))
    application = get_wsgi_application()
    from guidance.adoption.changed import say_once_served

    say_once_served()
    return application


application = serve()
