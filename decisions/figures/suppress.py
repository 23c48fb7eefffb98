"""Which counts may be shown, so that no small count can be worked out from those that are. Pure.

A count under `LEAST`, nought among them, is held back, and so are others with it ("complements"),
or it would be the difference between a total and its other parts. Three rules do it:

1. `held_in`: parts of a total that is shown. No part is held back alone, and those held back come
   to `LEAST` or more together.
2. What is held back in a total's parts is held back in every table that has it as a margin, with
   all the cells of its row or column.
3. `undivided`: the rows of a table whose total is shown and whose cells are not. A row shows all
   of its cells or none, so that what stays unknown is a rectangle. A cell of it with row sum u,
   column sum v, and sum T of the whole can be any of min(u, v, T-u, T-v) + 1 numbers. Each of
   these four is `LEAST` or more, so at least six numbers are possible.

Which parts are held back beside the small ones is said by their order and not by their size, for
that would tell something about the size. docs/figures.md says why this is enough, and for what not.
"""

from collections.abc import Collection, Sequence

LEAST = 5
SPARE = 2  # so that at least three numbers stay possible for who knows these rules


def held_in(parts: Sequence[int]) -> frozenset[int]:
    """The places of the parts to hold back, when their total is shown and so at least `LEAST`.

    The last ones are taken first, so list what matters most first. Raises `ValueError` when the
    total itself is too small.
    """
    if sum(parts) < LEAST:
        raise ValueError("The total is too small to be shown, and so is every part")
    held = {place for place, count in enumerate(parts) if count < LEAST}
    if not held:
        return frozenset()
    small = len(held)
    others = [place for place in reversed(range(len(parts))) if place not in held]
    while others and not _is_open(sum(parts[place] for place in held), small, len(held) - small):
        held.add(others.pop(0))
    return frozenset(held)


def _is_open(together: int, small: int, others: int) -> bool:
    """Whether parts that come to this leave each other open, even to a reader who knows the rule.

    Such a reader may tell from the places whether all of them are small. At least three numbers
    stay possible for each.
    """
    if others:
        return together >= LEAST + SPARE
    return LEAST <= together <= (LEAST - 1) * small - SPARE


def undivided(
    rows: Sequence[Sequence[int]],
    *,
    held_rows: Collection[int],
    held_columns: Collection[int],
) -> frozenset[int]:
    """The places of the rows that show no cell, those whose total is held back among them.

    Every total that is not held back is `LEAST` or more. The cells of held columns are never
    shown; beside the others of their row, their sum is.
    """
    known = [_known(row, held_columns) for row in rows]
    found = set(held_rows)
    found |= {place for place, row in enumerate(known) if min(row, default=0) < LEAST}
    others = [place for place in reversed(range(len(rows))) if place not in found]
    while found and others and not _hides(known, found, held_rows):
        found.add(others.pop(0))
    return frozenset(found)


def _known(row: Sequence[int], held_columns: Collection[int]) -> list[int]:
    """The cells that a row would give away: those to be shown, and the sum of the others."""
    shown = [count for place, count in enumerate(row) if place not in held_columns]
    rest = sum(count for place, count in enumerate(row) if place in held_columns)
    return [*shown, rest] if held_columns else shown


def _hides(known: Sequence[Sequence[int]], found: set[int], held_rows: Collection[int]) -> bool:
    """Whether the rectangle of these rows leaves every cell in it open enough."""
    columns = [sum(known[place][column] for place in found) for column in range(len(known[0]))]
    sums = [sum(known[place]) for place in found if place not in held_rows]
    together = sum(sum(known[place]) for place in held_rows)
    if held_rows:
        sums.append(together)  # a reader knows only what they come to
    total = sum(columns)
    alone = len(sums) < 2 and len(held_rows) < 2
    if alone or min(columns) < LEAST + SPARE:
        return False
    wide = len(columns) < 2 or all(total - column >= LEAST + SPARE for column in columns)
    return wide and (len(sums) < 2 or all(total - one >= LEAST + SPARE for one in sums))
