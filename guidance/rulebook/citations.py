"""Where a statement comes from and, of a law, whether it was seen in force."""

from collections.abc import Iterable, Iterator

from guidance.rulebook.schema import Citation, Edition, EditionError, Force
from guidance.rulebook.tables import Table

CONFIDENCES = ("read", "excerpt", "reported", "unverified")
SEEN = "seen"
STANDINGS = (SEEN, "reported", "not-seen", "not-yet")
LAW = "legislation.gov.uk/"
ASK = "heck with your information governance lead"


def read_citation(table: Table) -> Citation:
    """One citation or source; raises `EditionError` that names the key."""
    return Citation(
        id=table.identity(),
        title=table.text("title"),
        address=table.text("address", empty=True),
        published=table.text("published"),
        checked=table.day("checked"),
        confidence=table.word("confidence", CONFIDENCES),
        note=table.text("note", empty=True) if table.has("note") else "",
        force=_force(table.table("force")) if table.has("force") else None,
    )


def _force(table: Table) -> Force:
    standing = table.word("standing", STANDINGS)
    is_seen = standing == SEEN
    force = Force(
        standing=standing,
        looked=table.day("looked"),
        found=table.text("found", empty=is_seen) if table.has("found") or not is_seen else "",
        check=table.text("check", empty=is_seen) if table.has("check") or not is_seen else "",
    )
    table.close()
    return force


def to_check(citations: Iterable[Citation]) -> list[Citation]:
    """The laws among them that nobody of ours has seen in force, in their order."""
    return [one for one in citations if one.force is not None and one.force.standing != SEEN]


def careless(citation: Citation) -> Iterator[tuple[str, str]]:
    """What is wrong with a citation that can be read, as key and problem."""
    if not citation.address.startswith(("https://", "http://")) and citation.address:
        yield "address", "must begin with https:// or http://, or be empty"
    if citation.confidence == "unverified" and ASK not in citation.note:
        yield "note", f"must say \u201cC{ASK}\u201d: nobody has verified this source"
    if citation.force is None:
        if LAW in citation.address:
            yield "force", "is missing: say whether this law was seen in force, when, and what"
    elif citation.force.looked > citation.checked:
        yield "force.looked", "is later than checked: a look at its force is a check of the source"


def faults(edition: Edition) -> Iterator[EditionError]:
    """Citations of an edition that mislead, or that nothing rests on."""
    used = set(_used(edition))
    for one in edition.citations.values():
        key = f"citation.{one.id}"
        for name, problem in careless(one):
            yield EditionError("citations.toml", f"{key}.{name}", problem)
        if one.checked > edition.checked:
            problem = "is later than the edition\u2019s own date in edition.toml"
            yield EditionError("citations.toml", f"{key}.checked", problem)
        if one.id not in used:
            yield EditionError("citations.toml", key, "is cited nowhere: cite it or take it out")


def _used(edition: Edition) -> Iterator[str]:
    guides = [*(one.guide for one in edition.questions), *edition.steps.values()]
    guides += [edition.items.guide] if edition.items else []
    groups = (guides, edition.rules, edition.golden_rules, edition.methods)
    yield from (name for group in groups for one in group for name in one.sources)
