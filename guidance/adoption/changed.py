"""Editions whose files changed after they were adopted: what is said when the server starts."""

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.signals import request_started
from django.db import DatabaseError, connections

from guidance.adoption.models import Adoption
from guidance.adoption.standing import Standing
from guidance.adoption.words import short
from guidance.rulebook import catalogue
from infoshare import clock

log = logging.getLogger(__name__)
FIRST_REQUEST = "guidance.adoption.changed"


def changed_editions() -> list[str]:
    """A sentence for each adopted copy that is not what ships today; one SQL statement."""
    counted = Counter(
        (one.edition.edition_id, one.edition_id)
        for standing in _every_standing()
        for one in standing.changed
    )
    return [_sentence(*found, count) for found, count in sorted(counted.items())]


def check_adopted_editions(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """A warning for each of them, where Django checks databases."""
    if "default" not in (databases or []):
        return []
    if Adoption._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return [
        checks.Warning(
            words,
            hint="Their information governance leads see it, and can adopt the changed edition.",
            id="guidance.W001",
        )
        for words in changed_editions()
    ]


def say_once_served() -> None:
    """Have a server say them in its log, as soon as it is asked for anything.

    Not before: a server starts while its database is away, and begins before its workers do.
    """
    request_started.connect(_say, dispatch_uid=FIRST_REQUEST)


def _say(**kwargs: Any) -> None:
    try:
        found = changed_editions()
    except DatabaseError:
        return  # not there yet: the next request asks again
    request_started.disconnect(dispatch_uid=FIRST_REQUEST)
    for words in found:
        log.warning(words)


def _every_standing() -> list[Standing]:
    adoptions = Adoption.objects.select_related("end", "edition").order_by("begins_on")
    held = [one for one in adoptions if not one.is_withdrawn]
    return [
        Standing(pk, "", clock.today(), tuple(one for one in held if one.organisation_id == pk))
        for pk in dict.fromkeys(one.organisation_id for one in held)
    ]


def _sentence(edition_id: str, digest: str, count: int) -> str:
    who = "1 organisation" if count == 1 else f"{count} organisations"
    shipped = catalogue.shipped().get(edition_id)
    now = f"ships now as {short(shipped.digest)}" if shipped else "does not ship any more"
    return (
        f"Edition {edition_id} was adopted by {who} as {short(digest)} and {now}. "
        "New decisions there go on with the adopted copy."
    )
