"""Who gets what at every address: one row an address; an address without a row fails.

Statuses of a GET: 200 shown, 303 led on, 302 to sign in, 403 not for this role, 404 not there
for you. People are those of `tests/cast.py`; the draft and the record are
Priya's (Early Help, Northmoor).
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from decisions.afterwards.writers import note_answered, note_not_shared
from decisions.findings.writers import raise_finding
from decisions.records.models import Event, Record
from decisions.register.saved import keep_view
from decisions.register.view import View
from decisions.replay.asking import ask_for_replay
from decisions.wizard.case_system.writers import make_key, take_case
from decisions.wizard.models import Draft
from guidance.adoption.writers import adopt_edition
from guidance.local.entries import add_entry
from guidance.local.models import Contact, RetentionClass
from guidance.local.procedures import save_procedure
from guidance.protocols.documents import KINDS
from guidance.protocols.models import Protocol
from guidance.protocols.writers import attach_document
from guidance.rulebook import catalogue
from infoshare.people.models import User
from tests.cast import PEOPLE, Cast
from tests.decisions.export.made import plan
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.guidance.local.words import CONTACT, KEPT
from tests.guidance.protocols.entries import PDF, enter

EVERYBODY = (None, *PEOPLE)
PRACTITIONERS = {"priya", "tom", "olu"}
MANAGERS = {"maya", "omar", "mina"}
LISTERS = {"maya", "omar", "ada", "mina", "abel"}


def only(who: set[str], status: int, otherwise: int, visitor: int = 302) -> dict[Any, int]:
    """The statuses of everybody when only some may."""
    table: dict[Any, int] = {name: status if name in who else otherwise for name in PEOPLE}
    return {**table, None: visitor}


ALL = only(set(PEOPLE), 200, 200)
PUBLIC = only(set(PEOPLE), 200, 200, visitor=200)
HOME = {**only(PRACTITIONERS, 200, 303)}
READERS = {"priya", "maya", "ada"}
NORTHMOOR = {name for name, row in PEOPLE.items() if row[1] == "northmoor"}
SIGNED_OUT_ONLY = only(set(PEOPLE), 302, 302, visitor=200)

TABLE: dict[str, dict[Any, int]] = {
    "home": HOME,
    "decisions:register": only(LISTERS, 200, 403),
    "decisions:save-view": only(set(PEOPLE), 405, 405),
    "decisions:saved-view": only({"maya"}, 200, 404),
    "decisions:delete-view": only(set(PEOPLE), 405, 405),
    "decisions:take-view": only(set(PEOPLE), 405, 405),
    "decisions:start": only(PRACTITIONERS, 200, 403),
    "decisions:team-drafts": only(MANAGERS, 200, 403),
    "decisions:discard": only({"priya"}, 200, 404),
    "decisions:bring-back": only({"priya"}, 405, 405, visitor=302),
    "decisions:hand-over": only({"maya"}, 200, 404),
    "decisions:hand-in": only(set(PEOPLE), 405, 405, visitor=405),  # for programs: POST, signed
    "decisions:start-from": only({"priya", "tom"}, 200, 404),
    "decisions:needs-you": only(PRACTITIONERS | MANAGERS | {"lena"}, 200, 403),
    "decisions:looked": only(set(PEOPLE), 405, 405),
    "decisions:messages": ALL,
    "decisions:messages-read": only(set(PEOPLE), 405, 405),
    "decisions:message-settings": ALL,
    "decisions:stop-mail": only(set(PEOPLE), 404, 404, visitor=404),  # no link of ours
    "decisions:doubts": only({"lena"}, 200, 403),
    "decisions:doubt": only({"lena"}, 200, 404),
    "decisions:impact": only({"lena"}, 200, 403),
    "decisions:desk": only({"ada", "abel"}, 200, 403),
    "decisions:desk-roles": only({"ada", "abel"}, 200, 403),
    "decisions:desk-settings": only({"ada", "abel"}, 200, 403),
    "decisions:desk-editions": only({"ada", "abel"}, 200, 403),
    "decisions:desk-lists": only({"ada", "abel"}, 200, 403),
    "decisions:desk-exports": only({"ada", "abel"}, 200, 403),
    "decisions:desk-reads": only({"ada", "abel"}, 200, 403),
    "decisions:desk-record-reads": only({"ada"}, 200, 404),
    "decisions:desk-taken": only({"ada", "abel"}, 200, 403),
    "decisions:findings": ALL,  # each sees those that concern them
    "decisions:finding": only({"ada", "maya", "priya"}, 200, 404),
    "decisions:raise-process": only({"ada"}, 200, 404),
    "decisions:raise-record": only({"ada"}, 200, 404),
    "decisions:exports": only({"ada", "abel"}, 200, 403),
    "decisions:export-new": only({"ada", "abel"}, 200, 403),
    "decisions:export": only({"ada"}, 200, 404),
    "decisions:export-begin": only({"ada"}, 303, 404),  # only a POST begins one
    "decisions:export-again": only({"ada"}, 303, 404),
    "decisions:export-cancel": only(set(PEOPLE), 405, 405),
    "decisions:export-file": only({"ada"}, 303, 404),  # led on: it is not made yet
    "decisions:replays": only({"ada", "abel"}, 200, 403),
    "decisions:replay": only({"ada"}, 200, 404),
    "decisions:protocol-suggestions": only({"lena"}, 200, 403),
    "decisions:put-aside": only(set(), 200, 404),  # nothing is suggested here
    "protocols:register": ALL,
    "protocols:due": ALL,
    "protocols:new": only({"lena"}, 200, 404),
    "protocols:protocol": only(NORTHMOOR, 200, 404),
    "protocols:version": only(NORTHMOOR, 200, 404),
    "protocols:change": only({"lena"}, 200, 404),
    "protocols:attach": only({"lena"}, 200, 404),
    "protocols:document": only(NORTHMOOR, 200, 404),
    "decisions:resume": only({"priya"}, 303, 404),
    "decisions:waiting": only({"priya"}, 303, 404),
    "decisions:advice": only({"priya"}, 200, 404),
    "decisions:advice-note": only({"priya"}, 200, 404),
    "local:index": only({"lena"}, 200, 403),
    "local:procedures": only({"lena"}, 200, 403),
    "local:procedure": only({"lena"}, 200, 404),
    "local:procedure-in": only({"lena"}, 200, 404),
    "local:version": only(NORTHMOOR, 200, 404),
    "local:ring": ALL,
    "local:contacts": only({"lena"}, 200, 403),
    "local:contact-add": only({"lena"}, 200, 404),
    "local:contact": only({"lena"}, 200, 404),
    "local:retention": only({"lena"}, 200, 403),
    "local:retention-add": only({"lena"}, 200, 404),
    "local:retention-class": only({"lena"}, 200, 404),
    "decisions:figures": only({"maya", "omar", "ada", "lena", "mina", "abel"}, 200, 403),
    "decisions:figure-drawing": only({"maya", "omar", "ada", "lena", "mina", "abel"}, 200, 403),
    "decisions:figure-sheet": only({"maya", "omar", "ada", "lena", "mina", "abel"}, 200, 403),
    "decisions:items": only({"priya"}, 303, 404),
    "decisions:draft-map": only({"priya"}, 200, 404),
    "decisions:step": only({"priya"}, 200, 404),
    "decisions:record": only(READERS, 200, 404),
    "decisions:record-pdf": only(READERS, 200, 404),
    "decisions:record-pdf-wait": only(READERS, 200, 404),
    "decisions:record-proof": only(set(), 200, 404),  # no checkpoint covers it yet
    "decisions:full-copy": only({"priya", "ada"}, 303, 404),  # nothing is left out of this one
    "decisions:together-pdf": only(set(), 200, 404),  # this record has no other half
    "decisions:together-pdf-wait": only(set(), 200, 404),
    "decisions:record-map": only(READERS, 200, 404),
    "decisions:add": only({"priya"}, 200, 404),
    "decisions:letter": only({"priya"}, 200, 404),
    "decisions:review": {**only({"maya"}, 200, 404), "priya": 403},  # nobody reviews their own
    "decisions:review-answer": only({"priya"}, 200, 404),
    "decisions:reviews": only({*MANAGERS, "lena"}, 200, 403),
    "decisions:review-advise": only(set(), 200, 404),  # nobody asked the lead
    "decisions:review-sample": only(set(PEOPLE), 405, 405),  # only a POST draws
    "decisions:review-rules": only({"lena"}, 200, 403),
    "covers": only(MANAGERS, 200, 403),
    "cover-end": only(set(PEOPLE), 405, 405),  # only a POST ends one
    "decisions:letter-pdf": only(READERS, 200, 404),
    "decisions:act-first": only({"priya"}, 200, 404),
    "decisions:follow-up": only({"priya"}, 303, 404),  # only a POST starts one
    "organisation-settings": only({"lena"}, 200, 403),
    "adoption:adoptions": only({"lena"}, 200, 403),
    "adoption:adopt": only({"lena"}, 200, 404),
    "adoption:end": only({"lena"}, 200, 404),
    "adoption:changes": only({"lena"}, 200, 404),
    "decisions:afterwards-pdf": only(READERS, 200, 404),
    "decisions:afterwards-pdf-wait": only(READERS, 200, 404),
    "decisions:check-record": PUBLIC,
    "decisions:verifier-file": PUBLIC,
    "decisions:blank-form": ALL,
    "decisions:pocket-guide": ALL,
    "guidance:index": ALL,
    "guidance:edition": ALL,
    "guidance:flow": ALL,
    "guidance:compare": ALL,
    "guidance:search": ALL,
    "guidance:protocols": only(set(PEOPLE), 302, 302),  # led on to its page in the library
    "guidance:library": ALL,
    "guidance:library-section": ALL,
    "guidance:library-page": ALL,
    "guidance:glossary": ALL,
    "guidance:question": ALL,
    "account_login": SIGNED_OUT_ONLY,
    "account_inactive": PUBLIC,
    "session": PUBLIC,  # a visitor is told that nothing is left
    "account_reauthenticate": ALL,
    "account_logout": ALL,  # a page with a button; only a POST signs out
    "account_change_password": ALL,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "health": PUBLIC,
    "health-jobs": only(set(PEOPLE), 503, 503, visitor=503),  # no worker runs in tests
    "help": PUBLIC,
    "privacy": PUBLIC,
    "accessibility": PUBLIC,
}
# What a POST does for those who may not GET: never more than a GET would.
POSTED_BY_OUTSIDERS = {302, 401, 403, 404, 405}
CASE_TEXT = (
    "decisions:discard",
    "decisions:resume",
    "decisions:waiting",
    "decisions:items",
    "decisions:draft-map",
    "decisions:step",
    "decisions:advice",
    "decisions:advice-note",
    "decisions:act-first",
    "decisions:follow-up",
    "decisions:record",
    "decisions:record-pdf",
    "decisions:record-pdf-wait",
    "decisions:record-proof",
    "decisions:full-copy",
    "decisions:together-pdf",
    "decisions:together-pdf-wait",
    "decisions:record-map",
    "decisions:add",
    "decisions:letter",
    "decisions:letter-pdf",
    "decisions:afterwards-pdf",
    "decisions:review",
    "decisions:review-answer",
    "decisions:afterwards-pdf-wait",
    "decisions:export",
    "decisions:export-begin",
    "decisions:export-file",
)


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The name of every address there is."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from names(one.url_patterns, inner)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}"


def test_every_address_stands_in_the_table() -> None:
    assert set(names(get_resolver().url_patterns)) == set(TABLE)


@pytest.fixture
def places(walk: Walk, cast: Cast) -> dict[str, str]:
    """The address to ask for by name: an open draft's question, a record sealed with a doubt."""
    walk.walk({**PLAIN, "setting": "safeguarding-child", "lawful-basis": "not-sure"})
    walk.save("right-way", RIGHT_WAY)
    walk.seal()
    record = Record.objects.get()
    about_record = {"record_id": record.pk}
    fresh = begin(walk.client, walk.draft.owner, walk.draft.team)
    fresh.about()
    draft = {"draft_id": fresh.draft.pk}
    asked = {**draft, "question": "urgent"}
    local = {"organisation": cast.northmoor, "person": cast.lena}
    contact = add_entry(Contact, **local, words=CONTACT)
    kept = add_entry(RetentionClass, **local, words=KEPT)
    text = {"question": "consent", "setting": "", "text": "Ask twice.", "seen": 0}
    own = save_procedure(**local, **text, in_force_from=localdate())
    place = [cast.northmoor.pk, "consent"]
    key = make_key(organisation=cast.northmoor, name="CareBase")
    token, _ = take_case(key=key, nonce="once", context={"case_reference": "CASE-9"})
    edition = {"edition_id": "england-2026"}
    adoption = adopt_edition(
        organisation=cast.northmoor,
        person=cast.lena,
        edition=catalogue.shipped()["england-2026"],
        begins_on=localdate(),
    )
    protocol = {"protocol_id": a_protocol(cast).pk}
    export = [plan(cast, [record]).pk]
    run = ask_for_replay(organisation=cast.northmoor, person=cast.ada)
    view = keep_view(person=cast.maya, name="Ours", view=View(words="mould"))
    told = {"title": "No role", "words": "Whose role was it?"}
    finding = raise_finding(organisation=cast.northmoor, record=record, person=cast.ada, **told)
    found = {
        "decisions:figure-drawing": reverse("decisions:figure-drawing", args=["decisions"]),
        "decisions:figure-sheet": reverse("decisions:figure-sheet", args=["decisions"]),
        "decisions:saved-view": reverse("decisions:saved-view", args=[view.pk]),
        "decisions:delete-view": reverse("decisions:delete-view", args=[view.pk]),
        "decisions:finding": reverse("decisions:finding", args=[finding.pk]),
        "decisions:raise-process": reverse("decisions:raise-process", args=[cast.northmoor.pk]),
        "decisions:raise-record": reverse("decisions:raise-record", kwargs=about_record),
        "decisions:export": reverse("decisions:export", args=export),
        "decisions:export-begin": reverse("decisions:export-begin", args=export),
        "decisions:export-again": reverse("decisions:export-again", args=export),
        "decisions:export-cancel": reverse("decisions:export-cancel", args=export),
        "decisions:export-file": reverse("decisions:export-file", args=export),
        "decisions:desk-record-reads": reverse("decisions:desk-record-reads", kwargs=about_record),
        "decisions:replay": reverse("decisions:replay", args=[run.pk]),
        "decisions:put-aside": reverse("decisions:put-aside", args=["none"]),
        "protocols:new": reverse("protocols:new", args=[cast.northmoor.pk]),
        "protocols:protocol": reverse("protocols:protocol", kwargs=protocol),
        "protocols:version": reverse("protocols:version", kwargs={**protocol, "number": 2}),
        "protocols:change": reverse("protocols:change", kwargs=protocol),
        "protocols:attach": reverse("protocols:attach", kwargs=protocol),
        "protocols:document": reverse(
            "protocols:document", kwargs={**protocol, "digest": hashlib.sha256(PDF).hexdigest()}
        ),
        "decisions:discard": reverse("decisions:discard", kwargs=draft),
        "decisions:bring-back": reverse("decisions:bring-back", kwargs=draft),
        "decisions:hand-over": reverse("decisions:hand-over", kwargs=draft),
        "decisions:start-from": reverse("decisions:start-from", args=[token]),
        "decisions:looked": reverse("decisions:looked", kwargs={"record_id": record.pk}),
        "decisions:stop-mail": reverse("decisions:stop-mail", args=["no-token"]),
        "decisions:doubt": reverse("decisions:doubt", args=[record.pk, "lawful-basis"]),
        "decisions:resume": reverse("decisions:resume", kwargs=draft),
        "decisions:waiting": reverse("decisions:waiting", kwargs=draft),
        "decisions:items": reverse("decisions:items", kwargs=draft),
        "decisions:draft-map": reverse("decisions:draft-map", kwargs=draft),
        "decisions:step": reverse("decisions:step", kwargs={**draft, "step": "urgent"}),
        "decisions:advice": reverse("decisions:advice", kwargs=asked),
        "decisions:advice-note": reverse("decisions:advice-note", kwargs=asked),
        "local:procedure": reverse("local:procedure", args=place),
        "local:procedure-in": reverse("local:procedure-in", args=[*place, "early-help"]),
        "local:version": reverse("local:version", args=[own.pk]),
        "local:contact-add": reverse("local:contact-add", args=[cast.northmoor.pk]),
        "local:contact": reverse("local:contact", args=[contact.entry]),
        "local:retention-add": reverse("local:retention-add", args=[cast.northmoor.pk]),
        "local:retention-class": reverse("local:retention-class", args=[kept.entry]),
        "decisions:record": reverse("decisions:record", kwargs={"record_id": record.pk}),
        "decisions:record-pdf": reverse("decisions:record-pdf", kwargs={"record_id": record.pk}),
        "decisions:record-pdf-wait": reverse("decisions:record-pdf-wait", kwargs=about_record),
        "decisions:record-proof": reverse("decisions:record-proof", kwargs=about_record),
        "decisions:full-copy": reverse("decisions:full-copy", kwargs=about_record),
        "decisions:together-pdf": reverse("decisions:together-pdf", kwargs=about_record),
        "decisions:together-pdf-wait": reverse("decisions:together-pdf-wait", kwargs=about_record),
        "decisions:afterwards-pdf": reverse("decisions:afterwards-pdf", kwargs=about_record),
        "decisions:afterwards-pdf-wait": reverse(
            "decisions:afterwards-pdf-wait", kwargs=about_record
        ),
        "decisions:record-map": reverse("decisions:record-map", kwargs=about_record),
        "decisions:add": reverse("decisions:add", kwargs={**about_record, "kind": "shared"}),
        "decisions:act-first": reverse("decisions:act-first", kwargs=draft),
        "decisions:follow-up": reverse("decisions:follow-up", kwargs=about_record),
        "decisions:letter": reverse("decisions:letter", kwargs=about_record),
        "decisions:review": reverse("decisions:review", kwargs=about_record),
        "decisions:review-answer": reverse("decisions:review-answer", kwargs=about_record),
        "decisions:review-advise": reverse("decisions:review-advise", kwargs=about_record),
        "decisions:review-sample": reverse("decisions:review-sample", args=[walk.draft.team_id]),
        "cover-end": reverse("cover-end", args=[record.pk]),  # no cover has this id
        "decisions:letter-pdf": reverse(
            "decisions:letter-pdf", kwargs={**about_record, "event_id": a_letter(record).pk}
        ),
        "decisions:blank-form": reverse("decisions:blank-form", kwargs=edition),
        "guidance:edition": reverse("guidance:edition", kwargs=edition),
        "guidance:compare": reverse("guidance:compare", args=["hmg-2008", "england-2026"]),
        "guidance:protocols": reverse("guidance:protocols"),
        "guidance:flow": reverse("guidance:flow", kwargs=edition),
        "guidance:library-section": reverse("guidance:library-section", args=["protocols"]),
        "guidance:library-page": reverse(
            "guidance:library-page", args=["protocols", "what-they-are"]
        ),
        "guidance:question": reverse(
            "guidance:question", kwargs={**edition, "question_id": "purpose"}
        ),
        "adoption:adopt": reverse("adoption:adopt", args=[cast.northmoor.pk]),
        "adoption:end": reverse("adoption:end", args=[adoption.pk]),
        "adoption:changes": reverse("adoption:changes", args=[adoption.pk]),
        "account_reset_password_from_key": reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "0", "key": "a-b"}
        ),
    }
    return {name: found.get(name) or reverse(name) for name in TABLE}


def a_protocol(cast: Cast) -> Protocol:
    """A protocol with a document, which covers no decision here."""
    protocol = enter(cast, parties="Police")
    given = {"protocol": protocol, "person": cast.lena, "seen": 1}
    attach_document(**given, kind=KINDS["pdf"], content=PDF)
    return protocol


def a_letter(record: Record) -> Event:
    """A letter to a requester, after the information could not be shared."""
    given = {"record": record, "person": record.owner, "page": uuid.uuid4()}
    note_not_shared(**given, on=localdate(record.sealed_at), why="They have closed")
    words = {"to": "The housing office", "their_reference": "", "text": "We will not share it."}
    return note_answered(**given, style="reasons", **words)


def client_of(who: str | None, cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(getattr(cast, who)) if who else Client()


@pytest.mark.usefixtures("seldom_counted")
def test_a_get_answers_as_the_table_says(
    cast: Cast, places: dict[str, str], signed_in: Callable[[User], Client]
) -> None:
    wrong = {}
    for who in EVERYBODY:
        client = client_of(who, cast, signed_in)
        for name, address in places.items():
            status = client.get(address).status_code
            if status != TABLE[name][who]:
                wrong[name, who] = status
    assert not wrong


def test_nobody_else_writes_to_a_draft_or_record(
    cast: Cast, places: dict[str, str], signed_in: Callable[[User], Client]
) -> None:
    let_in = {}
    for who in (name for name in EVERYBODY if name != "priya"):
        client = client_of(who, cast, signed_in)
        for method, name in product(("post", "put", "patch", "delete"), CASE_TEXT):
            if (who, name) == ("maya", "decisions:review"):
                continue  # its manager reviews it
            reply = getattr(client, method)(places[name], {"urgent-answer": "yes"})
            is_asked_why = (who, name) == ("ada", "decisions:full-copy")  # writes no record
            if reply.status_code not in POSTED_BY_OUTSIDERS and not is_asked_why:
                let_in[who, method, name] = reply.status_code
    assert not let_in
    assert Record.objects.count() == 1
    assert not Draft.objects.filter(record__isnull=True, answers__has_key="urgent").exists()


def test_a_foreign_draft_looks_like_none_at_all(
    cast: Cast, places: dict[str, str], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.olu)
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in CASE_TEXT:
        foreign = client.get(places[name])
        parts = places[name].split("/")
        nothing = client.get("/".join([*parts[:2], unknown, *parts[3:]]))
        assert foreign.status_code == nothing.status_code == 404
        assert plain(foreign) == plain(nothing)


def plain(reply: Any) -> str:
    """A page without what differs at every request."""
    text = re.sub(r'nonce="[^"]*"|value="[^"]*"', "", reply.content.decode())
    return re.sub(r"[0-9a-f-]{36}", "", text)


def test_rights_that_end_end_at_once(
    cast: Cast, places: dict[str, str], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.maya)
    assert client.get(places["decisions:record"]).status_code == 200
    cast.maya.memberships.update(ended_at=cast.maya.created_at)
    assert client.get(places["decisions:record"]).status_code == 404
    assert client.get(places["decisions:register"]).status_code == 403
