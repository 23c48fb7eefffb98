"""Draw samples of a team's decisions: by the job each month, or by its manager."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from decisions.records.models import Record
from decisions.review.calling import call_sampled
from decisions.review.models import ReviewRules, Sample
from decisions.review.rules import rules_of
from decisions.review.sample import draw, month_before
from decisions.working_days import ENGLAND
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation, Team, User
from infoshare.people.policy import Person

SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class Drawable:
    """A team of whose last month a sample can still be drawn."""

    team: Team
    month: date
    percent: int


def drawable(person: Person) -> list[Drawable]:
    """The teams for which this person can draw last month's sample now."""
    month = month_before(clock.today())
    teams = policy.teams_for(person, policy.Action.REVIEW_RECORD)
    drawn = set(Sample.objects.filter(team__in=teams, month=month).values_list("team", flat=True))
    percents = {one: rules_of(one).percent for one in {team.organisation_id for team in teams}}
    return [
        Drawable(team, month, percents[team.organisation_id])
        for team in teams
        if percents[team.organisation_id] and team.pk not in drawn
    ]


def draw_due() -> int:
    """How many samples of last month were drawn now: one for each team that has none yet."""
    month = month_before(clock.today())
    sampling = ReviewRules.objects.filter(percent__gt=0).values("organisation")
    teams = Team.objects.filter(organisation__in=sampling).exclude(
        pk__in=Sample.objects.filter(month=month).values("team")
    )
    return sum(draw_for(team=team) is not None for team in teams.order_by("pk"))


@transaction.atomic
def draw_for(*, team: Team, person: User | None = None) -> Sample | None:
    """The sample of the team's last month; None when no share is set or nothing was sealed.

    A month that was drawn already stays as it was drawn.
    """
    # One at a time for an organisation, so that a month is drawn once.
    Organisation.objects.select_for_update(no_key=True).get(pk=team.organisation_id)
    month = month_before(clock.today())
    earlier = Sample.objects.filter(team=team, month=month).first()
    percent = rules_of(team.organisation_id).percent
    pool = dict(sealed_in(team, month).values_list("pk", "reference"))
    if earlier or not percent or not pool:
        return earlier
    sample = Sample.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        month=month,
        seed=secrets.token_hex(SEED_BYTES),
        percent=percent,
        pool=len(pool),
        drawn_by=person,
        at=clock.now(),
    )
    drawn = draw(pool, sample.seed, percent)
    for record in Record.objects.filter(pk__in=drawn).select_related("organisation").order_by("pk"):
        call_sampled(record=record, sample=sample)
    return sample


def sealed_in(team: Team, month: date) -> QuerySet[Record]:
    """What the team sealed in the month of this first day, by the calendar of England."""
    following = (month + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, time(), tzinfo=ENGLAND) for day in (month, following))
    return Record.objects.filter(team=team, sealed_at__gte=start, sealed_at__lt=end)
