"""What is said of findings. Plain values in, saved rows out."""

from django.db import IntegrityError, transaction

from decisions.findings.models import RAISED, Finding, Step
from decisions.findings.standing import may
from decisions.records.models import Record
from infoshare import clock
from infoshare.people.models import Organisation, User


class SaidSince(Exception):
    """Something was said of the finding since the page was made. Nothing was saved."""


@transaction.atomic
def raise_finding(
    *, organisation: Organisation, record: Record | None, person: User, title: str, words: str
) -> Finding:
    """The new finding, about this record or, without one, about how things are done."""
    finding = Finding.objects.create(organisation=organisation, record=record, title=title)
    Step.objects.create(
        finding=finding, number=1, kind=RAISED, words=words, by=person, at=clock.now()
    )
    return finding


@transaction.atomic
def say(*, finding: Finding, kind: str, person: User, words: str, seen: int) -> Step:
    """The step that was added to the finding; `seen` is the last one that its author saw.

    The same step sent twice is one. Raises `SaidSince` when there is a newer one, and `ValueError`
    for what this person may not say of the finding as it stands.
    """
    steps = list(finding.steps.order_by("number"))
    last = steps[-1]
    if last.number == seen + 1 and (last.kind, last.words, last.by_id) == (kind, words, person.pk):
        return last
    if last.number != seen:
        raise SaidSince
    if kind not in may(person, finding, last.kind).kinds:
        raise ValueError(f"{person} may not say {kind!r} of a finding that is {last.kind}")
    try:
        with transaction.atomic():
            return Step.objects.create(
                finding=finding,
                number=seen + 1,
                kind=kind,
                words=words,
                by=person,
                at=clock.now(),
            )
    except IntegrityError:
        raise SaidSince from None
