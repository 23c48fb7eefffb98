"""Ask for a run over an organisation's decisions."""

from django.db import transaction

from decisions.jobs import want_replay
from decisions.records.models import Record
from decisions.replay.models import Replay
from infoshare import clock
from infoshare.people.models import Organisation, User


@transaction.atomic
def ask_for_replay(*, organisation: Organisation, person: User) -> Replay:
    """The run that was asked for; the one that is not done yet, where there is one.

    Asking again also leaves its job again, should that have failed.
    """
    now = clock.now()
    sealed = Record.objects.filter(organisation=organisation, sealed_at__lte=now).count()
    run, _ = Replay.objects.get_or_create(
        organisation=organisation,
        done_at=None,
        defaults={"asked_by": person, "asked_at": now, "expected": sealed},
    )
    want_replay(run.pk)
    return run
