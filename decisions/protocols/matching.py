"""Which protocols of a register may help in a case, the likeliest first. Pure."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidance.protocols import parties

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A protocol in force, as far as a case is compared with it."""

    id: uuid.UUID
    title: str
    reference: str
    parties: str
    about: tuple[str, ...]

    @property
    def line(self) -> str:
        """How a draft names it: title and reference."""
        return f"{self.title} ({self.reference})" if self.reference else self.title


@dataclass(frozen=True, slots=True)
class Helpful:
    """A protocol that may help, and why it is shown."""

    known: Known
    is_with: bool  # one of its parties is named in the draft
    is_about: bool  # it covers what the draft is about


def helpful(
    register: Iterable[Known], *, names: Sequence[str], setting: str, own: str
) -> list[Helpful]:
    """Those with a party that is named, then those about the same; at most `MOST_SHOWN`.

    `own` is the name of the practitioner's organisation, which is a party of every protocol.
    """
    named = [name for name in names if name.strip()]
    found = [
        Helpful(
            known=one,
            is_with=parties.meets(parties.read(one.parties), named, own),
            is_about=bool(setting) and setting in one.about,
        )
        for one in register
    ]
    fitting = [one for one in found if one.is_with or one.is_about]
    fitting.sort(key=lambda one: (not one.is_with, not one.is_about, one.known.title))
    return fitting[:MOST_SHOWN]
