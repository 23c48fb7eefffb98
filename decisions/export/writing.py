"""Write an export: a ZIP file of records with what proves them (docs/ledger-format.md, 8.2).

Memory does not grow with the records but for what the manifest and the ZIP file's own list need:
they go through in batches, and each file is hashed as it goes out.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from decisions import snapshot
from decisions.copies import LEFT_OUT
from decisions.evidence.proof import Told, write_proof
from decisions.export import batch as reading
from decisions.export import manifest
from decisions.export.batch import Chosen
from decisions.export.models import Export, Form
from decisions.export.package import Package
from decisions.export.pseudonyms import Pseudonyms, replaced, withheld
from decisions.export.readme import PROGRAM, About, readme
from decisions.export.tables import Tables
from decisions.records.models import Event
from infoshare import clock
from infoshare.ledger import checkpoints
from infoshare.ledger.checkpoints import InconsistentLedgerError
from infoshare.ledger.keys import KeyFileError
from infoshare.ledger.models import SignedCheckpoint
from infoshare.ledger.proofs import Placed
from infoshare.verifier import infoshare_verify


class NothingProven(Exception):
    """No checkpoint covers the records, so that nothing could be proven. Says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written: its size in bytes, its SHA-256 and that of its manifest."""

    size: int
    sha256: str
    manifest_sha256: str


def write_export(export: Export, to: Path, *, keep_going: Callable[[int], None]) -> Written:
    """The ZIP file of this export, written to `to`.

    `keep_going` hears how many records are written, every hundred; what it raises ends the work.
    Raises `NothingProven`, and `OSError` when the file cannot be written. What stands in `to` then
    is nothing to keep.
    """
    checkpoint = _checkpoint()
    with Package(to, clock.now()) as package:
        writing = _Writing(export, checkpoint, package)
        for batch in reading.batches(export, checkpoint.size):
            keep_going(len(writing.records))
            writing.add(batch)
        keep_going(len(writing.records))
        manifest_sha256 = writing.finish()
        size, file_sha256 = package.done()
    return Written(size, file_sha256, manifest_sha256)


def stand_ins(export: Export) -> Pseudonyms | None:
    """The pseudonyms of this export; None where names stay."""
    if export.form != Form.PSEUDONYMISED:
        return None
    # The same for a second try, and kept nowhere.
    return Pseudonyms(salted_hmac(__name__, str(export.pk), algorithm="sha256").digest())


def _checkpoint() -> SignedCheckpoint:
    try:
        checkpoint = checkpoints.seal()
    except KeyFileError as error:
        raise NothingProven("The ledger has no signing key that may be used.") from error
    except InconsistentLedgerError as error:
        raise NothingProven("The ledger is not what was signed before.") from error
    if checkpoint is None:
        raise NothingProven("The ledger is empty.")
    return checkpoint


@dataclass(slots=True)
class _Writing:
    """An export that is being written: what has gone into it so far."""

    export: Export
    checkpoint: SignedCheckpoint
    package: Package
    stand_in: Pseudonyms | None = None
    tables: Tables = field(init=False)
    records: list[UUID] = field(default_factory=list)
    entries: int = 0
    documents: int = 0

    def __post_init__(self) -> None:
        self.stand_in = stand_ins(self.export)
        self.tables = Tables(self.stand_in)

    def add(self, batch: list[Chosen]) -> None:
        if any(one.seal < 0 for one in batch):
            raise NothingProven("A record was sealed after the checkpoint.")
        places = reading.places(batch, self.checkpoint.size)
        for one in batch:
            self._record(one, places)
        if self.stand_in is None:
            for one, end, body in reading.documents(batch):
                self.package.add(f"documents/{one.id}-{one.reference}{end}.pdf", body)
                self.documents += 1
        self.tables.add(batch)

    def finish(self) -> str:
        """Put in what stands beside the records; gives the SHA-256 of the manifest."""
        self.tables.put_into(self.package)
        note = self.checkpoint.note
        self.package.add(f"checkpoints/{self.checkpoint.size}", note.encode())
        self.package.add(PROGRAM, Path(infoshare_verify.__file__).read_bytes())
        self.package.add("README.txt", readme(self._about(origin=note.split("\n", 1)[0])))
        written = manifest.manifest(
            files=self.package.files,
            records=self.records,
            chosen=self.export.chosen,
            entries=self.entries,
        )
        return self.package.add(manifest.NAME, written)

    def _record(self, one: Chosen, places: dict[int, Placed]) -> None:
        told, left_out = [event for _, event in one.told], LEFT_OUT
        if self.stand_in:
            contents = {
                name: section["content"]
                for name, section in json.loads(one.body)["sections"].items()
            }
            told, left_out = _without_words(one), withheld(contents)
            sections = replaced(contents, self.stand_in)
            self.package.add(
                f"replaced/{one.id}.json", manifest.replaced(record=one.id, sections=sections)
            )
        proof = write_proof(
            body=snapshot.without(one.body, left_out),
            checkpoint=self.checkpoint,
            seal=one.seal,
            events=told,
            places=places,
        )
        self.package.add(f"records/{one.id}.json", proof)
        self.records.append(one.id)
        self.entries += 1 + len(told)

    def _maker(self) -> str:
        maker = self.export.asked_by
        return self.stand_in.person(maker.pk) if self.stand_in else maker.name

    def _about(self, origin: str) -> About:
        made = timezone.localtime(clock.now())
        return About(
            organisation=self.export.organisation.name,
            made_by=self._maker(),
            made_on=f"{made.day} {made:%B %Y}",
            purpose=self.export.purpose,
            chosen=self.export.chosen,
            records=len(self.records),
            documents=self.documents,
            is_pseudonymised=self.stand_in is not None,
            without_pdf=self.export.without_pdf,
            checkpoint=self.checkpoint.size,
            origin=origin,
        )


def _without_words(one: Chosen) -> list[Told]:
    """What can be told where names are replaced: events that nobody did, and that say nothing."""
    return [event for kind, event in one.told if kind == Event.DOCUMENT]
