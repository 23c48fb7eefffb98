"""`load_demo` and `demo_people`, as they are typed."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from decisions.demo import loading
from decisions.demo.people import PASSWORD, cast
from decisions.demo.reading_cases import shipped
from decisions.management.commands import load_demo
from guidance.rulebook.schema import EditionError
from infoshare.installer import console
from infoshare.people.models import Organisation, User
from infoshare.people.writers import deactivate

FEW = ("EH-2044", "EH-2091")


@pytest.fixture
def demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo of few cases, quiet however slow the machine is."""
    settings.DEMO = True
    monkeypatch.setattr(load_demo, "QUIET", 3600.0)
    monkeypatch.setattr(console, "ON_TERMINAL", False)
    cases = tuple(case for case in shipped() if case.id in FEW)
    monkeypatch.setattr(loading.reading_cases, "shipped", lambda: cases)


def typed(name: str) -> str:
    out = io.StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["load_demo", "demo_people"])
def test_outside_the_demo_nothing_is_done(db: None, settings: Any, name: str) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="^This is for the demo only, and this") as refused:
        typed(name)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    assert not Organisation.objects.exists()


def test_loading_says_what_it_did(db: None, demo: None) -> None:
    assert typed("load_demo") == "The demo is loaded: 2 cases, 0 readings of records, 0 reviews.\n"
    assert typed("load_demo") == "The demo is already there: nothing was changed.\n"


def test_progress_is_said_in_plain_lines(
    db: None, demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_demo, "QUIET", 0.0)
    assert typed("load_demo").splitlines()[:-1] == ["0 of 2", "1 of 2", "2 of 2"]


class Terminal(io.StringIO):
    """Standard output that can show every mark."""

    encoding = "utf-8"


@pytest.mark.parametrize("breaks", [False, True])
def test_a_bar_moves_on_a_terminal_and_says_how_it_ended(
    db: None, demo: None, monkeypatch: pytest.MonkeyPatch, breaks: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setattr(console, "ON_TERMINAL", True)
    if breaks:
        monkeypatch.setattr(loading, "_draft", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("load_demo", stdout=terminal)
    else:
        call_command("load_demo", stdout=terminal)
    said = terminal.getvalue()
    assert "░" * 16 in said
    assert ("█" * 16 in said) is not breaks
    assert ("cases: stopped (" in said) is breaks
    assert ("cases: done (" in said) is not breaks


def test_a_broken_case_is_one_line(db: None, demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise EditionError("early-help.toml", "case.EH-1.by", "is missing")

    monkeypatch.setattr(loading.reading_cases, "shipped", broken)
    with pytest.raises(CommandError, match="cannot be loaded: early-help.toml: case.EH-1.by: is"):
        typed("load_demo")


def test_people_before_the_load(db: None, demo: None) -> None:
    with pytest.raises(CommandError, match="not loaded yet. Run: manage.py load_demo"):
        typed("demo_people")


def test_people_are_listed_with_all_they_need_to_sign_in(db: None, demo: None) -> None:
    typed("load_demo")
    table = typed("demo_people")
    for person in cast().people.values():
        (line,) = [line for line in table.splitlines() if person.email in line]
        assert line.strip().startswith(person.name)
        assert line.endswith(PASSWORD)
        assert person.role.label in line
    assert all(place.name in table for place in cast().organisations.values())
    assert "Practitioner, Early Help, Housing and Adults" in table
    assert max(map(len, table.splitlines())) <= 120


def test_people_whose_password_was_changed_are_said_to_be(db: None, demo: None) -> None:
    typed("load_demo")
    changed = User.objects.get(email="bryony@wrenfield.example")
    changed.set_password("another pass phrase")
    changed.save(update_fields=["password"])
    deactivate(user=User.objects.get(email="kofi@wrenfield.example"))
    rows = {line.split()[0]: line for line in typed("demo_people").splitlines() if "@" in line}
    assert rows["Bryony"].endswith("(changed)")
    assert rows["Kofi"].endswith("(account closed)")
    assert rows["Hollis"].endswith(PASSWORD)
