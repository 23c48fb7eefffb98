"""Answers in, conclusions out, one JSON object a line: what `manage.py replay` does.

A line is `{"edition": ID, "answers": {QUESTION: OPTION}}`. Nothing is guessed: a line that is
not exactly that is refused with its number, the key and what is allowed there.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Conclusion, Context, Edition, Question

KEYS = ("edition", "answers")
LONGEST_LINE = 1_000_000  # bytes; a line with every answer of an edition has about 500


class LineError(Exception):
    """A line that cannot be replayed: one line of text, safe to print anywhere."""

    def __init__(self, number: int, problem: str, allowed: Collection[str]) -> None:
        super().__init__(f"line {number}: {problem}; allowed: {', '.join(allowed)}")


class Pairs(list[tuple[str, object]]):
    """A JSON object before repeated keys are lost."""


class Replayer:
    """Works out conclusions on a fixed set of editions, line by line."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        self.editions = editions
        self._allowed = {one.id: _allowed(one, editions) for one in editions.values()}

    def line(self, line: bytes, number: int) -> bytes:
        """The conclusion for one line, as a line of JSON; raises `LineError`."""
        whole = _read(line, number)
        edition_id = _text(whole["edition"], number, '"edition"', self.editions)
        if edition_id not in self.editions:
            problem = f'"edition": {_shown(edition_id)} is not an edition'
            raise LineError(number, problem, self.editions)
        edition = self.editions[edition_id]
        answers = _answers(whole["answers"], number, self._allowed[edition_id])
        written = _written(edition, conclude(edition, answers))
        return json.dumps(written, ensure_ascii=False).encode() + b"\n"


def _read(line: bytes, number: int) -> dict[str, object]:
    """The line's two values by key."""
    whole = _pairs(_parsed(line, number), number, "the line", KEYS)
    for name in whole:
        if name not in KEYS:
            raise LineError(number, f"{_shown(name)} is not a key of a line", KEYS)
    for name in KEYS:
        if name not in whole:
            raise LineError(number, f'"{name}" is missing', KEYS)
    return whole


def _parsed(line: bytes, number: int) -> object:
    if len(line) > LONGEST_LINE:
        raise LineError(number, "too long", [f"at most {LONGEST_LINE:,} bytes a line"])
    try:
        return _JSON.decode(line.decode("utf-8").strip(" \t\r\n"))
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 text at byte {error.start + 1}"
    except json.JSONDecodeError as error:
        problem = f"{error.msg} at column {error.colno}"
    except NotJSONError as error:
        problem = f"{error} is not a JSON value"
    except RecursionError:
        problem = "nested too deep"
    raise LineError(number, f"not JSON ({problem})", ['{"edition": "...", "answers": {...}}'])


class NotJSONError(ValueError):
    """NaN or an infinity, which Python reads but JSON does not have."""


def _constant(name: str) -> object:
    raise NotJSONError(name)


# Numbers are never allowed here, so a huge one is not worth the time to read it.
_JSON = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_constant=_constant, parse_int=len, parse_float=len
)


def _answers(value: object, number: int, allowed: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The answers by question, each checked against the options it may have."""
    answers: dict[str, str] = {}
    for name, answer in _pairs(value, number, '"answers"', allowed).items():
        if name not in allowed:
            raise LineError(number, f'"answers": {_shown(name)} is not a question', allowed)
        answers[name] = _text(answer, number, f'"{name}"', allowed[name])
        if answers[name] not in allowed[name]:
            problem = f'"{name}": {_shown(answers[name])} is not an option'
            raise LineError(number, problem, allowed[name])
    return answers


def _allowed(edition: Edition, editions: Mapping[str, Edition]) -> dict[str, list[str]]:
    """The allowed answers by question: this edition's own, then what only others ask."""
    own = _options(edition)
    allowed = dict(own)
    for other in editions.values():
        for name, options in _options(other).items():
            if name not in own:
                allowed[name] = list(dict.fromkeys([*allowed.get(name, []), *options]))
    return allowed


def _options(edition: Edition) -> dict[str, list[str]]:
    """The edition's own options by question or context answer."""
    both: tuple[Question | Context, ...] = (*edition.questions, *edition.context)
    return {thing.id: [option.id for option in thing.options] for thing in both}


def _pairs(value: object, number: int, where: str, keys: Collection[str]) -> dict[str, object]:
    """The object's values by key; a key given twice is refused."""
    if not isinstance(value, Pairs):
        raise LineError(number, f"{where} must be a JSON object", ["an object with " + _any(keys)])
    found: dict[str, object] = {}
    for name, content in value:
        if name in found:
            raise LineError(number, f"{_shown(name)} is given twice", ["each key once"])
        found[name] = content
    return found


def _text(value: object, number: int, where: str, allowed: Collection[str]) -> str:
    if not isinstance(value, str):
        raise LineError(number, f"{where} must be text in quotes", allowed)
    return value


def _any(keys: Collection[str]) -> str:
    return "the keys " + " ".join(keys)


def _shown(text: str) -> str:
    """The text on one line, in plain ASCII, cut when it is long."""
    return json.dumps(text if len(text) <= 80 else text[:80] + "...")


def _written(edition: Edition, conclusion: Conclusion) -> dict[str, Any]:
    return {
        "edition": edition.id,
        "edition_digest": edition.digest,
        "path": conclusion.path.asked,
        "next": conclusion.path.next,
        "outcome": conclusion.outcome,
        "rule": conclusion.rule.id if conclusion.rule else None,
        "reasons": [
            {"question": reason.question, "answer": reason.answer, "text": reason.text}
            for reason in conclusion.reasons
        ],
    }
