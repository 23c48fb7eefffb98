"""The system check that stops the start when a shipped edition is broken."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

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
