"""Pins that were not made from their .in file as it is now are told apart without a network."""

from pathlib import Path

import pytest

from infoshare.installer import pins


@pytest.fixture
def sets(copy: Path) -> Path:
    """A checkout whose pins are in step."""
    (copy / "requirements.in").write_text("tea\n")
    (copy / "requirements-dev.in").write_text("# with\n-r requirements.in\nmilk\n")
    (copy / "requirements-node.in").write_text("cup\n")
    for name in pins.SETS:
        (copy / f"{name}.txt").write_text(pins._header(name) + "pinned==1\n")
    return copy


def test_pins_in_step_have_no_complaint(sets: Path) -> None:
    assert pins.out_of_step() == ""


def test_a_changed_in_file_is_seen_in_all_that_include_it(sets: Path) -> None:
    (sets / "requirements.in").write_text("tea\nsugar\n")
    assert pins.out_of_step().splitlines() == [
        "requirements.txt does not follow requirements.in: run make pins",
        "requirements-dev.txt does not follow requirements-dev.in: run make pins",
    ]


def test_pins_without_their_first_line_are_seen(sets: Path) -> None:
    (sets / "requirements-node.txt").write_text("pinned==1\n")
    assert pins.out_of_step().startswith("requirements-node.txt does not follow")


def test_a_pins_file_that_is_missing_is_seen(sets: Path) -> None:
    (sets / "requirements.txt").unlink()
    assert pins.out_of_step().startswith("requirements.txt does not follow")
