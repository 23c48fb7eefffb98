"""Do a run that was asked for, as a job, and keep how far it is."""

from uuid import UUID

from decisions.records.models import Record
from decisions.replay.models import Replay
from decisions.replay.reading import Found, run_again
from infoshare import clock


def do_replay(run_id: UUID) -> None:
    """Do the run, unless it is done. Two who do it at once come to the same."""
    run = Replay.objects.get(pk=run_id)
    if run.is_done:
        return
    records = Record.objects.filter(
        organisation_id=run.organisation_id, sealed_at__lte=run.asked_at
    )
    _keep(run, run_again(records, report=lambda found: _keep(run, found)), is_done=True)


def _keep(run: Replay, found: Found, *, is_done: bool = False) -> None:
    Replay.objects.filter(pk=run.pk, done_at=None).update(
        total=found.total,
        different=found.different,
        named=found.named,
        done_at=clock.now() if is_done else None,
    )
