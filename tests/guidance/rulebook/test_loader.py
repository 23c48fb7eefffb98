import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guidance.rulebook.loader import digest, load_edition, read_folder
from guidance.rulebook.schema import EditionError, Outcome
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import TODAY, Contents, chosen

Spoil = Callable[[Contents], Any]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def refusal(contents: Contents) -> str:
    with pytest.raises(EditionError) as raised:
        toys.load(contents)
    return str(raised.value)


def test_it_reads_an_edition() -> None:
    edition = toys.load(toys.umbrella())
    assert (edition.id, edition.checked) == ("umbrella", TODAY)
    assert [question.id for question in edition.questions] == ["rain", "spare", "friend"]
    assert edition.question("friend").reason_required_for == ("no",)
    assert edition.question("rain").option("yes").reason == "You said yes."
    assert edition.rule("huddle").outcome is Outcome.SHARE_IN_PART
    assert list(edition.steps) == ["right-way", "record"]
    assert edition.citations["weather"].checked == TODAY


def test_the_digest_is_what_sha256sum_says_of_what_sha256sum_prints(tmp_path: Path) -> None:
    folder = write(tmp_path / "umbrella", toys.files(toys.umbrella()))
    names = sorted(path.name for path in folder.iterdir())
    printed = subprocess.run(["sha256sum", *names], cwd=folder, capture_output=True, check=True)
    edition = load_edition(read_folder(folder))
    assert edition.digest == hashlib.sha256(printed.stdout).hexdigest()


def test_the_digest_covers_every_byte() -> None:
    files = toys.files(toys.umbrella())
    for name in files:
        assert digest({**files, name: files[name] + b"\n"}) != digest(files)


def test_the_digest_does_not_depend_on_the_order_of_the_files() -> None:
    files = toys.files(toys.umbrella())
    assert digest(dict(reversed(files.items()))) == digest(files)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "umbrella", toys.files(toys.umbrella()))
    (folder / "outcomes.toml").unlink()
    with pytest.raises(EditionError, match=r"^outcomes\.toml: is missing$"):
        read_folder(folder)


def test_a_file_that_does_not_belong_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "umbrella", toys.files(toys.umbrella()))
    write(folder, {"questions.toml~": b"", ".hidden": b""})
    with pytest.raises(EditionError, match=r"^questions\.toml~: does not belong here"):
        read_folder(folder)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a = ", "is not valid TOML: Invalid value (at end of document)"),
        (b"a = 1\na = 2", "is not valid TOML: Cannot overwrite a value"),
        (b"a = '\xff'", "is not UTF-8 text (byte 6)"),
        (b"a = " + b"[" * 20_000, "is not valid TOML: "),
    ],
    ids=["broken", "repeated key", "not UTF-8", "deep"],
)
def test_a_file_that_is_not_toml_is_named(content: bytes, problem: str) -> None:
    with pytest.raises(EditionError) as raised:
        load_edition({**toys.files(toys.umbrella()), "outcomes.toml": content})
    assert str(raised.value).startswith(f"outcomes.toml: {problem}")


def questions(contents: Contents) -> Any:
    return contents["questions.toml"]["question"]


def rules(contents: Contents) -> Any:
    return contents["outcomes.toml"]["rule"]


# ruff: noqa: E501 - one fault a line reads better than three
FAULTS: list[tuple[str, Spoil]] = [
    ("edition.toml: colour: is not a known key; known here: ", lambda c: c["edition.toml"].update(colour="red")),
    ("edition.toml: status: 'old' is not one of current, withdrawn", lambda c: c["edition.toml"].update(status="old")),
    ("edition.toml: checked: must be a date such as 2026-01-31", lambda c: c["edition.toml"].update(checked="2026-01-31")),
    ("edition.toml: legal_review: is missing", lambda c: c["edition.toml"].pop("legal_review")),
    ("edition.toml: title: is empty", lambda c: c["edition.toml"].update(title=" ")),
    ("edition.toml: id: 'Big Hat' is not an id", lambda c: c["edition.toml"].update(id="Big Hat")),
    ("edition.toml: golden_rule.1.sources: no citation is called moon; known: weather", lambda c: c["edition.toml"]["golden_rule"][0].update(sources=["moon"])),
    ("edition.toml: golden_rule: must be a list", lambda c: c["edition.toml"].update(golden_rule=3)),
    ("edition.toml: golden_rule[1]: must be a table", lambda c: c["edition.toml"].update(golden_rule=[3])),
    ("citations.toml: citation.weather.checked: is missing", lambda c: c["citations.toml"]["citation"][0].pop("checked")),
    ("citations.toml: citation.weather.published: is empty", lambda c: c["citations.toml"]["citation"][0].update(published="")),
    ("citations.toml: citation.weather.confidence: 'sure' is not one of read, ", lambda c: c["citations.toml"]["citation"][0].update(confidence="sure")),
    ("citations.toml: citation.weather.force.standing: 'maybe' is not one of seen, ", lambda c: c["citations.toml"]["citation"][0].update(force={"standing": "maybe"})),
    ("citations.toml: citation.weather.force.looked: is missing", lambda c: c["citations.toml"]["citation"][0].update(force={"standing": "seen"})),
    ("citations.toml: citation.weather.force.check: is missing", lambda c: c["citations.toml"]["citation"][0].update(force={"standing": "not-seen", "looked": TODAY, "found": "No."})),
    ("citations.toml: citation.weather.force.sure: is not a known key", lambda c: c["citations.toml"]["citation"][0].update(force={"standing": "seen", "looked": TODAY, "sure": True})),
    ("citations.toml: citation: is empty", lambda c: c["citations.toml"].update(citation=[])),
    ("questions.toml: question: is missing", lambda c: c["questions.toml"].pop("question")),
    ("questions.toml: question[1].id: is missing", lambda c: questions(c)[0].pop("id")),
    ("questions.toml: question.rain: rain is used twice", lambda c: questions(c)[1].update(id="rain")),
    ("questions.toml: question.rain.title: must be text", lambda c: questions(c)[0].update(title=7)),
    ("questions.toml: question.rain.titel: is not a known key", lambda c: questions(c)[0].update(titel="Rain?")),
    ("questions.toml: question.rain.help: must be a list of texts", lambda c: questions(c)[0].update(help=["Look.", 3])),
    ("questions.toml: question.rain.help: is empty", lambda c: questions(c)[0].update(help=[])),
    ("questions.toml: question.rain.consider: has the same entry twice", lambda c: questions(c)[0].update(consider=["a", "a"])),
    ("questions.toml: question.rain.number: must be a whole number from 1 on", lambda c: questions(c)[0].update(number=True)),
    ("questions.toml: question.rain.golden_rules: no golden rule is called 8; known: 1", lambda c: questions(c)[0].update(golden_rules=[8])),
    ("questions.toml: question.rain.option: is empty", lambda c: questions(c)[0].update(option=[])),
    ("questions.toml: question.rain.option.yes: yes is used twice", lambda c: questions(c)[0]["option"][1].update(id="yes")),
    ("questions.toml: question.rain.option.yes.reason: is missing", lambda c: questions(c)[0]["option"][0].pop("reason")),
    ("questions.toml: question.friend.reason_required_for: no option is called maybe; known: yes, no", lambda c: questions(c)[2].update(reason_required_for=["maybe"])),
    ("questions.toml: question.friend.ask_when: no question is called snow; known: rain, spare, friend, agreement", lambda c: questions(c)[2].update(ask_when=chosen("snow", "yes"))),
    ("questions.toml: question.friend.ask_when: no option of rain is called maybe; known: yes, no, not-sure", lambda c: questions(c)[2].update(ask_when=chosen("rain", "maybe"))),
    ("questions.toml: question.friend.ask_when: must be a table", lambda c: questions(c)[2].update(ask_when="rain")),
    ("questions.toml: step: record is missing", lambda c: c["questions.toml"]["step"].pop()),
    ("questions.toml: step.other.id: 'other' is not one of about, right-way, record", lambda c: c["questions.toml"]["step"][0].update(id="other")),
    ("questions.toml: step.record.sources: no citation is called moon", lambda c: c["questions.toml"]["step"][1].update(sources=["moon"])),
    ("outcomes.toml: rule.dry.when: is missing", lambda c: rules(c)[0].pop("when")),
    ("outcomes.toml: rule.dry.when: no question is called snow", lambda c: rules(c)[0].update(when=chosen("snow", "yes"))),
    ("outcomes.toml: rule.dry.outcome: 'maybe' is not one of share, share-in-part, ", lambda c: rules(c)[0].update(outcome="maybe")),
    ("outcomes.toml: rule.dry.outcome: 'incomplete' is not one of share, ", lambda c: rules(c)[0].update(outcome="incomplete")),
    ("outcomes.toml: rule.dry.sources: no citation is called moon; known: weather", lambda c: rules(c)[0].update(sources=["moon"])),
    ("outcomes.toml: rule.dry.sources: is missing", lambda c: rules(c)[0].pop("sources")),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "spoil"), FAULTS, ids=[fault for fault, _ in FAULTS])
def test_what_is_not_understood_is_refused_by_file_and_key(expected: str, spoil: Spoil) -> None:
    contents = toys.umbrella()
    spoil(contents)
    assert refusal(contents).startswith(expected)
