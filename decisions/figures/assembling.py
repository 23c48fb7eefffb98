"""From the register to what is shown: what was asked for, counted, and put into figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from decisions.figures.measures import DOUBTS, MEASURES, SETTINGS, By
from decisions.figures.periods import Period
from decisions.figures.reading import Asked, Counts, count
from decisions.figures.tables import Figure, by_place, doubts, over_time
from infoshare.people.models import Team


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose figures, for which period, by what."""

    organisation: UUID
    teams: frozenset[UUID] | None  # None: all of the organisation's
    rows: Q
    period: Period
    by: By
    today: date

    @property
    def words(self) -> str:
        """The period in words."""
        return self.period.words(self.today)

    def query(self) -> dict[str, str]:
        """The same as it stands in an address."""
        return {
            "organisation": str(self.organisation),
            "period": self.period.key,
            "by": self.by,
        }

    @property
    def asked(self) -> Asked:
        """The decisions to count: of the whole year, whose tree decides what any part may show."""
        return Asked(self.rows, self.period.year, Period(self.period.year).ended(self.today))


def figures_of(wanted: Wanted) -> list[Figure]:
    """Every figure; two or three statements."""
    names = [*MEASURES, DOUBTS]
    if wanted.by is By.TIME:
        counts = count(wanted.asked, By.TIME, names)
        return [_over_time(wanted, name, counts[name]) for name in names]
    labels = _labels(wanted)
    placed = count(wanted.asked, wanted.by, MEASURES)
    timed = count(wanted.asked, By.TIME, [DOUBTS])
    return [
        *(_by_place(wanted, name, placed[name], labels) for name in MEASURES),
        _over_time(wanted, DOUBTS, timed[DOUBTS]),
    ]


def figure_of(wanted: Wanted, name: str) -> Figure:
    """One figure; one or two statements. Raises `KeyError` for a name that is none."""
    by = By.TIME if name == DOUBTS else wanted.by
    counts = count(wanted.asked, by, [name])[name]
    if by is By.TIME:
        return _over_time(wanted, name, counts)
    return _by_place(wanted, name, counts, _labels(wanted))


def _over_time(wanted: Wanted, name: str, counts: Counts) -> Figure:
    if name == DOUBTS:
        return doubts(counts, wanted.period, wanted.today)
    return over_time(MEASURES[name], counts, wanted.period, wanted.today)


def _by_place(wanted: Wanted, name: str, counts: Counts, labels: dict[Any, str]) -> Figure:
    return by_place(MEASURES[name], counts, labels, wanted.by, wanted.words)


def _labels(wanted: Wanted) -> dict[Any, str]:
    """The label of every row there can be, in order: one left out would say that it has none."""
    if wanted.by is By.SETTING:
        return dict(SETTINGS)
    teams = Team.objects.filter(organisation_id=wanted.organisation).order_by("name")
    if wanted.teams is not None:
        teams = teams.filter(pk__in=wanted.teams)
    return dict(teams.values_list("pk", "name"))
