"""The link by which a new person sets their first password. It works once, for a day."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from infoshare import environment as env
from infoshare.people.models import User


def password_link(user: User, *, address: str) -> str:
    """The whole link, below the address at which InfoShare is served.

    It is signed with SECRET_KEY: without a lasting one no server would accept it, so then
    `ImproperlyConfigured` is raised.
    """
    if not settings.SECRET_KEY_IS_LASTING:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set here, so the server would not accept a link. Run this with the "
            "server's SECRET_KEY (or SECRET_KEY_FILE), or add --password to type a password."
        )
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
    return address.rstrip("/") + path


def own_address() -> str:
    """Where InfoShare is served, as far as the settings tell; "" when they do not."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if "*" not in origin:
            return str(origin)
    for host in settings.ALLOWED_HOSTS:
        if not host.startswith(("*", ".")):
            port = env.number("PORT", 8000, least=1, most=65535)
            return f"https://{host}" if settings.HTTPS else f"http://{host}:{port}"
    return ""
