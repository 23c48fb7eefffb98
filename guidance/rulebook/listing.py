"""Every path of an edition as a page that a policy officer can read (Markdown)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from guidance.rulebook.flow import Exit, Stop, describe
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Conclusion, Edition, Option, Outcome
from guidance.rulebook.words import OUTCOME_WORDS, condition_words, listed

LONGEST_TABLE = 150  # rows; a longer one is divided by the next question
Numbered = tuple[int, Conclusion]


def list_paths(edition: Edition) -> str:
    """The page: counts, rules, the flow in words, then one row for each complete path."""
    paths = list(enumerate(complete_paths(edition), start=1))
    lines = [
        f"# Every path of {edition.id}",
        "",
        "Made by `python manage.py check_guidance --paths` from the edition's files; a test "
        "fails when it is out of date. Change the edition, not this page.",
        "",
        f"**{edition.title}** ({edition.status}) asks up to {len(edition.questions)} questions. "
        f"Their answers make {len(paths):,} complete paths. Each leads to exactly one outcome, "
        f"and each of the {len(edition.rules)} rules below decides at least one path.",
        "",
        *_counts([conclusion for _, conclusion in paths]),
        *_rules(edition, [conclusion for _, conclusion in paths]),
        *_flow(edition),
        *_paths(edition, paths),
    ]
    return "\n".join(lines) + "\n"


def _counts(paths: Sequence[Conclusion]) -> Iterator[str]:
    counts = Counter(conclusion.outcome for conclusion in paths)
    rows = [
        [OUTCOME_WORDS[outcome], f"{counts[outcome]:,}", f"{counts[outcome] / len(paths):.0%}"]
        for outcome in Outcome
        if counts[outcome]
    ]
    yield "## Outcomes"
    yield ""
    yield "How many paths lead there. This says nothing about how often real cases do."
    yield from _table(["Outcome", "Paths", "Part of all"], rows)


def _rules(edition: Edition, paths: Sequence[Conclusion]) -> Iterator[str]:
    counts = Counter(conclusion.rule.id for conclusion in paths if conclusion.rule)
    rows = [
        [
            f"`{rule.id}`",
            condition_words(rule.when),
            OUTCOME_WORDS[rule.outcome],
            rule.title,
            f"{counts[rule.id]:,}",
        ]
        for rule in edition.rules
    ]
    yield "## Rules"
    yield ""
    yield "Read from the top: the first rule that fits a complete path decides it."
    yield from _table(["Rule", "When", "Outcome", "What the person reads", "Paths"], rows)


def _flow(edition: Edition) -> Iterator[str]:
    yield "## The flow"
    yield ""
    yield f"![The questions of {edition.id} and where each answer leads]({edition.id}.svg)"
    yield ""
    yield "The same in words:"
    yield ""
    for stop in describe(edition):
        yield from _stop(stop)


def _stop(stop: Stop) -> Iterator[str]:
    yield f"- **`{stop.question.id}`** {stop.question.guide.title}"
    yield f"  - asked: {'always' if stop.asked_when == 'always' else f'when {stop.asked_when}'}"
    for one in stop.exits:
        answers = "any answer" if one.every_answer else listed(_codes(one.answers), "or")
        depends = " (depends on earlier answers)" if one.depends else ""
        yield f"  - {answers}: {_target(one)}{depends}"
    yield ""


def _target(one: Exit) -> str:
    if not isinstance(one.target, Outcome):
        return f"goes on to `{one.target.id}`"
    rules = listed([f"`{rule.id}`" for rule in one.rules], "or")
    return f"**{OUTCOME_WORDS[one.target]}** by {rules}"


def _codes(answers: Iterable[Option]) -> list[str]:
    return [f"`{option.id}`" for option in answers]


def _paths(edition: Edition, paths: Sequence[Numbered]) -> Iterator[str]:
    yield "## Paths"
    yield ""
    yield "A dash means that the question is not asked on this path."
    yield ""
    yield from _divided(edition, paths, 0)


def _divided(edition: Edition, paths: Sequence[Numbered], depth: int) -> Iterator[str]:
    """The paths in tables, divided by the questions that all of them share first."""
    if len(paths) > LONGEST_TABLE:
        groups: dict[str, list[Numbered]] = {}
        for numbered in paths:
            answer = list(numbered[1].path.answers.values())[depth]
            groups.setdefault(answer, []).append(numbered)
        for group in groups.values():
            yield from _divided(edition, group, depth + 1)
        return
    shared = list(paths[0][1].path.answers.items())[:depth]
    if shared:
        answers = ", ".join(f"{question} {answer}" for question, answer in shared)
        yield f"### {answers} ({len(paths)} path{'s' if len(paths) > 1 else ''})"
    yield from _table(*_path_rows(edition, paths, depth))


def _path_rows(
    edition: Edition, paths: Sequence[Numbered], depth: int
) -> tuple[list[str], list[list[str]]]:
    asked = {question for _, one in paths for question in one.path.asked[depth:]}
    columns = [question.id for question in edition.questions if question.id in asked]
    rows = [
        [
            str(number),
            *(one.path.answers.get(column, "–") for column in columns),
            OUTCOME_WORDS[one.outcome],
            f"`{one.rule.id}`" if one.rule else "",
        ]
        for number, one in paths
    ]
    return ["Path", *columns, "Outcome", "Rule"], rows


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""
