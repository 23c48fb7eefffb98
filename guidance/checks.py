"""The system checks that stop the start when what ships cannot be relied on."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from guidance.reading import shelf
from guidance.rulebook import catalogue


def check_editions(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for every fault in the shipped editions, naming file and key."""
    return [
        Error(
            str(fault),
            hint="The file is in guidance/editions; docs/how-to-change-a-question.md says how.",
            id="guidance.E001",
        )
        for fault in catalogue.faults()
    ]


def check_library(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error for every fault in the library, naming file and line."""
    return [
        Error(
            str(fault),
            hint="The file is in guidance/library; docs/content.md says how it is written.",
            id="guidance.E002",
        )
        for fault in shelf.faults()
    ]
