"""Where the world finds the page "Check a record" of this installation."""

from django.conf import settings
from django.urls import reverse


def check_page() -> str:
    """Its absolute address; "" when nobody has said at which address InfoShare is reached."""
    return f"{settings.ADDRESS}{reverse('decisions:check-record')}" if settings.ADDRESS else ""
