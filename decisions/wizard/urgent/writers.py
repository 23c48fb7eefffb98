"""Writers of the urgent path: keep what was typed, follow a record up, begin once more."""

from collections.abc import Mapping

from django.db import transaction

from decisions.records.models import Record
from decisions.wizard.advice.models import Brief
from decisions.wizard.answers import ABOUT, DECIDE, GATE_FIELDS, RIGHT_WAY, URGENT, Answers
from decisions.wizard.closing.state import open_now
from decisions.wizard.drafts import Saved, Stale, begin_draft, save_step, start_draft
from decisions.wizard.models import Draft
from decisions.wizard.revisions import NO_PAGE, Page
from decisions.wizard.urgent.forms import PLACES
from guidance.adoption.standing import standing_of
from guidance.rulebook.schema import Outcome
from infoshare.people.models import Team, User

CONSENT = "consent"
ORDER = (ABOUT, RIGHT_WAY, DECIDE, URGENT)


class NotUrgent(Exception):
    """The record was not sealed as an urgent one, so there is nothing to follow up."""


class StaleSteps(Exception):
    """Some of the steps were saved in between. Both texts of each are kept as revisions."""

    def __init__(self, saved: Answers, revision: int) -> None:
        self.saved, self.revision = saved, revision
        super().__init__(f"stale save of {', '.join(saved)}")


def keep_urgent(
    *,
    draft: Draft,
    person: User,
    typed: Mapping[str, str],
    based_on: int,
    is_urgent: bool,
    is_decided: bool,
    page: Page = NO_PAGE,
) -> Saved:
    """Save the short form's texts into the steps they belong to; a part that is alike is left.

    `is_urgent` also answers the question whether it is urgent, and `is_decided` decides to
    share. Raises `StaleSteps` with the texts that were saved in between, `AlreadySealed` when
    the draft has become a record.
    """
    saved = Saved(draft.answers, draft.revision, draft.saved_at)
    stale: dict[str, Mapping[str, str]] = {}
    revision = draft.revision
    for step, given in _steps(draft.answers, typed, is_urgent, is_decided).items():
        try:
            saved = save_step(
                draft_id=draft.pk,
                person=person,
                step=step,
                given=given,
                based_on=based_on,
                page=page,
            )
            revision = saved.revision
        except Stale as found:
            stale[step], revision = found.saved, found.revision
    if stale:
        raise StaleSteps(stale, revision)
    return saved


def _steps(
    held: Answers, typed: Mapping[str, str], is_urgent: bool, is_decided: bool
) -> dict[str, dict[str, str]]:
    """What each step holds with these texts in it; the other fields stay as they are."""
    steps: dict[str, dict[str, str]] = {step: dict(held.get(step, {})) for step in ORDER}
    for name, (step, field) in PLACES.items():
        if typed[name] or field in steps[step]:
            steps[step][field] = typed[name]
    given = {step: fields for step, fields in steps.items() if fields}
    sealed = as_sealed(given)
    taken = ([URGENT] if is_urgent else []) + ([DECIDE] if is_decided else [])
    return {**given, **{step: dict(sealed[step]) for step in taken}}


def as_sealed(answers: Answers) -> dict[str, Mapping[str, str]]:
    """These answers with the two that acting first takes by itself: urgent, and share."""
    urgent, decided = answers.get(URGENT, {}), answers.get(DECIDE, {})
    return {
        **answers,
        URGENT: {**dict.fromkeys(GATE_FIELDS, ""), **urgent, "answer": "yes"},
        DECIDE: {"reason": "", **decided, "decision": Outcome.SHARE.value},
    }


@transaction.atomic
def start_follow_up(*, record: Record, person: User, team: Team) -> Draft:
    """The draft that asks the seven questions about an urgent record; the one there is already.

    It carries what was said about the case, and later answers that the urgent draft held but
    the record did not take, though never consent's. Raises `NotUrgent`.
    """
    if record.rule != URGENT:
        raise NotUrgent
    # Two at once: the second waits here and finds the first's. The draft's row is locked, for
    # the record's own is one that nobody may ever update.
    urgent = Draft.objects.select_for_update().get(pk=record.draft_id)
    earlier = record.follow_ups.filter(purged_at__isnull=True).first()
    if earlier:
        return earlier
    edition = standing_of(team.organisation_id).for_new_draft(record.edition.edition_id)
    draft = start_draft(owner=person, team=team, edition=edition, acted_on=record)
    _carry(draft, person, _carried(record, urgent.answers))
    _carry_briefs(urgent, draft)
    return draft


@transaction.atomic
def start_again(*, draft: Draft, person: User) -> Draft:
    """The new urgent draft about a follow-up's case; the one there is already, not sealed."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    reference = str(draft.answers.get(ABOUT, {}).get("case_reference", ""))
    open_ones = Draft.objects.filter(open_now(), owner=person, acted_on__isnull=True)
    earlier = open_ones.filter(
        answers__urgent__answer="yes", answers__about__case_reference=reference
    ).first()
    if earlier:
        return earlier
    edition = draft.standing.for_new_draft(draft.edition.edition_id)
    answers = {ABOUT: draft.answers.get(ABOUT, {}), URGENT: {"answer": "yes", "reason": ""}}
    return begin_draft(owner=person, team=draft.team, edition=edition, answers=answers)


def _carried(record: Record, held: Answers) -> dict[str, Mapping[str, str]]:
    sealed = {*record.gate_answers, RIGHT_WAY, DECIDE}
    return {
        ABOUT: held.get(ABOUT, {}),
        URGENT: {"answer": "no", "reason": ""},
        **{
            step: given
            for step, given in held.items()
            if step not in {*sealed, ABOUT, URGENT, CONSENT}
        },
    }


def _carry(draft: Draft, person: User, answers: Answers) -> None:
    revision = 0
    for step, given in answers.items():
        saved = save_step(
            draft_id=draft.pk, person=person, step=step, given=given, based_on=revision
        )
        revision = saved.revision


def _carry_briefs(urgent: Draft, draft: Draft) -> None:
    newest = urgent.briefs.exclude(question=CONSENT).order_by("question", "-id")
    for brief in newest.distinct("question"):
        Brief.objects.create(
            draft=draft, question=brief.question, text=brief.text, by=brief.by, at=brief.at
        )
