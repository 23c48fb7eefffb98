"""Check the shipped editions and the library, and write down every path through them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guidance.reading import shelf
from guidance.reading.library import Library
from guidance.rulebook import catalogue
from guidance.rulebook.diagram import draw
from guidance.rulebook.listing import list_paths
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Edition


class Command(BaseCommand):
    """Says what was checked, or names file and place of every fault and exits with 1."""

    help = (
        "Checks the editions of the guidance: every condition, rule, citation, path, page and link."
    )
    requires_system_checks = []  # the same check, with a better message here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--paths",
            nargs="?",
            type=Path,
            const=settings.BASE_DIR / "docs" / "paths",
            metavar="FOLDER",
            help="also write the table and the drawing of every path (default: docs/paths)",
        )

    def handle(self, *args: Any, paths: Path | None = None, **options: Any) -> None:
        if faults := [*catalogue.faults(), *shelf.faults()]:
            for fault in faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faults)} to put right in guidance/")
        for edition in catalogue.shipped().values():
            self.stdout.write(said(edition))
            if paths is not None:
                for file in write_paths(edition, paths):
                    self.stdout.write(f"  wrote {file}")
        self.stdout.write(shelved(shelf.shipped()))


def said(edition: Edition) -> str:
    """One line on what was checked."""
    count = sum(1 for _ in complete_paths(edition))
    return (
        f"{edition.id}: {len(edition.questions)} questions, {len(edition.rules)} rules, "
        f"{count:,} complete paths, each with one outcome; no rule unused, "
        f"every rule cited and dated; digest {edition.digest[:12]}"
    )


def shelved(library: Library) -> str:
    """One line on what was checked in the library."""
    return (
        f"library: {len(library.pages)} pages, {len(library.terms)} terms, "
        "every link alive, every source known"
    )


def write_paths(edition: Edition, folder: Path) -> list[Path]:
    """The files written: the table as Markdown and the drawing as SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{edition.id}.md": list_paths(edition), f"{edition.id}.svg": draw(edition)}
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [folder / name for name in pages]
