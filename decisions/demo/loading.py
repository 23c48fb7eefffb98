"""Put the demo into the database as its people would have, in order of time.

Each case is two transactions (its draft with all saves, then its seal), so a load that was cut
off leaves nothing half-written. The next one asks what is there and goes on after it.
"""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from decisions.demo import local_layer, presence, protocols, reading_cases, reviews
from decisions.demo.cases import Case, Looked, State
from decisions.demo.local_layer import write_layer
from decisions.demo.people import cast
from decisions.demo.presence import Presence
from decisions.demo.settling import Settled, settle
from decisions.demo.timeline import Happening, happenings, sittings
from decisions.kept_pdf.making import make_pdf
from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Record
from decisions.records.sealing import seal
from decisions.telling.due import tell_what_is_due
from decisions.telling.models import Message
from decisions.wizard.drafts import save_step, start_draft
from decisions.wizard.models import Draft
from decisions.wizard.urgent.writers import start_follow_up
from infoshare import clock
from infoshare.people.models import User

Report = Callable[[int, int], None]
"""Is told how many things are done, of how many."""

SETTLING_IN = timedelta(days=7)
READ_WITHIN = timedelta(days=14)


def load(today: date, report: Report) -> list[Happening]:
    """Write what is missing of the demo and give it back: nothing when all of it was there.

    Nothing is dated today or later, and what people did in the demo stays as it is.
    """
    cases = reading_cases.shipped()
    present = presence.find(cases)
    everything = happenings(cases, today, reviews.shipped())
    missing = [one for one in everything if not present.holds(one)]
    agreed = protocols.missing()
    if not missing and not agreed:
        return []
    with clock.set_to(everything[0].at - SETTLING_IN), transaction.atomic():
        settled = settle(cast())
        write_layer(local_layer.shipped(), settled.users)
        for protocol in agreed:
            protocols.enter(protocol, settled.users, today)
    for done, happening in enumerate(missing):
        report(done, len(missing))
        _write(happening, present, settled, today)
    _tell(today)
    report(len(missing), len(missing))
    return missing


def _write(happening: Happening, present: Presence, settled: Settled, today: date) -> None:
    case, reading = happening.case, happening.reading
    if reading is not None:
        with clock.set_to(happening.at):
            _look(present.records[case.id], settled.users[reading.by], reading.looked)
        return
    if happening.saying is not None:
        with clock.set_to(happening.at):
            reviews.say(happening.saying, present.records[case.id], settled.users)
        return
    if case.id not in present.drafts:
        record = present.records[case.after.id] if case.after else None
        present.drafts[case.id] = _draft(case, settled, today, record)
    if case.state is State.SEALED:
        with clock.set_to(happening.at):
            person = settled.users[case.by]
            present.records[case.id] = _seal(present.drafts[case.id], person)


@transaction.atomic
def _tell(today: date) -> None:
    """What people were told by last night; what is older than two weeks they have read."""
    evening = datetime.combine(today - timedelta(days=1), time(20), tzinfo=clock.UK)
    with clock.set_to(evening):
        tell_what_is_due()
    old = Message.objects.filter(read_at__isnull=True, at__lt=evening - READ_WITHIN)
    old.update(read_at=F("at"))


@transaction.atomic
def _draft(case: Case, settled: Settled, today: date, acted_on: Record | None) -> uuid.UUID:
    """The draft with every save of every sitting."""
    owner, team = settled.users[case.by], settled.teams[case.team]
    with clock.set_to(sittings(case, today)[0].start):
        if acted_on:
            draft = start_follow_up(record=acted_on, person=owner, team=team)
        else:
            draft = start_draft(owner=owner, team=team, edition=case.edition)
    revision = 0
    for sitting in sittings(case, today):
        for moment, step in sitting.saves():
            with clock.set_to(moment):
                saved = save_step(
                    draft_id=draft.pk,
                    person=owner,
                    step=step,
                    given=sitting.answers[step],
                    based_on=revision,
                )
            revision = saved.revision
    return draft.pk


def _seal(draft_id: uuid.UUID, person: User) -> Record:
    revision = Draft.objects.values_list("revision", flat=True).get(pk=draft_id)
    return seal(draft_id=draft_id, person=person, seen_revision=revision)


def _look(record: Record, person: User, looked: Looked) -> None:
    if looked is Looked.VIEWED:
        note_viewed(record=record, person=person)
        return
    note_exported(record=record, person=person, file_hash=make_pdf(record.pk).sha256)
