"""The case references of further people, one on each line. Pure."""

from infoshare.typed_text import is_blank

MOST = 10
LONGEST = 100


def references(typed: str) -> tuple[str, ...]:
    """The references in such a text, without the space around them."""
    return tuple(line.strip() for line in typed.splitlines() if not is_blank(line))


def several_fault(typed: str, first: str) -> str:
    """What is wrong with the lines beside the first person's reference; "" when nothing is."""
    lines = references(typed)
    if len(lines) > MOST:
        return f"Give at most {MOST} further people. There are {len(lines)} lines here"
    taken = {_same(first)}
    for line in lines:
        if len(line) > LONGEST:
            return f"Shorten “{line[:30]}…”: a case reference has at most {LONGEST} characters"
        if _same(line) == _same(first):
            return f"“{line}” is the case reference above. Give those of the others only"
        if _same(line) in taken:
            return f"“{line}” is here twice. Give each reference once"
        taken.add(_same(line))
    return ""


def _same(reference: str) -> str:
    return " ".join(reference.split()).casefold()
