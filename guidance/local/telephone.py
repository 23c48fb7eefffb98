"""Whether a text can be a telephone number as people here write one. Pure."""

import re

_NUMBER = re.compile(
    r"(?P<main>\+?[\d ().-]*)[ ,]*(?:(?:ext(?:ension)?|x)\.? ?(?P<extension>\d{1,6}))?",
    re.IGNORECASE | re.ASCII,
)
_EXAMPLES = "for example 020 7946 0000, 101 or extension 4412"


def fault(typed: str) -> str:
    """What is wrong with a number, in a sentence for whoever typed it; "" when nothing is."""
    match = _NUMBER.fullmatch(typed.strip())
    if match is None:
        return f"Enter the phone number in digits, {_EXAMPLES}"
    main = re.sub(r"[^\d+]", "", match["main"].replace("(0)", ""))
    digits = len(main.lstrip("+"))
    if not digits:
        return "" if match["extension"] else f"Enter the phone number in digits, {_EXAMPLES}"
    if main.startswith(("+", "00")):
        return _between(digits, 8, 17, "begins with the code of a country")
    if main.startswith("0"):
        return _between(digits, 10, 11, "begins with 0")
    return _between(digits, 3, 8, "does not begin with 0")


def _between(digits: int, least: int, most: int, which: str) -> str:
    if least <= digits <= most:
        return ""
    return (
        f"A phone number that {which} has {least} to {most} digits. This one has {digits}: check it"
    )
