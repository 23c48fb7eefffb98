"""Which body got the information, from the words of a record that name it. Pure.

A lead reads no case text. So what looks like a person rather than a body is never shown: a family
member, a title, a first name at the beginning.
"""

import re

from decisions.wizard.likely_names import TITLES, everyday, given_names
from guidance.protocols.parties import plain

LONGEST = 80
MOST_WORDS = 6  # what has more is no name but a sentence, and that is case text
KIN = frozenset(
    [
        *("mother", "mum", "mom", "father", "dad", "parent", "parents", "stepmother", "stepfather"),
        *("grandmother", "grandfather", "grandparent", "grandparents", "gran", "nan", "grandad"),
        *("aunt", "uncle", "sister", "brother", "sibling", "son", "daughter", "cousin", "niece"),
        *("nephew", "husband", "wife", "girlfriend", "boyfriend", "himself", "herself"),
    ]
)
# At the end of a name these mean a person; at its beginning often a service.
CLOSE = frozenset(
    ["partner", "family", "carer", "carers", "friend", "neighbour", "relative", "guardian"]
)


def body(organisation: str, recipient: str) -> str:
    """The body's name as it was typed: the organisation, else what stands last in the recipient.

    "" when there is none that may be shown to somebody who reads no case text.
    """
    typed = organisation if plain(organisation) else recipient.rpartition(",")[2]
    name = " ".join(typed.split()).strip(" .;:")
    if not name or len(name) > LONGEST or re.search(r"\d{3}|@", name):
        return ""
    words = plain(name).split()
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    is_kin = bool(KIN & set(words)) or words[-1] in CLOSE
    is_named = words[0] in TITLES or words[0] in given_names() - everyday()
    return "" if is_kin or is_named else name
