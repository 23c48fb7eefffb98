"""`create_organisation` and `create_person`, as typed by whoever installs InfoShare."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from infoshare.people.models import Membership, Organisation, Role, User
from tests.cast import PASSWORD, Cast

KIT = ["--email", "kit@northmoor.example", "--organisation", "Northmoor Council"]


@pytest.fixture(autouse=True)
def lasting(settings: Any) -> None:
    settings.SECRET_KEY_IS_LASTING = True
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = [".northmoor.example", "infoshare.example", "testserver"]


def run(*words: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refusal(*words: str) -> str:
    """The one line with which the command refuses; nothing is written."""
    before = [model.objects.count() for model in (User, Membership, Organisation)]
    with pytest.raises(CommandError) as caught:
        call_command(*words, stdout=io.StringIO())
    assert before == [model.objects.count() for model in (User, Membership, Organisation)]
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_organisation_and_its_teams(db: None) -> None:
    words = ["create_organisation", "--name", "Eastwick Housing", "--sector", "housing"]
    assert "Made the organisation Eastwick Housing (Housing)." in run(*words, "--team", "A", "B")
    said = run(*words, "--team", "b", "--team", "C")
    assert "is there already" in said and "Made the team C." in said
    organisation = Organisation.objects.get()
    assert [team.name for team in organisation.teams.order_by("name")] == ["A", "B", "C"]


def test_organisations_that_are_refused(cast: Cast) -> None:
    command = ["create_organisation", "--name"]
    said = refusal(*command, "X", "--sector", "army")
    assert said.startswith("“army” is no sector. Write one of: health, education, social-care")
    said = refusal(*command, "northmoor council", "--sector", "police")
    assert said == (
        "There is already an organisation called Northmoor Council, of the sector social-care."
    )
    assert refusal(*command, " ", "--sector", "police") == "Give the organisation a name."
    long = refusal(*command, "X", "--sector", "police", "--team", "y" * 201)
    assert long == "The name of the team is over 200 characters."


def test_a_person_sets_a_password_by_the_link_and_signs_in(cast: Cast, client: Client) -> None:
    said = run("create_person", *KIT, "--name", "Kit Ode", "--role", "auditor")
    assert "Kit Ode (kit@northmoor.example) is auditor in Northmoor Council." in said
    link = re.search(r"^https://infoshare\.example(/password/reset/\S+)$", said, re.M)
    assert link
    form = client.get(link[1], follow=True)
    where = form.redirect_chain[-1][0]
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(where, typed).status_code == 302
    assert User.objects.get(email="kit@northmoor.example").check_password(PASSWORD)
    assert "does not work" in client.get(link[1]).text


def test_run_again_it_gives_a_further_role(cast: Cast) -> None:
    words = ["create_person", "--email", cast.priya.email.upper()]
    words += ["--organisation", "northmoor COUNCIL", "--role", "Manager", "--team", "adults"]
    for _ in range(2):
        said = run(*words)
        assert said == f"Priya Shah ({cast.priya.email}) is manager in Adults, Northmoor Council.\n"
    assert cast.priya.memberships.filter(role=Role.MANAGER, team=cast.adults).count() == 1


def test_a_new_link_when_asked_for(cast: Cast) -> None:
    words = ["create_person", "--email", cast.ada.email, "--organisation", "Northmoor Council"]
    words += ["--role", "auditor", "--link", "--address", "http://10.0.0.5:8000/"]
    assert "\nhttp://10.0.0.5:8000/password/reset/" in run(*words)


def test_the_path_when_nothing_tells_the_address(cast: Cast, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    said = run("create_person", *KIT, "--name", "Kit", "--role", "lead")
    assert "(the address of your InfoShare)/password/reset/" in said


def test_no_link_that_no_server_would_accept(cast: Cast, settings: Any) -> None:
    settings.SECRET_KEY_IS_LASTING = False
    said = refusal("create_person", *KIT, "--name", "Kit", "--role", "lead")
    assert said.startswith("SECRET_KEY is not set here")


def test_a_password_from_standard_input(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(" a password with spaces \n"))
    said = run("create_person", *KIT, "--name", "Kit", "--role", "lead", "--password")
    assert "password is set" in said and "/password/reset/" not in said
    kit = User.objects.get(email="kit@northmoor.example")
    assert kit.check_password(" a password with spaces ")


@pytest.mark.parametrize("weak", ["", "short", "password1234", "kit@northmoor.example"])
def test_a_weak_password_makes_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{weak}\n"))
    said = refusal("create_person", *KIT, "--name", "Kit", "--role", "lead", "--password")
    assert said.endswith("Nothing was changed.")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (["--role", "boss"], "“boss” is no role. Write one of: practitioner, manager, auditor, "),
        (["--organisation", "Nowhere"], "There is no organisation called “Nowhere”. There are: "),
        (["--team", "Nowhere"], "Northmoor Council has no team called “Nowhere”. Its teams are: "),
        (["--team", "Pastoral"], "Northmoor Council has no team called “Pastoral”. "),
        (["--role", "manager"], "A manager belongs to a team: name it."),
        (["--team", "Adults"], "The role “auditor” is held for the whole organisation"),
        (["--name", ""], "Give the person a name."),
        (["--email", "kit"], "“kit” cannot be used as an email address."),
        (
            ["--email", "PRIYA@northmoor.example"],
            "priya@northmoor.example belongs to Priya Shah: leave --name out",
        ),
    ],
)
def test_people_that_are_refused(cast: Cast, changes: list[str], message: str) -> None:
    said = refusal("create_person", *KIT, "--name", "Kit", "--role", "auditor", *changes)
    assert said.startswith(message)


def test_a_role_is_ended_once(cast: Cast) -> None:
    words = ["end_role", "--email", cast.maya.email, "--organisation", "Northmoor Council"]
    words += ["--role", "manager", "--team", "Early Help"]
    assert run(*words) == "Maya Okafor is no longer manager in Early Help, Northmoor Council.\n"
    assert cast.maya.memberships.get().ended_at is not None
    assert refusal(*words) == "Maya Okafor is not manager in Early Help, Northmoor Council."


def test_a_role_in_another_team_is_not_ended(cast: Cast) -> None:
    words = ["end_role", "--email", cast.maya.email, "--organisation", "Northmoor Council"]
    refusal(*words, "--role", "manager", "--team", "Adults")
    refusal(*words, "--role", "manager")
    assert cast.maya.memberships.get().ended_at is None


def test_an_account_is_closed(cast: Cast) -> None:
    for _ in range(2):
        said = run("close_account", "--email", cast.tom.email.upper())
        assert said == f"The account of Tom Bailey ({cast.tom.email}) is closed.\n"
    assert not User.objects.get(pk=cast.tom.pk).is_active
    said = refusal("close_account", "--email", "nobody@example.org")
    assert said == "There is no person with the email address nobody@example.org."
    words = ["create_person", "--email", cast.tom.email, "--organisation", "Northmoor Council"]
    assert refusal(*words, "--role", "lead") == "The account of Tom Bailey is closed."


def test_an_account_is_opened_again_with_its_roles(cast: Cast) -> None:
    words = ["open_account", "--email", cast.tom.email]
    assert run(*words) == f"The account of Tom Bailey ({cast.tom.email}) is open.\n"
    run("close_account", "--email", cast.tom.email)
    said = run(*words)
    assert "is open again" in said and "\nhttps://infoshare.example/password/reset/" in said
    tom = User.objects.get(pk=cast.tom.pk)
    assert tom.is_active and not tom.has_usable_password()
    assert [held.role for held in tom.held_memberships] == [Role.PRACTITIONER]
