"""What is not understood in a cases file is refused, with the file, the case and the key."""

import re

import pytest

from decisions.demo.cases import State
from decisions.demo.people import cast, read_cast
from decisions.demo.reading_cases import read_cases
from guidance.rulebook.schema import EditionError

PLAIN = '''
team = "early-help"
[[case]]
id = "X-1"
by = "bryony"
edition = "england-2026"
state = "sealed"
day = 9
at = "10:40"
minutes = 20
[case.answers]
urgent = "no"
setting = "other"
duty = "no"
purpose = "no"
[case.reasons]
purpose = """
One line
and its end.

A new paragraph."""
[case.decide]
decision = "do-not-share"
[case.expect]
outcome = "do-not-share"
rule = "no-purpose"
[[case.reading]]
by = "hollis"
looked = "viewed"
day = 8
at = "09:00"
'''
PEOPLE = """
[[organisation]]
id = "here"
name = "Here (invented)"
sector = "housing"
[[organisation.team]]
id = "repairs"
name = "Repairs"
[[person]]
id = "a"
name = "A"
email = "a@here.example"
organisation = "here"
role = "practitioner"
teams = ["repairs"]
"""


def test_a_plain_case_is_read() -> None:
    (case,) = read_cases([("x.toml", PLAIN.encode())], cast())
    assert case.state is State.SEALED
    assert case.answers["about"] == {"case_reference": "X-1", "agreement": ""}
    assert case.answers["purpose"]["reason"] == "One line and its end.\n\nA new paragraph."
    said = {field: text for field, text in case.answers["decide"].items() if text}
    assert said == {"decision": "do-not-share"}
    assert [reading.by for reading in case.readings] == ["hollis"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 20", "minutes = 20\nmood = 1", "case.X-1.mood: is not a known key"),
        ('urgent = "no"', 'urgent = "maybe"', "case.X-1.answers.urgent: 'maybe' is not one of"),
        ('urgent = "no"', 'urgent = "no"\nage = "4"', "case.X-1.answers.age: is not a known key"),
        ('urgent = "no"', 'urgent = "no"\nconsent = "given"', "not on its path: consent"),
        ("[case.reasons]", '[case.reasons]\nage = "x"', "case.X-1.reasons.age: is not a known"),
        ('rule = "no-purpose"', 'rule = "consent"', "reaches do-not-share by no-purpose, not what"),
        ('state = "sealed"', 'state = "open"', "case.X-1: is not open"),
        ('state = "sealed"', 'state = "parked"', "case.X-1: is not parked"),
        ('state = "sealed"', 'state = "ready"', "case.X-1: is read, but not sealed"),
        ('state = "sealed"', 'state = "lost"', "case.X-1.state: 'lost' is not one of"),
        ('decision = "do-not-share"', 'decision = "share"', "case.X-1: lacks right-way"),
        ('by = "bryony"', 'by = "tamsin"', "case.X-1.by: 'tamsin' is not one of"),
        ('by = "bryony"', 'by = "hollis"', "case.X-1.by: 'hollis' is not one of"),
        ('by = "hollis"', 'by = "renata"', "case.X-1.reading[1].by: 'renata' is not one of"),
        ("day = 8", "day = 9", "case.X-1: is read before it is sealed"),
        ("day = 9", "day = 0", "case.X-1.day: must be a whole number from 1 on"),
        ('"10:40"', '"22:40"', "case.X-1.at: '22:40' is not within working hours"),
        ('"10:40"', '"noon"', "case.X-1.at: 'noon' is not a time of day"),
        ('"england-2026"', '"wales-2030"', "case.X-1.edition: 'wales-2030' is not one of"),
        ('"early-help"', '"late-help"', "x.toml: team: 'late-help' is not one of"),
    ],
)
def test_what_does_not_fit_is_refused(old: str, new: str, said: str) -> None:
    assert old in PLAIN
    with pytest.raises(EditionError, match=re.escape(said)) as refused:
        read_cases([("x.toml", PLAIN.replace(old, new, 1).encode())], cast())
    assert str(refused.value).startswith("x.toml: ")


def test_why_somebody_is_not_told_belongs_to_those_who_are_not() -> None:
    shared = """[case.right-way]
what = "It"
recipient = "Them"
method = "Phone"
told = "no"
told_reason = "It would warn him"
[case.decide]
decision = "share"
reason = "Advice"
"""
    case = PLAIN.replace('[case.decide]\ndecision = "do-not-share"\n', shared)
    read_cases([("x.toml", case.encode())], cast())
    with pytest.raises(EditionError, match="says why somebody is not told who is"):
        read_cases([("x.toml", case.replace('told = "no"', 'told = "yes-now"').encode())], cast())


def test_a_reference_is_used_once() -> None:
    with pytest.raises(EditionError, match="case.X-1.id: is used twice"):
        read_cases([("x.toml", PLAIN.encode()), ("y.toml", PLAIN.encode())], cast())


def earlier(consent: str, day: int) -> bytes:
    entry = f'[case.earlier]\nday = {day}\nat = "09:00"\n[case.earlier.answers]\n{consent}\n'
    return PLAIN.replace("[case.answers]", entry + "[case.answers]").encode()


def test_what_was_parked_earlier_must_have_been() -> None:
    read_cases([("x.toml", earlier('duty = "barred"', 12))], cast())
    with pytest.raises(EditionError, match="was not parked by its earlier answers"):
        read_cases([("x.toml", earlier('duty = "no"', 12))], cast())
    with pytest.raises(EditionError, match="was parked after it was taken up again"):
        read_cases([("x.toml", earlier('duty = "barred"', 8))], cast())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a@here.example", "a@here.org", "person.a.email: must end in .example"),
        ('["repairs"]', "[]", "person.a.teams: do not fit the role practitioner"),
        ('"practitioner"', '"auditor"', "person.a.teams: do not fit the role auditor"),
        ('["repairs"]', '["roofs"]', "person.a.teams: 'roofs' is no team of here"),
        ('"housing"', '"moon"', "organisation.here.sector: 'moon' is not one of"),
        ('role = "practitioner"', 'role = "practitioner"\nage = 3', "person.a.age: is not a known"),
    ],
)
def test_people_who_do_not_fit_are_refused(old: str, new: str, said: str) -> None:
    read_cast("p.toml", PEOPLE.encode())
    with pytest.raises(EditionError, match=re.escape(said)):
        read_cast("p.toml", PEOPLE.replace(old, new, 1).encode())
