"""axe finds nothing on any page, in any state that a person can bring a page into."""

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from decisions.records.events import note_exported, note_viewed
from decisions.records.models import Record
from decisions.records.sealing import seal
from decisions.wizard.drafts import start_draft
from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from infoshare.people.models import Membership, Role
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.site import Site
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.desk.stating import state_export
from tests.decisions.walk import PLAIN, RIGHT_WAY, begin

DESK = ("reads/", "taken/", "exports/", "lists/", "roles/", "settings/", "editions/")
Come = Callable[..., Visitor]
LONG = (
    "A reason of some length, with more than one sentence. It goes on.\n\nAnd a second paragraph."
)


def test_pages_open_to_all(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector()
    for path in ("/help/", "/privacy/", "/accessibility/", "/sign-in/closed/", "/sign-in/"):
        me.visitor.open(path)
    me.spoil("Sign in")
    me.visitor.forgive(404)
    me.visitor.open("/no-such-page/")


def test_getting_a_new_password(
    inspector: Callable[..., Inspector], people: Cast, site: Site
) -> None:
    me = inspector()
    me.visitor.open("/password/reset/")
    me.spoil("Send the email")
    me.page.locator("[name=email]").fill(people.priya.email)
    me.visitor.press("Send the email")
    link = link_in_letter(site)
    me.visitor.open(link)
    me.spoil("Set password")
    for box in me.page.locator("[type=password]").all():
        box.fill("a very long new password")
    me.visitor.press("Set password")
    me.visitor.open(link)
    assert me.visitor.heading() == "This link does not work"


def link_in_letter(site: Site) -> str:
    """The address in the latest letter that the site has sent."""
    letter = max((site.data / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    text = message_from_bytes(letter.read_bytes(), policy=policy.default).get_content()
    return next(word for word in text.split() if word.startswith(site.address))


def test_the_own_account(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    me.visitor.open("/password/change/")
    me.spoil("Change password")
    me.visitor.open("/sign-out/")


def test_every_question_and_its_errors(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    me.visitor.open("/")
    Membership.objects.create(
        user=people.priya,
        organisation=people.northmoor,
        team=people.adults,
        role=Role.PRACTITIONER,
    )
    me.visitor.open("/decisions/start/")
    me.spoil(CONTINUE)
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    me.visitor.open(walk.address("about"))
    me.spoil(CONTINUE)
    walk.about()
    for gates in LONGEST:
        for gate, value in gates.items():
            me.visitor.open(walk.address(gate))
            assert me.visitor.step() == gate
            walk.answer(gate, value, LONG)
    me.visitor.open(walk.address("urgent"))
    me.visitor.write("reason", "x" * 10_001)
    me.spoil(CONTINUE)


# Between them these two ask every question of england-2026.
LONGEST = (
    {
        "urgent": "no",
        "setting": "safeguarding-adult",
        "duty": "child-information-duty",
        "detriment": "yes",
        "public-interest": "limited",
        "lawful-basis": "public-task",
    },
    {
        "duty": "no",
        "purpose": "yes",
        "identifiable": "living",
        "confidential": "yes",
        "consent": "not-asked",
        "share-anyway": "yes",
        "public-interest": "sufficient",
        "lawful-basis": "public-task",
    },
)


def test_the_older_edition(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    walk = begin(client_of(people.priya), people.priya, people.early_help, edition="hmg-2008")
    walk.about()
    for gate, value in {"urgent": "no", "duty": "no", "purpose": "no"}.items():
        me.visitor.open(walk.address(gate))
        walk.answer(gate, value)
    me.visitor.open(walk.address("decide"))


def test_from_the_right_way_to_the_record(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    me = inspector(people.priya)
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk({**PLAIN, "confidential": "yes", "consent": "given", "lawful-basis": "public-task"})
    walk.answer("confidential", "no")
    me.visitor.open(f"/drafts/{walk.draft.pk}/map/")
    me.visitor.open(walk.address("right-way"))
    me.spoil(CONTINUE)
    me.visitor.choose("no", "told")
    me.spoil(CONTINUE)
    walk.post("right-way", RIGHT_WAY)
    me.visitor.open(walk.address("decide"))
    me.spoil("Seal this decision")
    me.visitor.choose("do-not-share", "decision")
    me.visitor.write("reason", LONG)
    me.visitor.press("Seal this decision")
    with me.page.expect_download():
        me.visitor.thing("Download the PDF").click()
    me.page.reload()
    me.look(me.page)
    me.visitor.open("/")


def test_waiting_for_advice_or_consent(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    for gates in (
        {"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"},
        {
            **{gate: PLAIN[gate] for gate in ("urgent", "setting", "duty", "purpose")},
            "identifiable": "living",
            "confidential": "yes",
            "consent": "not-asked",
            "share-anyway": "no",
        },
    ):
        walk = begin(client_of(people.priya), people.priya, people.early_help)
        walk.walk(gates)
        me.visitor.open(f"/drafts/{walk.draft.pk}/waiting/")
        me.visitor.open(walk.address("decide"))
    me.visitor.open("/")
    me.visitor.open("/?state=waiting-for-advice")


def test_two_texts_and_words_handed_back(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk(PLAIN)
    me.visitor.forgive(409)
    for words, go_to_record in ((LONG, False), ("Too late", True)):
        me.visitor.open(walk.address("urgent"))
        me.visitor.write("reason", words)
        if go_to_record:
            walk.post("right-way", RIGHT_WAY)
            walk.seal()
        else:
            walk.answer("urgent", "no", "Typed in another tab")
        assert me.visitor.press_and_stay(CONTINUE) == 409
        me.page.get_by_role("heading", name="saved").first.wait_for()
        me.look(me.page)


@pytest.mark.parametrize("edition", [*catalogue.shipped().values()], ids=lambda each: each.id)
def test_the_guidance(inspector: Callable[..., Inspector], people: Cast, edition: Edition) -> None:
    me = inspector(people.priya)
    root = f"/guidance/{edition.id}"
    me.visitor.open("/guidance/")
    me.visitor.open(f"{root}/")
    me.visitor.open(f"{root}/flow/")
    for question in (*(each.id for each in edition.questions), *edition.steps):
        me.visitor.open(f"{root}/questions/{question}/")


def test_lists_of_a_manager_and_an_auditor(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    manager = inspector(people.maya)
    manager.visitor.open("/register/")
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.to_decision()
    for _ in range(26):
        another_sealed(walk.draft)
    manager.visitor.open("/register/")
    manager.visitor.press("Next decisions")
    auditor = inspector(people.ada).visitor
    auditor.open("/register/")
    record = Record.objects.all()[0]
    note_viewed(record=record, person=people.maya)
    note_exported(record=record, person=people.maya, file_hash="a" * 64)
    state_export(person=people.ada, organisation=people.northmoor)
    for part in ("", *DESK, f"reads/{record.pk}/", "reads/?until_day=32"):
        auditor.open(f"/audit/{part}")
    manager.visitor.forgive(403)
    manager.visitor.open("/decisions/start/")


def another_sealed(pattern: Draft) -> Record:
    """A record with the answers of this draft."""
    draft = start_draft(
        owner=pattern.owner, team=pattern.team, edition=catalogue.shipped()[catalogue.DEFAULT]
    )
    answers = Draft.objects.values_list("answers", flat=True).get(pk=pattern.pk)
    decided = {**answers, "decide": {"decision": "share", "reason": ""}}
    Draft.objects.filter(pk=draft.pk).update(answers=decided)
    return seal(draft_id=draft.pk, person=draft.owner, seen_revision=draft.revision)
