"""Replies when a list could not simply be saved. None of them drops a typed word."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from decisions.wizard.answers import ITEMS, StepAnswers
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.items.choice import item_words
from decisions.wizard.items.listed import NOT_KNOWN, Item, joined, listed
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from decisions.wizard.replies import CONFLICT, see_other
from guidance.rulebook.schema import ItemList


def show_both_lists(
    request: HttpRequest, draft: Draft, journey: Journey, stale: Stale, typed: StepAnswers
) -> HttpResponse:
    """The page after two saves of the list: what differs, and the choice between them."""
    words = journey.edition.items
    both = joined(stale.saved, typed)
    context = {
        "draft": draft,
        "step": ITEMS,
        "rows": _differing(words, stale.saved, typed) if words else [],
        "posts_typed": _posts(typed),
        "posts_both": _posts(both),
        "revision": stale.revision,
        "prefix": draft.pk,
    }
    return TemplateResponse(request, "decisions/conflict.html", context, status=CONFLICT)


def hand_back(
    request: HttpRequest, words: ItemList, sealed: AlreadySealed, typed: StepAnswers
) -> HttpResponse:
    """To the record; with typed words the page that gives them back."""
    rows = [{"label": f"Item {item.place}", "typed": _said(words, item)} for item in listed(typed)]
    if typed.get(NOT_KNOWN):
        rows.append({"label": "What is not known", "typed": typed[NOT_KNOWN]})
    if not rows:
        return see_other("decisions:record", record_id=sealed.record_id)
    context = {"rows": rows, "record_id": sealed.record_id}
    return TemplateResponse(request, "decisions/not_saved.html", context, status=CONFLICT)


def _posts(given: StepAnswers) -> Iterable[tuple[str, str]]:
    return [(f"{ITEMS}-{key}", text) for key, text in given.items()]


def _differing(words: ItemList, saved: StepAnswers, typed: StepAnswers) -> list[dict[str, str]]:
    ours = {item.id: _said(words, item) for item in listed(saved)}
    theirs = {item.id: _said(words, item) for item in listed(typed)}
    rows = [
        {
            "label": f"Item {place}",
            "saved": ours.get(number, ""),
            "typed": theirs.get(number, ""),
        }
        for place, number in enumerate(sorted({*ours, *theirs}, key=int), start=1)
        if ours.get(number) != theirs.get(number)
    ]
    unknown = [one.get(NOT_KNOWN, "") for one in (saved, typed)]
    if unknown[0] != unknown[1]:
        rows.append({"label": "What is not known", "saved": unknown[0], "typed": unknown[1]})
    return rows


def _said(words: ItemList, item: Item) -> str:
    """All that is said of an item, line by line."""
    said = item_words(words, item)
    lines = [said["what"], said["kind"], said["hand"], said["whose"], said["date"], said["checked"]]
    if said["reveals"]:
        lines.append(words.fields["reveals"].label if "reveals" in words.fields else "")
    return "\n".join(filter(None, lines))
