"""Replies when a list could not simply be saved. None of them drops a typed word."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from decisions.wizard.answers import ITEMS, StepAnswers
from decisions.wizard.drafts import AlreadySealed, Stale
from decisions.wizard.items.choice import label_of
from decisions.wizard.items.listed import NEXT, NOT_KNOWN, PARTS, Item, joined, listed
from decisions.wizard.models import Draft
from decisions.wizard.replies import Twofold, both_texts_page, hand_back, see_other
from guidance.rulebook.schema import ItemList


def show_both_lists(
    request: HttpRequest, draft: Draft, words: ItemList, stale: Stale, typed: StepAnswers
) -> HttpResponse:
    """The page after two saves of the list: what differs, and the choice between them."""
    both = joined(stale.saved, typed)
    found = [
        Twofold(
            name=f"{ITEMS}-{key}",
            label=label,
            saved=stale.saved.get(key, ""),
            typed=typed.get(key, ""),
            both=both.get(key, ""),
            saved_words=_in_words(words, stale.saved, key),
            typed_words=_in_words(words, typed, key),
        )
        for key, label in _labels(words, {**stale.saved, **typed, **both}).items()
    ]
    address = reverse("decisions:items", kwargs={"draft_id": draft.pk})
    return both_texts_page(request, address, found, {"based_on": str(stale.revision)})


def show_too_late(
    request: HttpRequest, words: ItemList, sealed: AlreadySealed, typed: StepAnswers
) -> HttpResponse:
    """To the record; with typed words the page that gives them back."""
    rows = [
        {"label": label, "typed": _in_words(words, typed, key)}
        for key, label in _labels(words, typed).items()
        if typed.get(key)
    ]
    if not rows:
        return see_other("decisions:record", record_id=sealed.record_id)
    return hand_back(request, rows, record_id=sealed.record_id)


def _labels(words: ItemList, given: StepAnswers) -> dict[str, str]:
    """What each text of a list is called, in the order of the page."""
    said = {
        f"{item.id}-{part}": f"Item {item.place}: {words.fields[part].label}"
        for item in listed(given)
        for part in PARTS
        if part in words.fields
    }
    field = words.fields.get(NOT_KNOWN)
    return {**said, NOT_KNOWN: field.label if field else "What is not known?"}


def _in_words(words: ItemList, given: StepAnswers, key: str) -> str:
    number, _, part = key.partition("-")
    item = next((one for one in listed(given) if one.id == number), None)
    if item is None or key in (NOT_KNOWN, NEXT):
        return given.get(key, "")
    return _said(words, item, part)


def _said(words: ItemList, item: Item, part: str) -> str:
    if part == "reveals":
        return "Yes" if item.reveals else ""
    return label_of(words, part, item)
