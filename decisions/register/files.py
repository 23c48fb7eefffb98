"""A list as a file, row by row: CSV or XLSX.

No cell can be a formula: in CSV whatever a spreadsheet would take for one begins with an
apostrophe, and in XLSX every cell is text.
"""

import csv
import io
import tempfile
from collections.abc import Sequence
from typing import Protocol

import xlsxwriter

IN_MEMORY = 2**20
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Row = Sequence[str]
File = tempfile.SpooledTemporaryFile[bytes]


class Table(Protocol):
    """A file that takes rows, whatever its kind."""

    def add(self, row: Row) -> None:
        """Put this row at the end."""

    def done(self) -> File:
        """The whole file, at its beginning; nothing is added from then on."""


def harmless(text: str) -> str:
    """The text as no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


class CsvTable:
    """A list as CSV, with the mark by which spreadsheets know UTF-8."""

    def __init__(self, head: Row) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._text = io.TextIOWrapper(self._file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(head)

    def add(self, row: Row) -> None:
        """Put this row at the end."""
        self._writer.writerow([harmless(cell) for cell in row])

    def done(self) -> File:
        """The whole file, at its beginning."""
        self._text.flush()
        self._text.detach()
        self._file.seek(0)
        return self._file


class XlsxTable:
    """A list as a sheet. Its rows wait in a file, so that memory does not grow with them."""

    def __init__(self, head: Row) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._book = xlsxwriter.Workbook(
            self._file, {"constant_memory": True, "strings_to_formulas": False}
        )
        self._sheet = self._book.add_worksheet("Decisions")
        self._sheet.freeze_panes(1, 0)
        self._rows = 0
        self._write(head, self._book.add_format({"bold": True}))
        for column in range(len(head)):
            self._sheet.set_column(column, column, 22)

    def add(self, row: Row) -> None:
        """Put this row at the end."""
        self._write(row)

    def done(self) -> File:
        """The whole file, at its beginning."""
        self._book.close()
        self._file.seek(0)
        return self._file

    def _write(self, row: Row, *form: object) -> None:
        for column, cell in enumerate(row):
            if cell:
                self._sheet.write_string(self._rows, column, cell, *form)
        self._rows += 1


TABLES: dict[str, type[CsvTable] | type[XlsxTable]] = {CSV: CsvTable, XLSX: XlsxTable}
