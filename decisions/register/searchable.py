"""Words as the register's search knows them. Pure.

What is typed and what was sealed are cut at the same places, so that `CF-12/3` finds `cf 12 3`.
Beside the words each entry carries two marks, for its organisation and its team: a search begins
with those, and so never looks through the words of everybody else.
"""

import re
import uuid

_BETWEEN = re.compile(r"[^\w\s]|_")
_LEFT_OUT = re.compile(r"(?<!\S)-(?=[\w\"])")


def apart(text: str) -> str:
    """The text with a space for whatever is neither letter nor digit."""
    return _BETWEEN.sub(" ", text)


def asked(typed: str) -> str:
    """What was typed, cut likewise, with its “quoted words” and its -without kept."""
    straight = re.sub("[“”„]", '"', typed)
    marked = _LEFT_OUT.sub("\x02", straight).replace('"', "\x03")
    kept = re.sub(r"[^\w\s\x02\x03]|_", " ", marked)
    return kept.replace("\x02", "-").replace("\x03", '"')


def of_organisation(organisation_id: uuid.UUID | str) -> str:
    """The mark of an organisation's entries; no word can be it."""
    return f"o:{organisation_id}"


def of_team(team_id: uuid.UUID | str) -> str:
    """The mark of a team's entries."""
    return f"t:{team_id}"
