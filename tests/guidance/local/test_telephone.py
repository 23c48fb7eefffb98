"""What can be a telephone number, and what is said of a text that cannot."""

import pytest

from guidance.local.models import Contact
from guidance.local.telephone import fault


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("020 7946 0000", "02079460000"),
        ("(01632) 960-001 ext. 12", "01632960001"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("101", "101"),
        ("116 123", "116123"),
        ("Extension 4412", ""),
        (" x12 ", ""),
    ],
)
def test_numbers_as_people_write_them(typed: str, dialled: str) -> None:
    assert fault(typed) == ""
    assert Contact(phone=typed).dial == dialled


@pytest.mark.parametrize(
    "typed", ["ring me", "12", "020 7946 00", "+44 20", "٠٢٠٧٩٤٦٠٠٠٠", "-", "x", "0" * 40]
)
def test_what_cannot_be_one(typed: str) -> None:
    assert fault(typed)
