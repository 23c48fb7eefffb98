"""Read what a case system hands in, strictly: known keys, texts that the start page would take."""

import json
from collections.abc import Iterable
from typing import Any

from decisions.wizard.answers import ABOUT, details
from decisions.wizard.forms import form_for
from decisions.wizard.journey import Journey
from decisions.wizard.storage import as_posted
from guidance.rulebook.schema import Edition

KEYS = (
    "case_reference",
    "who",
    "age",
    "information",
    "prompted",
    "organisation",
    "role",
    "deadline",
)


class Unreadable(Exception):
    """It cannot be taken: why, and what is wrong by key."""

    def __init__(self, why: str, keys: dict[str, str] | None = None) -> None:
        self.why, self.keys = why, keys or {}
        super().__init__(why)


def read_context(body: bytes, edition: Edition) -> dict[str, str]:
    """The texts by field of the step `about`; raises `Unreadable`."""
    given = _object(body)
    wrong = {key: _unknown(key) for key in given if key not in KEYS}
    wrong |= {
        key: "This must be a text in quotation marks."
        for key, value in given.items()
        if key in KEYS and not isinstance(value, str)
    }
    if not wrong:
        wrong = _refused(given, edition)
    if wrong:
        raise Unreadable("Nothing was taken. Put these right and send it again.", wrong)
    return {key: value for key, value in given.items() if value}


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body.decode("utf-8"), object_pairs_hook=_each_key_once)
    except UnicodeDecodeError:
        raise Unreadable("This is not UTF-8.") from None
    except RecursionError:
        raise Unreadable("This is nested too deeply. Send one flat JSON object.") from None
    except ValueError as error:
        raise Unreadable(f"This is not JSON: {error}") from None
    if not isinstance(given, dict):
        raise Unreadable("Send one JSON object.")
    return given


def _each_key_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable("Nothing was taken.", {_shown(key): "This key is there twice."})
        found[key] = value
    return found


def _refused(given: dict[str, str], edition: Edition) -> dict[str, str]:
    """What the start page would refuse, in its words; for a choice with the values there are."""
    choices = {one.id: [choice.id for choice in one.choices] for one in details(edition, ABOUT)}
    journey = Journey(edition, {})
    form = form_for(ABOUT)(as_posted(ABOUT, given), prefix=ABOUT, journey=journey, step=ABOUT)
    return {
        key: f"Write one of: {', '.join(choices[key])}." if choices.get(key) else str(found[0])
        for key, found in form.errors.items()
    }


def _unknown(key: str) -> str:
    return f"InfoShare does not know this key. It knows: {', '.join(KEYS)}."


def _shown(key: str) -> str:
    return key[:60]
