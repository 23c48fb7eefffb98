"""A database that held a demo is refused for a real installation."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from decisions.demo.people import cast
from decisions.demo.settling import settle
from infoshare.people.models import User
from infoshare.people.writers import deactivate


def found() -> list[str]:
    return [one.id for one in run_checks(databases=["default"]) if one.id == "decisions.E001"]


def test_a_database_without_them_passes(cast: Any) -> None:
    assert found() == []


def test_the_demo_itself_passes(db: None, settings: Any) -> None:
    settings.DEMO = True
    settle(cast())
    assert found() == []


def test_a_real_installation_on_a_demo_is_refused(db: None, settings: Any) -> None:
    settings.DEMO = False
    settle(cast())
    assert found() == ["decisions.E001"]
    with pytest.raises(CommandError, match="anybody may know their password"):
        call_command("check", "--database", "default")


def test_closed_accounts_are_no_danger(db: None, settings: Any) -> None:
    settings.DEMO = False
    settle(cast())
    for person in User.objects.all():
        deactivate(user=person)
    assert found() == []
