"""What a figure shows, in a few plain sentences. Pure.

They say only what is shown. No team is put before another.
"""

from collections.abc import Iterator

from decisions.figures.suppress import LEAST
from decisions.figures.tables import Figure

HELD = f"Counts under {LEAST} are held back, and others with them where they would give them away."
NOTHING = (
    f"Held back: there are fewer than {LEAST} decisions, or their number would give away that of "
    "another period."
)


def sentence(figure: Figure) -> str:
    """The figure in words: beneath its title, and what is read out in place of its drawing."""
    if figure.whole.total is None:
        return f"{figure.title}, {figure.period}. {NOTHING}"
    return " ".join(_sentences(figure, figure.whole.total))


def share_of(part: int, total: int) -> str:
    """A part as a percentage of its total, in whole numbers: "12%", "under 1%"."""
    percent = round(part * 100 / total)
    if part and not percent:
        return "under 1%"
    return "over 99%" if percent == 100 and part < total else f"{percent}%"


def _sentences(figure: Figure, total: int) -> Iterator[str]:
    decisions = f"{total:,} decisions were sealed"
    if not figure.is_sum:
        yield f"In {figure.period}, {decisions}."
        yield from _doubts(figure, total)
    else:
        shown = [
            f"{label.lower()} {part:,} ({share_of(part, total)})"
            for label, part in zip(figure.parts, figure.whole.parts, strict=True)
            if part is not None
        ]
        rest = figure.whole.rest
        if rest:
            shown.append(f"the others together {rest:,} ({share_of(rest, total)})")
        yield f"In {figure.period}, {decisions}{': ' if shown else '.'}{_listed(shown)}"
        yield from _peak(figure)
    if figure.holds_back:
        yield HELD


def _listed(words: list[str]) -> str:
    return f"{'; '.join(words)}." if words else ""


def _peak(figure: Figure) -> Iterator[str]:
    """The row of time with most decisions, when every row's total is shown."""
    totals = [(row.total, label) for label, row in figure.rows if row.total is not None]
    if figure.head not in ("Month", "Quarter") or len(totals) < 2 or len(totals) < len(figure.rows):
        return
    most = max(total for total, _ in totals)
    named = [label for total, label in totals if total == most]
    if len(named) == 1:
        when = f"in {named[0]}" if figure.head == "Month" else f"from {named[0]}"
        yield f"Most were sealed {when} ({most:,})."


def _doubts(figure: Figure, total: int) -> Iterator[str]:
    shown = [(row.total, label) for label, row in figure.rows if row.total is not None]
    if not shown:
        yield f"At no question are there {LEAST} or more of “not sure” that can be shown."
        return
    most, label = max(shown, key=lambda one: one[0])
    yield (
        f"Of the questions shown, “not sure” was most often the answer about “{label.lower()}”: "
        f"{most:,} times ({share_of(most, total)} of decisions)."
    )
