import io
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from guidance.management.commands.replay import replay_all
from guidance.rulebook import catalogue
from guidance.rulebook.outcome import conclude
from guidance.rulebook.replay import LineError, Replayer
from tests.guidance.rulebook import oracle

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
COMMAND = [sys.executable, str(MANAGE), "replay"]
# ruff: noqa: E501 - one fault a line reads better than three
ENGLAND, HMG = "england-2026", "hmg-2008"
CONSENT = "given, refused, withdrawn, not-appropriate, not-obtainable"


def written(lines: tuple[bytes | dict[str, Any], ...]) -> bytes:
    return b"".join(
        (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines
    )


def replay(*lines: bytes | dict[str, Any]) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, with nothing in its environment."""
    return subprocess.run(COMMAND, input=written(lines), env={}, capture_output=True, timeout=60)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], list[bytes]]:
    """`said(text)` is what the command answers to this standard input, line by line.

    In this process, for a start takes a second: the tests that end, break or time the command
    begin a real one.
    """

    def say(text: bytes) -> list[bytes]:
        answers = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", SimpleNamespace(buffer=answers))
            replay_all()
        return answers.getvalue().splitlines(keepends=True)

    return say


def line(edition: str = ENGLAND, **answers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return {"edition": edition, "answers": named}


def test_it_replays_every_path_of_both_editions() -> None:
    cases = [(name, answers) for name in oracle.GATES for answers in oracle.complete(name)]
    done = replay(*({"edition": name, "answers": answers} for name, answers in cases))
    assert (done.returncode, done.stderr) == (0, b"")
    concluded = [json.loads(one) for one in done.stdout.splitlines()]
    assert len(concluded) == len(cases)
    for (name, answers), one in zip(cases, concluded, strict=True):
        expected = oracle.ending(name, answers)
        assert (one["path"], one["next"], one["outcome"], one["rule"]) == expected
        assert one["edition_digest"] == catalogue.shipped()[name].digest


def test_a_line_has_exactly_these_keys_in_this_order(said: Callable[[bytes], list[bytes]]) -> None:
    (answer,) = said(written((line(urgent="no", setting="crime"),)))
    edition = catalogue.shipped()[ENGLAND]
    texts = [
        reason.text for reason in conclude(edition, {"urgent": "no", "setting": "crime"}).reasons
    ]
    assert list(json.loads(answer).items()) == [
        ("edition", ENGLAND),
        ("edition_digest", edition.digest),
        ("path", ["urgent", "setting", "duty"]),
        ("next", "duty"),
        ("outcome", "incomplete"),
        ("rule", None),
        (
            "reasons",
            [
                {"question": "urgent", "answer": "no", "text": texts[0]},
                {"question": "setting", "answer": "crime", "text": texts[1]},
            ],
        ),
    ]  # fmt: skip


def test_nothing_in_is_nothing_out() -> None:
    done = subprocess.run(COMMAND, input=b"", env={}, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_last_line_needs_no_end_and_lines_may_end_as_on_windows(
    said: Callable[[bytes], list[bytes]],
) -> None:
    text = json.dumps(line(urgent="yes")).encode()
    answers = said(text + b"\r\n" + text)
    assert [one[-1:] for one in answers] == [b"\n"] * 2


def test_agreement_and_what_only_another_edition_asks_change_nothing(
    said: Callable[[bytes], list[bytes]],
) -> None:
    lines = (
        line(HMG, urgent="yes"),
        line(HMG, urgent="yes", agreement="no", setting="crime", share_anyway="yes"),
        line(HMG, urgent="yes", agreement="not-known", lawful_basis="consent"),
    )
    bare, *others = said(written(lines))
    assert others == [bare] * 2
    assert json.loads(bare)["rule"] == "urgent"


def test_answers_off_the_path_change_nothing(said: Callable[[bytes], list[bytes]]) -> None:
    lines = line(urgent="yes"), line(urgent="yes", consent="refused", purpose="no")
    first, second = said(written(lines))
    assert first == second


@pytest.mark.slow
def test_twenty_thousand_lines_take_less_than_ten_seconds() -> None:
    """Of processor time: the clock on the wall also counts what others do on the machine."""
    cases = [(name, answers) for name in oracle.GATES for answers in oracle.complete(name)]
    lines = [{"edition": name, "answers": answers} for name, answers in cases]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = replay(*(lines * 15)[:20_000])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 20_000)
    assert taken < 10


JSON = 'not JSON ({}); allowed: {{"edition": "...", "answers": {{...}}}}'
EXPECTING = JSON.format("Expecting value at column 1")
GATES = ", ".join(gate.id for gate in oracle.ENGLAND) + ", agreement"
ONCE = "is given twice; allowed: each key once"
FAULTS: list[tuple[bytes | dict[str, Any], str]] = [
    (b"", EXPECTING),
    (b"   ", EXPECTING),
    (b"hello", EXPECTING),
    (b"{'edition': 1}", JSON.format("Expecting property name enclosed in double quotes at column 2")),
    (b"{} {}", JSON.format("Extra data at column 4")),
    (b"\xff", JSON.format("not UTF-8 text at byte 1")),
    (b'{"edition": "\xed\xa0\x80"}', JSON.format("not UTF-8 text at byte 14")),
    (b"\xef\xbb\xbf{}", EXPECTING),
    (b"NaN", JSON.format("NaN is not a JSON value")),
    (b'{"edition": -Infinity}', JSON.format("-Infinity is not a JSON value")),
    (b"[" * 100_000, JSON.format("nested too deep")),
    (b'{"answers":' * 50_000, JSON.format("nested too deep")),
    (b" " * 1_000_001, "too long; allowed: at most 1,000,000 bytes a line"),
    (b"1" * 10_000, "the line must be a JSON object; allowed: an object with the keys edition answers"),
    (b"[]", "the line must be a JSON object; allowed: an object with the keys edition answers"),
    (b"{}", '"edition" is missing; allowed: edition, answers'),
    ({"edition": ENGLAND}, '"answers" is missing; allowed: edition, answers'),
    ({**line(), "extra": 1}, '"extra" is not a key of a line; allowed: edition, answers'),
    ({**line(), "a\nb\ud800": 1}, r'"a\nb\ud800" is not a key of a line; allowed: edition, answers'),
    ({**line(), "x" * 5000: 1}, f'"{"x" * 80}..." is not a key of a line; allowed: edition, answers'),
    (b'{"edition": "hmg-2008", "edition": "hmg-2008", "answers": {}}', f'"edition" {ONCE}'),
    (b'{"edition": "hmg-2008", "answers": {}, "answers": {}}', f'"answers" {ONCE}'),
    (b'{"edition": "hmg-2008", "answers": {"urgent": "no", "urgent": "no"}}', f'"urgent" {ONCE}'),
    ({"edition": 2026, "answers": {}}, '"edition" must be text in quotes; allowed: england-2026, hmg-2008'),
    ({"edition": None, "answers": {}}, '"edition" must be text in quotes; allowed: england-2026, hmg-2008'),
    (line("england-2027"), '"edition": "england-2027" is not an edition; allowed: england-2026, hmg-2008'),
    ({"edition": ENGLAND, "answers": []}, '"answers" must be a JSON object; allowed: an object with the keys urgent setting '),
    ({"edition": ENGLAND, "answers": None}, '"answers" must be a JSON object; allowed: an object with the keys urgent setting '),
    (line(weather="wet"), f'"answers": "weather" is not a question; allowed: {GATES}'),
    (line(**{"": "yes"}), f'"answers": "" is not a question; allowed: {GATES}'),
    (line(consent="maybe"), f'"consent": "maybe" is not an option; allowed: {CONSENT}, lacks-capacity, not-asked, not-sure'),
    (line(consent="Given"), f'"consent": "Given" is not an option; allowed: {CONSENT}, lacks'),
    (line(urgent=" yes"), '"urgent": " yes" is not an option; allowed: yes, no'),
    (line(HMG, consent="lacks-capacity"), f'"consent": "lacks-capacity" is not an option; allowed: {CONSENT}, not-asked, not-sure'),
    (line(HMG, duty="barred"), '"duty": "barred" is not an option; allowed: yes, no, not-sure'),
    (line(HMG, setting="moon"), '"setting": "moon" is not an option; allowed: early-help, safeguarding-child, '),
    (line(agreement="maybe"), '"agreement": "maybe" is not an option; allowed: yes, no, not-known'),
    ({"edition": ENGLAND, "answers": {"urgent": True}}, '"urgent" must be text in quotes; allowed: yes, no'),
    ({"edition": ENGLAND, "answers": {"urgent": None}}, '"urgent" must be text in quotes; allowed: yes, no'),
    ({"edition": ENGLAND, "answers": {"urgent": ["yes"]}}, '"urgent" must be text in quotes; allowed: yes, no'),
    (b'{"edition": "england-2026", "answers": {"urgent": ' + b"9" * 50_000 + b"}}", '"urgent" must be text in quotes; allowed: yes, no'),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "expected"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_bad_line_is_named_in_one_line(bad: bytes | dict[str, Any], expected: str) -> None:
    raw = bad if isinstance(bad, bytes) else json.dumps(bad).encode()
    with pytest.raises(LineError) as raised:
        Replayer(catalogue.shipped()).line(raw, 7)
    problem = str(raised.value)
    assert problem.startswith(f"line 7: {expected}")
    assert problem.isascii() and problem.isprintable()


def test_it_stops_at_the_bad_line_and_keeps_what_it_wrote() -> None:
    done = replay(line(urgent="yes"), line(HMG, urgent="yes"), b"nonsense", line(urgent="yes"))
    assert done.returncode == 2
    assert [json.loads(one)["edition"] for one in done.stdout.splitlines()] == [ENGLAND, HMG]
    assert done.stderr.decode().splitlines() == [f"CommandError: line 3: {EXPECTING}"]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    process = subprocess.Popen(
        COMMAND, env={}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stdin is not None and process.stderr is not None
    with pytest.raises(BrokenPipeError):
        for _ in range(1000):
            process.stdin.write(b"x" * 100_000)
    assert b"line 1: too long;" in process.stderr.read()
    assert process.wait(timeout=60) == 2
    process.stderr.close()


def test_it_answers_each_line_as_it_comes() -> None:
    process = subprocess.Popen(COMMAND, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    for _ in range(3):
        process.stdin.write(json.dumps(line(urgent="yes")).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["rule"] == "urgent"
    process.communicate(timeout=60)
    watchdog.cancel()
    assert process.returncode == 0


def test_a_reader_that_leaves_early_is_no_error() -> None:
    text = json.dumps(line(urgent="yes")).encode() + b"\n"
    process = subprocess.Popen(
        COMMAND, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()
    process.stdin.write(text * 10)
    process.stdin.close()
    assert process.wait(timeout=60) == 1
    assert process.stderr.read() == b""
    process.stderr.close()
