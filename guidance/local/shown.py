"""An organisation's own words as a page shows them: plain text, and addresses that can be followed.

No mark-up is read from the text: what looks like HTML stands there as it was typed.
"""

import re

from markupsafe import Markup, escape

from infoshare.jinja import shown

# Only https, and only the letters of a plain address: none that looks like another letter.
ADDRESS = re.compile(r"https://[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?#][!-~]*)?", re.IGNORECASE)
AFTER = ".,;:!?)]}'\"<>"  # what ends a sentence, not an address
LINK = Markup('<a class="govuk-link" href="{0}" rel="noopener noreferrer">{0}</a>')


def own_words(text: str) -> Markup:
    """The text with its line breaks, its https addresses as links."""
    lines = re.split("\r\n|\r|\n", shown(text))
    inside = Markup("<br>").join(_line(line) for line in lines)
    return Markup('<span class="typed" dir="auto">{}</span>').format(inside)


def _line(line: str) -> Markup:
    made, here = Markup(""), 0
    for match in ADDRESS.finditer(line):
        address = re.split(r"[<>\"]", match[0])[0].rstrip(AFTER)
        made += escape(line[here : match.start()]) + LINK.format(address)
        here = match.start() + len(address)
    return made + escape(line[here:])
