"""What could show where somebody who is at risk is: in a section of the record by itself. Pure.

Only its practitioner marks it: an item as one that could show it, or all that is shared, by saying
that the recipient needs it to protect them. Sealed apart, it can be withheld from a copy, and the
copy still verifies. Records sealed before this had a section for it hold it with the sharing.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from decisions.copies import WHEREABOUTS as SECTION
from decisions.wizard.answers import RIGHT_WAY, text

if TYPE_CHECKING:
    from decisions.wizard.journey import Journey

PROTECTED = "protected"  # in the sharing: which of its fields stand apart; in an item: that it does
WITHHELD = "Withheld: protected whereabouts."
SHIELD, NEEDED = "shield", "needed"  # the detail that asks, and "yes, but the recipient needs it"
_STAYS = {"number", "reveals", "shared"}  # what an item's place in the sharing still says

Content = Mapping[str, Any]


def protected_fields(journey: "Journey") -> tuple[str, ...]:
    """The fields of the sharing whose words could show it, as the practitioner said."""
    needed = journey.is_sharing and text(journey.answers, RIGHT_WAY, SHIELD) == NEEDED
    return ("what",) if needed else ()


def apart(sharing: Content, fields: Collection[str]) -> dict[str, dict[str, Any]]:
    """The sections of a sharing: as it was given, or with what is marked in a section by itself.

    `fields` are those of its texts that are protected. An item is when it `reveals`.
    """
    items = sharing["items"]
    marked = [one for one in items if one["reveals"]]
    if not marked and not fields:
        return {"sharing": dict(sharing)}
    left = [_emptied(one) if one["reveals"] else one for one in items]
    emptied = {**dict.fromkeys(fields, ""), PROTECTED: list(fields), "items": left}
    return {
        "sharing": {**sharing, **emptied},
        SECTION: {**{name: sharing[name] for name in fields}, "items": marked},
    }


def joined(sections: Content) -> dict[str, Any]:
    """The sections for reading, with what is protected in its place.

    Where that section is not among them, its place says that it is withheld.
    """
    sharing, kept = sections["sharing"], sections.get(SECTION, {})
    said = {one["number"]: one for one in kept.get("items", ())}
    items = [
        said.get(one["number"], {**one, "what": WITHHELD}) if one.get(PROTECTED) else one
        for one in sharing.get("items", ())
    ]
    fields = {name: kept.get(name, WITHHELD) for name in sharing.get(PROTECTED, ())}
    return {**sections, "sharing": {**sharing, **fields, "items": items}}


def _emptied(item: Content) -> dict[str, Any]:
    kept = {name: value if name in _STAYS else "" for name, value in item.items()}
    return {**kept, PROTECTED: True}
