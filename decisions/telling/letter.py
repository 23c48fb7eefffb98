"""A digest as a mail: plain text with kinds, days and references of records, and no more."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from decisions.telling.listing import Row
from decisions.telling.models import Message, Rhythm
from infoshare.people.models import User

LINES = 50
STOP = "decisions.telling.stop"


def letter(person: User, rhythm: Rhythm, messages: Sequence[Message]) -> EmailMessage | None:
    """The mail about these messages; None when there are none."""
    if not messages:
        return None
    count = len(messages)
    context = {
        "person": person,
        "rhythm": rhythm,
        "rows": [Row(one) for one in messages[:LINES]],
        "more": count - LINES,
        "list_address": absolute(reverse("decisions:messages")),
        "settings_address": absolute(reverse("decisions:message-settings")),
        "stop_address": absolute(reverse("decisions:stop-mail", args=[stop_token(person)])),
    }
    return EmailMessage(
        subject=f"InfoShare: {'1 new message' if count == 1 else f'{count} new messages'}",
        body=render_to_string("decisions/telling/mail.txt", context),
        to=[person.email],
    )


def absolute(path: str) -> str:
    """The path with this installation's address before it; "" when nobody set that."""
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else ""


def stop_token(person: User) -> str:
    """What stands in the link by which this person stops their mails without signing in."""
    return signing.dumps(str(person.pk), salt=STOP)


def whose(token: str) -> User | None:
    """The person whose mails this link stops; None for a link that we did not make."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=STOP)).first()
    except signing.BadSignature:
        return None
