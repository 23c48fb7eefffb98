"""Every page that people read, made without a database, for `manage.py check_reading`.

Pages whose words come from an edition are made as a person would see them, from samples. Of every
other page the template itself is read.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from formtools.wizard.forms import ManagementForm

from decisions.afterwards import kinds
from decisions.afterwards.forms import EventForm, LetterChoices
from decisions.afterwards.letters import GENERAL_REASONS
from decisions.afterwards.rules import Situation
from decisions.records.contents import Circumstances, sections
from decisions.wizard.advice.forms import AdviceForm
from decisions.wizard.answers import DECIDE, RIGHT_WAY, URGENT
from decisions.wizard.forms import form_for
from decisions.wizard.journey import Journey
from decisions.wizard.labels import TOLD_LABELS
from decisions.wizard.presentation import step_context
from decisions.wizard.start_page import StartPage
from decisions.wizard.urgent.forms import UrgentForm
from guidance import compare_views
from guidance import views as guidance
from guidance.local.forms import ContactForm, RetentionForm
from guidance.reading import shelf
from guidance.reading.schema import HARDEST
from guidance.reading.sections import BY_ID
from guidance.rulebook import catalogue
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Conclusion, Edition
from infoshare.people.models import Organisation, Sector, Team, User
from infoshare.reading import texts_of

NOW = datetime(2026, 3, 4, 15, 42, tzinfo=UTC)
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ORGANISATION = Organisation(name="Northmoor", sector=Sector.SOCIAL_CARE)
TEAMS = [Team(organisation=ORGANISATION, name=name) for name in ("Early Help", "Adults")]
PERSON = User(name="Priya Shah", email="priya@northmoor.example")
EXTENDS_BASE = re.compile(r"\{%-? extends \"base.html\"")
# Read by people, and part of every page instead of a page.
PARTS = ("components/idle.html",)
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page's name, the template that made it, and the text of each of its blocks."""

    name: str
    template: str
    texts: list[str]
    hardest: float = HARDEST  # the highest grade it may have


def pages() -> Iterator[PageToRead]:
    """Every page, first those that are made, then the templates that none of them used."""
    made = set()
    for page in _made():
        made.add(page.template)
        yield page
    for path in sorted(TEMPLATES.rglob("*.html")):
        name, source = str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")
        if name not in made and (EXTENDS_BASE.search(source) or name in PARTS):
            words = VALUE.sub("this", CODE.sub("", source))
            yield PageToRead(name, name, texts_of(f"<main>{words}</main>"))


def _made() -> Iterator[PageToRead]:
    for name in ("help", "privacy", "accessibility"):
        yield _page(f"/{name}/", f"pages/{name}.html", {})
    yield from _of_guidance()
    yield from _of_library()
    for edition in catalogue.shipped().values():
        yield from _of_wizard(edition)
    yield from _afterwards()
    form: Any
    context = {
        "form": AdviceForm(),
        "draft": _draft({}),
        "edition": catalogue.shipped()[catalogue.DEFAULT],
        "question": "purpose",
        "question_title": "Is there a clear and legitimate reason to share?",
    }
    yield _page("advice/note", "decisions/advice/note.html", context)
    for form, name in ((ContactForm(), "contact"), (RetentionForm(), "retention_class")):
        context = {"form": form, "organisation": ORGANISATION}
        yield _page(f"local/{name}", f"local/{name}.html", context)


def _page(name: str, template: str, context: dict[str, Any]) -> PageToRead:
    html = render_to_string(template, context, request())
    return PageToRead(name, template, texts_of(html))


def request() -> HttpRequest:
    """A request of somebody who is signed in and has no rights but to read."""
    made = RequestFactory().get("/")
    PERSON.held_memberships = ()
    made.user = PERSON
    return made


def _of_guidance() -> Iterator[PageToRead]:
    def read(name: str, template: str, view: Any, *words: str) -> PageToRead:
        return PageToRead(name, template, texts_of(view(request(), *words).content.decode()))

    yield read("guidance", "guidance/index.html", guidance.index)
    both = list(catalogue.shipped())
    yield read("guidance/compare", "guidance/compare.html", compare_views.compared, *both)
    for edition in catalogue.shipped().values():
        root = f"guidance/{edition.id}"
        yield read(root, "guidance/edition.html", guidance.edition, edition.id)
        yield read(f"{root}/flow", "guidance/flow.html", guidance.flow, edition.id)
        for question in guidance.guides(edition):
            name, template = f"{root}/{question}", "guidance/question.html"
            yield read(name, template, guidance.question, edition.id, question)


def _of_library() -> Iterator[PageToRead]:
    """The words of each page as its file has them; what stands around them is a template's."""
    library = shelf.shipped()
    for page in library.pages:
        name = f"guidance/library/{page.file}"
        hardest = BY_ID[page.section].hardest
        yield PageToRead(name, "guidance/library/page.html", library.plain(page), hardest)
    meanings = [term.meaning for term in library.terms]
    yield PageToRead("guidance/library/glossary", "guidance/library/glossary.html", meanings)


# --- The wizard, and the record at its end ------------------------------------------------------


def _of_wizard(edition: Edition) -> Iterator[PageToRead]:
    """Each question of the edition, each outcome, the right way, and a record of each decision."""
    yield from _beginning(edition)
    asked: set[str] = set()
    concluded: set[str] = set()
    for conclusion in complete_paths(edition):
        rule = conclusion.rule.id if conclusion.rule else ""
        new = [step for step in conclusion.path.asked if step not in asked]
        if not new and rule in concluded:
            continue
        journey = Journey(edition, _answers(conclusion))
        steps = ["about", *new] if not asked else new
        for step in [*steps, *([RIGHT_WAY] if journey.is_sharing and not concluded else [])]:
            yield _step(journey, step, f"{edition.id}: {step}")
        asked.update(new)
        if rule not in concluded:
            concluded.add(rule)
            yield _step(journey, DECIDE, f"{edition.id}: decide, {rule}", "decisions/decide.html")
            yield _record(journey, f"{edition.id}: record, {rule}")


def _beginning(edition: Edition) -> Iterator[PageToRead]:
    """The start page, and the page for acting first."""
    page = StartPage(edition, TEAMS, QueryDict(), is_sent=False)
    others = list(catalogue.shipped().values())
    start = {"form": page, "edition": edition, "others": others, "asked": edition.id}
    yield _page(f"{edition.id}: start", "decisions/start.html", start)
    act = {
        "form": UrgentForm(),
        "draft": _draft({}),
        "edition": edition,
        "rule": edition.rule(URGENT),
        "guide": edition.question(URGENT).guide,
        "asks_reference": True,
        "due": "Friday 6 March 2026",
    }
    yield _page(f"{edition.id}: act first", "decisions/urgent/act_first.html", act)


def _answers(conclusion: Conclusion) -> dict[str, dict[str, str]]:
    given = {gate: {"answer": answer} for gate, answer in conclusion.path.answers.items()}
    return {"about": {"case_reference": "CASE-1"}, **given}


def _step(
    journey: Journey, step: str, name: str, template: str = "decisions/step.html"
) -> PageToRead:
    draft = _draft(journey.answers)
    context = {
        **step_context(journey, step, draft),
        "form": form_for(step)(journey=journey, step=step),
        "wizard": {"management_form": ManagementForm(prefix="draft")},
        "based_on": 1,
    }
    return _page(name, template, context)


def _draft(answers: Any) -> Any:
    """What the pages say of a draft."""
    return SimpleNamespace(
        pk=uuid.uuid4(), answers=answers, team=TEAMS[0], revision=1, saved_at=NOW
    )


def _record(journey: Journey, name: str) -> PageToRead:
    suggested = journey.conclusion.outcome.value
    taken = suggested if suggested in ("share", "share-in-part") else "do-not-share"
    journey = Journey(journey.edition, {**journey.answers, DECIDE: {"decision": taken}})
    who = ("1", "Priya Shah")
    around = Circumstances(
        record_id=str(uuid.uuid4()),
        reference="ABCD-EFGH-JKLM",
        practitioner=who,
        team=who,
        organisation=(*who, "social-care"),
        started_at=NOW,
        sealed_at=NOW,
    )
    record = SimpleNamespace(pk=uuid.uuid4(), sealed_at=NOW, commitment="", reference="ABCD")
    context = {"record": record, "sections": sections(journey, around), "told_labels": TOLD_LABELS}
    return _page(name, "decisions/record.html", context)


# --- Afterwards ---------------------------------------------------------------------------------


def _afterwards() -> Iterator[PageToRead]:
    today = date(2026, 3, 9)
    now = Situation("share", "consent", {"consent": "given"}, date(2026, 3, 4), today)
    record = SimpleNamespace(pk=uuid.uuid4(), reference="ABCD-EFGH-JKLM")
    for kind, words in kinds.KINDS.items():
        context: dict[str, Any] = {"record": record, "kind": kind, "words": words}
        if kind == kinds.ANSWERED:
            context["form"] = LetterChoices(now=now, reasons=GENERAL_REASONS)
            yield _page("letter", "decisions/afterwards/letter.html", context)
        else:
            context["form"] = EventForm(kind=kind, now=now)
            yield _page(f"afterwards: {kind}", "decisions/afterwards/add.html", context)
