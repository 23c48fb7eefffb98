"""Everything that can be checked again, in one place: what `manage.py verify_ledger` does.

What is new to be checked is one more entry of a tuple below: a source (what leaves of some type
commit to), the trees that somebody kept elsewhere, or something that has no place in the ledger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from decisions.evidence import documents
from decisions.evidence.editions import altered
from decisions.evidence.entries import unlike
from decisions.evidence.events import Events
from decisions.evidence.records import Records
from guidance import stated
from infoshare.ledger import earlier, guards
from infoshare.ledger.following import Finding, Source
from infoshare.ledger.statements import Statements
from infoshare.ledger.verifying import Known, Report, Result, verify
from infoshare.people import stated as roles

SOURCES: Sequence[Callable[[], Source]] = (Records, Events, Statements)
KNOWN: Sequence[Callable[[], Iterable[Known]]] = (earlier.known,)


def _guards() -> Iterator[Finding]:
    return (Finding(None, what) for what in guards.problems())


BESIDE: Sequence[Callable[[], Iterable[Finding]]] = (
    documents.altered,
    altered,
    unlike,
    stated.altered,
    stated.unstated,
    roles.altered,
    roles.altered_covers,
    earlier.problems,
    _guards,
)


def check_everything(*, known: Iterable[Known] = (), report: Report | None = None) -> Result:
    """What the ledger is now, and all that is wrong: the first wrong leaf in front."""
    kept = [*known, *(one for find in KNOWN for one in find())]
    read = verify(sources=[source() for source in SOURCES], known=kept, report=report)
    beside = [found for find in BESIDE for found in find()]
    return Result(read.size, read.root, (*read.findings, *beside))
