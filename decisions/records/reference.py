"""A record's reference: twelve characters a person can read over the phone.

22 letters and digits that are hard to mistake for one another; eleven are random (about 49
bits, so a reference can be neither guessed nor counted) and the last is an ISO 7064 hybrid
check character, which finds every single wrong character and nearly every swap of two neighbours.
"""

import re
import secrets

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

ALPHABET = "23456789CFGHJKMNPQRTWX"
_RANDOM = 11


def new() -> str:
    """A fresh reference such as `K7RM-4TXQ-9HDC`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return _grouped(drawn + mod_37_36.calc_check_digit(drawn, ALPHABET))


def tidy(typed: str) -> str | None:
    """The reference a person meant, whatever its case and spacing; None when it is not one."""
    letters = re.sub(r"[\s\-–—]", "", typed).upper()
    if len(letters) != _RANDOM + 1:
        return None
    try:
        mod_37_36.validate(letters, ALPHABET)
    except ValidationError:
        return None
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
