"""Tables that become a list of labelled cells on a narrow page, and stay tables to a reader.

The style sheet stacks the cells, which would cost them their roles, so each says its own. Every
cell carries the words of its column's heading, to be shown beside it.
"""

from collections.abc import Sequence

from markdown_it.token import Token

CLASSES = {
    "table_open": ("table", "govuk-table stack"),
    "thead_open": ("rowgroup", "govuk-table__head"),
    "tbody_open": ("rowgroup", "govuk-table__body"),
    "tr_open": ("row", "govuk-table__row"),
    "th_open": ("columnheader", "govuk-table__header"),
    "td_open": ("cell", "govuk-table__cell"),
}


def stack_tables(tokens: Sequence[Token]) -> None:
    """Mark up every table: roles, classes, row headings, and each cell's column."""
    columns: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            columns = []
        if token.type == "tr_open":
            column = 0
        if token.type == "th_open":
            columns.append(tokens[at + 1].content)
        if token.type in CLASSES:
            role, names = CLASSES[token.type]
            token.attrs = {"role": role, "class": names}  # no `style`: the security policy bars it
        if token.type == "th_open":
            token.attrs["scope"] = "col"
        if token.type == "td_open":
            _cell(token, columns[column], first=column == 0)
        if token.type == "td_close":
            token.tag = "th" if column == 0 else "td"
            column += 1


def _cell(token: Token, heading: str, *, first: bool) -> None:
    if first:
        token.tag = "th"
        token.attrs = {"role": "rowheader", "scope": "row", "class": "govuk-table__header"}
    else:
        token.attrs["data-label"] = heading
