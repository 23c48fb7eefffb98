"""What stands in README.txt of an export: plain words for whoever opens it years later. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill

WIDTH = 78
PROGRAM = "infoshare_verify.py"


@dataclass(frozen=True, slots=True)
class About:
    """What the words need to know of an export."""

    organisation: str
    made_by: str
    made_on: str  # such as "22 November 2026"
    purpose: str
    chosen: str
    records: int
    documents: int
    is_pseudonymised: bool
    without_pdf: Sequence[str]  # references
    checkpoint: int  # entries
    origin: str


def readme(about: About) -> bytes:
    """The file as UTF-8, in lines of at most 78 characters where words allow it."""
    return "\n\n".join(_paragraphs(about)).encode() + b"\n"


def _paragraphs(about: About) -> Iterator[str]:
    title = f"Decisions of {about.organisation}"
    yield f"{title}\n{'=' * len(title)}"
    yield _text(
        f"{_counted(about.records)}, put together by InfoShare on {about.made_on} for "
        f"{about.made_by}. These are records of decisions about people. Keep them as safe as the "
        "people in them would want, and delete this copy when you no longer need it."
    )
    yield _text(f"Why they were taken: {about.purpose}")
    yield _text(f"How they were chosen: {about.chosen}")
    yield from _chapter("What is in here", _contents(about))
    if about.is_pseudonymised:
        yield from _chapter("What was replaced", _replaced())
    if about.without_pdf:
        yield from _chapter("Without a PDF", [_without_pdf(about.without_pdf)])
    yield from _chapter("How to check it", _checking(about))
    yield from _chapter("What the check shows, and what it does not", _limits(about))


def _contents(about: About) -> Iterator[str]:
    yield "register.csv, register.xlsx\n" + _under(
        "The records as a table, one a row. The column “Record” is the name of the record’s files "
        "in the folders below. Open the second with a spreadsheet."
    )
    yield "records/\n" + _under(
        "Each record as it was sealed, what happened to it later, and what proves both, as JSON. "
        "Legal advice and the whereabouts of people at risk are left out of every copy."
    )
    if about.is_pseudonymised:
        yield "replaced/\n" + _under("The parts of each record in which names were replaced.")
    else:
        yield "documents/\n" + _under(
            f"{about.documents:,} PDFs, unaltered: each record, and what happened afterwards "
            "(“-afterwards”) where something did, as it stood when this export was made."
        )
    yield "events.csv\n" + _under(
        "What happened to each record, who read it and who took it away, one event a row. What "
        "was said stands in records/, but not who read it: that is in the ledger in batches."
    )
    yield f"manifest.json, checkpoints/, {PROGRAM}\n" + _under(
        "What proves the rest: the SHA-256 of every file, the signed state of the ledger, and the "
        "program that checks both."
    )


def _replaced() -> Iterator[str]:
    yield _text(
        "Names of staff, recipients and case references stand here as words such as “Person "
        "1f0c2a93b7”. The same words stand for the same one everywhere in this export, and for "
        "somebody else in another. Fields that ask for a name or a way to reach somebody are left "
        "out. Texts in people’s own words are as they were written, and may name somebody. What "
        "happened later, in words, is left out as well; events.csv says that it happened."
    )
    yield _text(
        "The PDFs are left out, because a sealed document cannot be changed. The records still "
        "prove themselves: each part that was replaced is in records/ as its hash. Nothing proves "
        "what stands in replaced/. The entries of the ledger in records/ have a code of their own "
        "for whoever made them. It is the same in every export, and names nobody outside InfoShare."
    )


def _without_pdf(references: Sequence[str]) -> str:
    return _text(
        "The PDF of these records could not be made. Each is in records/ whole, and is proven all "
        f"the same: {', '.join(references)}."
    )


def _checking(about: About) -> Iterator[str]:
    yield _text(
        "You need Python 3.11 or newer, its package “cryptography”, and the ledger’s verifier key: "
        f"one line that begins with {about.origin}. Get the key in another way than this file, "
        "such as from the organisation’s website or from a letter. Then run this in the folder "
        "that you have unpacked, or on the ZIP file in place of the dot. It opens no connection."
    )
    yield f'    python3 {PROGRAM} . --key "{about.origin}+..."'
    yield _text(
        "It names every file that is missing, was added or was changed. It also prints the SHA-256 "
        "of manifest.json. Compare that with what InfoShare showed to whoever made the export, or "
        "ask the organisation’s auditor: it is entered in the ledger, as is that of the ZIP file."
    )


def _limits(about: About) -> Iterator[str]:
    yield _text(
        "It shows that each record is the one that was sealed, that what is told of it later was "
        f"entered in the ledger, up to its checkpoint of {about.checkpoint:,} entries, and that "
        "everything on the manifest’s list is here."
    )
    yield _text(
        "It does not show that there are no other records, that these were chosen as it says "
        "above, that what people wrote is true, or that a decision was right. The tables were "
        "written for reading; only records/, documents/ and checkpoints/ are proven."
    )


def _chapter(title: str, paragraphs: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield f"{title}\n{'-' * len(title)}"
    yield from paragraphs


def _text(words: str) -> str:
    return "\n".join(fill(line, WIDTH, break_long_words=False) for line in words.splitlines())


def _under(words: str) -> str:
    return fill(words, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _counted(records: int) -> str:
    return "1 record" if records == 1 else f"{records:,} records"
