"""Words for the lists of an organisation, as their forms give them."""

from typing import Any

CONTACT: dict[str, str] = {
    "kind": "safeguarding",
    "role": "Duty safeguarding lead",
    "phone": "Extension 4411",
    "email": "",
    "place": "",
    "hours": "9 to 5",
}
KEPT: dict[str, Any] = {
    "name": "Usual decisions",
    "length": 6,
    "unit": "years",
    "counted_from": "sealed",
    "counted_words": "",
    "authority": "Our retention schedule, 2025",
    "note": "",
}
