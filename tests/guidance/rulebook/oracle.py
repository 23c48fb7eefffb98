"""The contract of both editions stated a second time, in plain Python, for comparison.

Nothing here reads an edition's files. A question is (id, options, asked when); a rule is
(id, outcome, when). `a` holds the answers on the path so far; a question that was not asked
has none, so `a["consent"]` is then "".
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

Answers = dict[str, str]
When = Callable[[defaultdict[str, str]], bool]


class Gate(NamedTuple):
    id: str
    options: list[str]
    asked: When


class Ending(NamedTuple):
    path: list[str]
    next: str | None
    outcome: str
    rule: str | None


YES_NO = ["yes", "no", "not-sure"]
LIVES = ["living", "deceased", "no", "not-sure"]
ENOUGH = ["sufficient", "limited", "insufficient", "not-sure"]
AGAINST = ["refused", "withdrawn", "not-appropriate", "not-obtainable"]


def always(a: Answers) -> bool:
    return True


HMG = [
    Gate("urgent", ["yes", "no"], always),
    Gate("duty", YES_NO, lambda a: a["urgent"] == "no"),
    Gate("purpose", YES_NO, lambda a: a["duty"] == "no"),
    Gate("identifiable", LIVES, lambda a: a["purpose"] == "yes"),
    Gate("confidential", YES_NO, lambda a: a["identifiable"] in ("living", "deceased")),
    Gate(
        "consent",
        ["given", *AGAINST, "not-asked", "not-sure"],
        lambda a: a["identifiable"] == "living" and a["confidential"] == "yes",
    ),
    Gate(
        "public-interest",
        ENOUGH,
        lambda a: (
            a["consent"] in AGAINST
            or (a["identifiable"] == "deceased" and a["confidential"] == "yes")
        ),
    ),
]


def last_is_unsure(question: str) -> When:
    return lambda a: list(a)[-1] == question and a[question] == "not-sure"


HMG_RULES: list[tuple[str, str, When]] = [
    ("urgent", "share", lambda a: a["urgent"] == "yes"),
    ("legal-duty", "share", lambda a: a["duty"] == "yes"),
    *(
        (f"advice-{gate.id}", "seek-advice", last_is_unsure(gate.id))
        for gate in HMG
        if "not-sure" in gate.options
    ),
    ("no-purpose", "do-not-share", lambda a: a["purpose"] == "no"),
    ("not-identifiable", "share", lambda a: a["identifiable"] == "no"),
    ("not-confidential", "share", lambda a: a["confidential"] == "no"),
    ("consent", "share", lambda a: a["consent"] == "given"),
    ("consent-not-asked", "ask-consent", lambda a: a["consent"] == "not-asked"),
    ("public-interest", "share", lambda a: a["public-interest"] == "sufficient"),
    ("public-interest-limited", "share-in-part", lambda a: a["public-interest"] == "limited"),
    (
        "public-interest-insufficient",
        "do-not-share",
        lambda a: a["public-interest"] == "insufficient",
    ),
]

CHILD = "safeguarding-child"
LAWFUL = ["legal-obligation", "vital-interests", "public-task", "recognised-legitimate-interest"]
LAWFUL += ["legitimate-interests", "law-enforcement", "consent", "not-sure"]


def weighing(a: Answers) -> bool:
    return (
        a["consent"] in (*AGAINST, "lacks-capacity")
        or a["share-anyway"] == "yes"
        or (a["setting"] == CHILD and a["confidential"] in ("yes", "not-sure"))
        or (a["identifiable"] == "deceased" and a["confidential"] == "yes")
        or (a["duty"] == "child-information-duty" and a["detriment"] == "yes")
    )


def needs_basis(a: Answers) -> bool:
    weighed = a["public-interest"] in ("sufficient", "limited")
    living = a["identifiable"] == "living"
    open_way = a["confidential"] == "no" or a["consent"] == "given" or weighed
    return (living and open_way) or (a["detriment"] == "yes" and weighed)


ENGLAND = [
    Gate("urgent", ["yes", "no"], always),
    Gate(
        "setting",
        ["early-help", CHILD, "safeguarding-adult", "crime", "other"],
        lambda a: a["urgent"] == "no",
    ),
    Gate(
        "duty",
        ["court-order", "statutory-duty", "child-information-duty", "barred", "no", "not-sure"],
        lambda a: a["setting"] != "",
    ),
    Gate(
        "detriment",
        YES_NO,
        lambda a: a["duty"] in ("court-order", "statutory-duty", "child-information-duty"),
    ),
    Gate("purpose", YES_NO, lambda a: a["duty"] in ("no", "not-sure")),
    Gate("identifiable", LIVES, lambda a: a["purpose"] == "yes"),
    Gate("confidential", YES_NO, lambda a: a["identifiable"] in ("living", "deceased")),
    Gate(
        "consent",
        ["given", *AGAINST, "lacks-capacity", "not-asked", "not-sure"],
        lambda a: (
            a["identifiable"] == "living" and a["confidential"] == "yes" and a["setting"] != CHILD
        ),
    ),
    Gate("share-anyway", YES_NO, lambda a: a["consent"] == "not-asked"),
    Gate("public-interest", ENOUGH, weighing),
    Gate("lawful-basis", LAWFUL, needs_basis),
]


def doubtful_basis(a: Answers) -> bool:
    if a["setting"] in (CHILD, "safeguarding-adult"):
        return False
    consent_missing = a["consent"] not in ("", "given")
    return a["lawful-basis"] == "not-sure" or (a["lawful-basis"] == "consent" and consent_missing)


ENGLAND_RULES: list[tuple[str, str, When]] = [
    ("urgent", "share", lambda a: a["urgent"] == "yes"),
    ("legal-bar", "seek-advice", lambda a: a["duty"] == "barred"),
    (
        "advice-detriment",
        "seek-advice",
        lambda a: (
            a["detriment"] == "not-sure"
            or (a["detriment"] == "yes" and a["duty"] in ("court-order", "statutory-duty"))
        ),
    ),
    ("legal-duty", "share", lambda a: a["detriment"] == "no"),
    ("advice-purpose", "seek-advice", lambda a: a["purpose"] == "not-sure"),
    ("advice-identifiable", "seek-advice", lambda a: a["identifiable"] == "not-sure"),
    (
        "advice-confidential",
        "seek-advice",
        lambda a: a["confidential"] == "not-sure" and a["setting"] != CHILD,
    ),
    ("advice-consent", "seek-advice", lambda a: a["consent"] == "not-sure"),
    ("advice-share-anyway", "seek-advice", lambda a: a["share-anyway"] == "not-sure"),
    ("advice-public-interest", "seek-advice", lambda a: a["public-interest"] == "not-sure"),
    ("advice-lawful-basis", "seek-advice", doubtful_basis),
    ("not-identifiable", "share", lambda a: a["identifiable"] == "no"),
    ("not-confidential", "share", lambda a: a["confidential"] == "no"),
    ("consent", "share", lambda a: a["consent"] == "given"),
    (
        "best-interests",
        "share",
        lambda a: a["consent"] == "lacks-capacity" and a["public-interest"] == "sufficient",
    ),
    ("public-interest", "share", lambda a: a["public-interest"] == "sufficient"),
    ("public-interest-limited", "share-in-part", lambda a: a["public-interest"] == "limited"),
    ("advice-duty", "seek-advice", lambda a: a["duty"] == "not-sure"),
    ("no-purpose", "do-not-share", lambda a: a["purpose"] == "no"),
    (
        "consent-not-asked",
        "ask-consent",
        lambda a: (
            a["share-anyway"] == "no"
            or (a["share-anyway"] == "yes" and a["public-interest"] == "insufficient")
        ),
    ),
    ("duty-detriment", "do-not-share", lambda a: a["detriment"] == "yes"),
    (
        "public-interest-insufficient",
        "do-not-share",
        lambda a: a["public-interest"] == "insufficient",
    ),
]

GATES = {"hmg-2008": HMG, "england-2026": ENGLAND}
RULES = {"hmg-2008": HMG_RULES, "england-2026": ENGLAND_RULES}


def ending(edition: str, answers: Answers) -> Ending:
    """Where these answers lead, by the tables above."""
    on_path: Answers = {}
    asked: list[str] = []
    for gate in GATES[edition]:
        if not gate.asked(defaultdict(str, on_path)):
            continue
        asked.append(gate.id)
        if gate.id not in answers:
            return Ending(asked, gate.id, "incomplete", None)
        on_path[gate.id] = answers[gate.id]
    for rule, outcome, when in RULES[edition]:
        if when(defaultdict(str, on_path)):
            return Ending(asked, None, outcome, rule)
    raise AssertionError(f"no rule for {on_path}")


def complete(edition: str, answers: Answers | None = None) -> Iterator[Answers]:
    """Every complete path, by asking the next question again and again."""
    answers = answers or {}
    waiting = ending(edition, answers).next
    if waiting is None:
        yield answers
        return
    [gate] = [gate for gate in GATES[edition] if gate.id == waiting]
    for option in gate.options:
        yield from complete(edition, {**answers, waiting: option})
