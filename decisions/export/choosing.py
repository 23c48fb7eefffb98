"""How the records of an export are chosen, and what that is called in its manifest."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from decisions.export.models import Form
from decisions.register.forms import FilterForm
from decisions.register.terms import SORTS, Sort
from decisions.register.view import TYPED


class Strata(StrEnum):
    """What a sample can be spread over."""

    NOTHING = ""
    TEAM = "team"
    DECISION = "decision"
    PRACTITIONER = "practitioner"
    MONTH = "month"


SPREAD = {
    Strata.TEAM: "teams",
    Strata.DECISION: "decisions",
    Strata.PRACTITIONER: "practitioners",
    Strata.MONTH: "months in which they were sealed",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that somebody asks for."""

    size: int
    strata: Strata
    seed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """How records are chosen: the filters in words, and the sample, if it is to be one."""

    filters: Sequence[str]
    sort: str = Sort.NEWEST
    sample: Sample | None = None


def filters_in_words(form: FilterForm, kind: Form) -> list[str]:
    """The filters of a view that is valid, in words.

    In a pseudonymised export no words that were searched for, and nobody's name.
    """
    hidden = {
        **{name: f"{form.fields[name].label}: words, which are not told here" for name in TYPED},
        "practitioner": "Practitioner: one, who is not named here",
    }
    return [
        hidden[name] if kind is Form.PSEUDONYMISED and name in hidden else form.said(name)
        for name in form.view.narrowed_by()
    ]


def in_words(choice: Choice, *, found: int, total: int) -> str:
    """How the records were chosen: which fitted, how many, and how a sample was drawn."""
    fit = f"that fit ({found:,}): {'; '.join(choice.filters)}"
    which = fit if choice.filters else f"of the organisation ({found:,})"
    if choice.sample is None:
        return f"All sealed decisions {which}. {SORTS[Sort(choice.sort)]}."
    sample = choice.sample
    spread = f"spread over {SPREAD[sample.strata]}" if sample.strata else "from all of them"
    return (
        f"A sample ({total:,}) of the sealed decisions {which}. Drawn {spread}, "
        f"with the seed “{sample.seed}”: the first in the order of SHA-256 over the seed, "
        "a space and the record’s id, of each share."
    )
