"""Starting a draft: only in one's own team, under a known edition."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast

START = reverse("decisions:start")
SignIn = Callable[[User], Client]


SENT = {
    "edition": catalogue.DEFAULT,
    "about-case_reference": "CASE-7",
    "urgent-answer": "no",
    "setting-answer": "early-help",
}


def test_it_works(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.priya)
    assert "Which team" not in client.get(START).content.decode()
    reply = client.post(START, {**SENT, "about-who": "child", "about-deadline": "1 2 2030"})
    draft = Draft.objects.get()
    assert (reply.status_code, reply["Location"]) == (303, f"/drafts/{draft.pk}/")
    place = (cast.priya, cast.early_help, cast.northmoor)
    assert (draft.owner, draft.team, draft.organisation) == place
    assert draft.edition.edition_id == catalogue.DEFAULT
    about = {name: value for name, value in draft.answers["about"].items() if value}
    assert about == {"case_reference": "CASE-7", "who": "child", "deadline": "1 2 2030"}
    assert (draft.answers["urgent"]["answer"], draft.answers["setting"]["answer"]) == (
        "no",
        "early-help",
    )
    assert draft.revision == draft.revisions.count() == 3
    # All that the start page asked is done: the next page is the first question after it.
    assert client.get(reply["Location"])["Location"] == f"/drafts/{draft.pk}/duty/"


def test_somebody_at_risk_need_not_say_the_setting(cast: Cast, signed_in: SignIn) -> None:
    sent = {**SENT, "urgent-answer": "yes", "setting-answer": ""}
    assert signed_in(cast.priya).post(START, sent).status_code == 303
    assert list(Draft.objects.get().answers) == ["about", "urgent"]


def test_another_edition_keeps_what_was_typed(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.priya)
    reply = client.post(START, {**SENT, "use": "hmg-2008"})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "CASE-7" in page
    assert 'name="edition" value="hmg-2008"' in page
    assert "setting-answer" not in page
    assert "There is a problem" not in page
    assert not Draft.objects.exists()
    client.post(START, {**SENT, "edition": "hmg-2008"})
    draft = Draft.objects.get()
    assert (draft.edition.edition_id, list(draft.answers)) == ("hmg-2008", ["about", "urgent"])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("about-case_reference", " "),
        ("about-deadline", "31 2 2026"),
        ("about-deadline", "1 1 1850"),
        ("about-who", "a giant"),
        ("urgent-answer", ""),
        ("setting-answer", ""),
        ("setting-answer", "elsewhere"),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    field: str, typed: str, cast: Cast, signed_in: SignIn
) -> None:
    reply = signed_in(cast.priya).post(START, {**SENT, "about-role": "A nurse", field: typed})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert f'href="#id_{field}"' in page
    assert page.count("govuk-error-message") == 1
    assert "A nurse" in page
    assert not Draft.objects.exists()


def test_a_get_makes_no_draft(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.priya).get(START, SENT)
    assert not Draft.objects.exists()


def test_people_of_several_teams_are_asked_which(cast: Cast, signed_in: SignIn) -> None:
    Membership.objects.create(
        user=cast.priya, organisation=cast.northmoor, team=cast.adults, role=Role.PRACTITIONER
    )
    client = signed_in(cast.priya)
    assert "Which team" in client.get(START).content.decode()
    assert client.post(START, SENT).status_code == 200
    assert not Draft.objects.exists()
    client.post(START, {**SENT, "team": str(cast.adults.pk)})
    assert Draft.objects.get().team == cast.adults


@pytest.mark.parametrize(
    "edition", ["england-1066", ["england-2026", "england-1066"], "england-2026\0"]
)
def test_an_unknown_edition_is_said(
    edition: str | list[str], cast: Cast, signed_in: SignIn
) -> None:
    reply = signed_in(cast.priya).post(START, {**SENT, "edition": edition})
    assert reply.status_code in (200, 400)
    assert "CASE-7" in reply.content.decode()
    assert not Draft.objects.exists()


def test_another_team_is_refused(cast: Cast, signed_in: SignIn) -> None:
    Membership.objects.create(
        user=cast.priya, organisation=cast.northmoor, team=cast.adults, role=Role.PRACTITIONER
    )
    sent = {**SENT, "team": str(cast.pastoral.pk)}
    assert signed_in(cast.priya).post(START, sent).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["maya", "ada", "lena", "sam"])
def test_only_practitioners_start(who: str, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, who))
    assert client.post(START, SENT).status_code == 403
    assert not Draft.objects.exists()
