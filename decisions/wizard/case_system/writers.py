"""Writers of what case systems hand in: take a case, start from it, forget it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from decisions.wizard.beginning import Beginning, begin_decisions, begun
from decisions.wizard.case_system.models import CaseSystemKey, HandIn
from decisions.wizard.models import Draft
from infoshare import clock
from infoshare.people.models import Organisation
from infoshare.people.writers import one_line

OPEN_FOR = timedelta(minutes=15)
REMEMBERED_FOR = timedelta(days=30)
MOST_A_MINUTE = 60


class SentBefore(Exception):
    """A request with this nonce was taken already."""


class TooMany(Exception):
    """The key handed in too many cases within a minute."""


class Spent(Exception):
    """The case was used to start a decision, or its time has run out."""


@transaction.atomic
def make_key(*, organisation: Organisation, name: str) -> CaseSystemKey:
    """A new key for a case system of this organisation; raises `ValidationError` for its name."""
    name = one_line(name, "case system")
    return CaseSystemKey.objects.create(organisation=organisation, name=name)


@transaction.atomic
def end_key(*, key: CaseSystemKey) -> CaseSystemKey:
    """The key, ended now: nothing it signs is taken, and what it handed in cannot be used."""
    locked = CaseSystemKey.objects.select_for_update().get(pk=key.pk)
    if locked.ended_at is None:
        locked.ended_at = clock.now()
        locked.save(update_fields=["ended_at"])
        locked.hand_ins.filter(used_at=None).update(expires_at=locked.ended_at, context={})
    return locked


@transaction.atomic
def take_case(*, key: CaseSystemKey, nonce: str, context: dict[str, str]) -> tuple[str, HandIn]:
    """The token of the address that fills in this case once, and what was kept of it.

    Only the token's hash is kept. Raises `SentBefore` and `TooMany`.
    """
    forget_old_cases()
    now = clock.now()
    if key.hand_ins.filter(made_at__gt=now - timedelta(minutes=1)).count() >= MOST_A_MINUTE:
        raise TooMany
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            kept = HandIn.objects.create(
                key=key,
                organisation_id=key.organisation_id,
                nonce=nonce,
                token_hash=hash_of(token),
                context=context,
                made_at=now,
                expires_at=now + OPEN_FOR,
            )
    except IntegrityError:
        raise SentBefore from None
    return token, kept


@transaction.atomic
def begin_from(*, hand_in: HandIn, beginning: Beginning) -> Draft:
    """The first draft of the page that this case filled in; the case is forgotten.

    The same page sent again gives the same draft. Raises `Spent` when the case was used by
    another page, or its time has run out.
    """
    locked = HandIn.objects.select_for_update().get(pk=hand_in.pk)
    earlier = begun(beginning)
    if earlier:
        return earlier
    if not locked.is_open:
        raise Spent
    draft = begin_decisions(beginning)
    locked.used_at, locked.context = clock.now(), {}
    locked.save(update_fields=["used_at", "context"])
    return draft


@transaction.atomic
def forget_old_cases() -> int:
    """How many cases were emptied because their time has run out; very old rows go as well."""
    now = clock.now()
    HandIn.objects.filter(expires_at__lt=now - REMEMBERED_FOR).delete()
    return HandIn.objects.filter(expires_at__lte=now).exclude(context={}).update(context={})


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
