"""Advice as a sealed record has it, for reading."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from decisions.wizard.advice.models import How

SECTIONS = ("advice", "legal-advice")


def advice_entries(sections: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every entry of a record's sections, the earliest first; a section left out has none.

    Beside the sealed fields each has `at`, the moment, and `how_label`, how in words.
    """
    entries = [
        {
            **entry,
            "at": datetime.fromisoformat(entry["when"]),
            "how_label": How(entry["how"]).label,
        }
        for section in SECTIONS
        for entry in sections.get(section, {}).get("entries", [])
    ]
    return sorted(entries, key=lambda entry: entry["at"])
