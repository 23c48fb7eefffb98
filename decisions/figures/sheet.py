"""A figure as a CSV file that opens in any spreadsheet, and does nothing there. Pure."""

import csv
import io

from decisions.figures.publishing import Row
from decisions.figures.tables import Figure

HELD = "held back"
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(figure: Figure) -> bytes:
    """The table of the figure: a line a row and one for the whole; UTF-8 with its mark."""
    made = io.StringIO()
    lines = csv.writer(made)
    lines.writerow([figure.head, *(["All decisions"] if figure.is_sum else []), *figure.parts])
    for label, row in figure.rows:
        lines.writerow([harmless(label), *cells(figure, row)])
    if figure.is_sum:
        lines.writerow(["All", *cells(figure, figure.whole)])
    else:
        lines.writerow(["All decisions", _number(figure.whole.total)])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def cells(figure: Figure, row: Row) -> list[str]:
    """A row's total, where it has parts, and its parts, as they are written."""
    numbers = [row.total, *row.parts] if figure.is_sum else list(row.parts)
    return [_number(one) for one in numbers]


def harmless(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def _number(count: int | None) -> str:
    return HELD if count is None else str(count)
