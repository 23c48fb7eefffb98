"""How information is sent or told: one of the edition's methods, with more about it. Pure.

Older drafts, and editions stored without methods, hold free text: that is another way, in
these words.
"""

from typing import Any

from decisions.wizard.answers import StepAnswers
from guidance.rulebook.schema import Edition
from guidance.rulebook.speaking import OTHER_METHOD
from infoshare.typed_text import is_blank


def is_listed(edition: Edition, method: str) -> bool:
    """Whether this is the id of one of the edition's methods."""
    return any(method == one.id for one in edition.methods)


def as_chosen(edition: Edition, given: StepAnswers) -> tuple[str, str]:
    """The method's id ("" while there is none) and the words about it."""
    method, more = given.get("method", ""), given.get("method_more", "")
    if is_listed(edition, method) or is_blank(method):
        return method if is_listed(edition, method) else "", more
    return OTHER_METHOD, "\n".join(filter(None, [method, more]))


def phrase(edition: Edition, method: str) -> str:
    """The method's label; free text as it is."""
    return next((one.label for one in edition.methods if one.id == method), method)


def missing_method(edition: Edition, given: StepAnswers) -> dict[str, str]:
    """What the step lacks about how: `{field: message}`, empty when nothing."""
    method, more = as_chosen(edition, given)
    if not method:
        return {"method": "Say how you will send or tell it"}
    if method == OTHER_METHOD and is_blank(more):
        return {"method_more": "Say which other way you will use"}
    return {}


def sealed_method(edition: Edition, given: StepAnswers) -> dict[str, Any]:
    """What the record says: the label, or for another way the words themselves."""
    method, more = as_chosen(edition, given)
    if method == OTHER_METHOD:
        return {"method": more, "method_id": method, "method_more": ""}
    more = "" if is_blank(more) else more
    return {"method": phrase(edition, method), "method_id": method, "method_more": more}
