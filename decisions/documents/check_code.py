"""The square code on a record's first page: it opens the page on which the record is checked. Pure.

It is drawn inside the page itself, so the renderer fetches nothing for it.
"""

from urllib.parse import urlencode

import segno
from markupsafe import Markup

# A printed page gets folded and stained: up to 15% of the code may be lost.
ERROR_CORRECTION = "m"


def check_address(page: str, reference: str) -> str:
    """The address of the page "Check a record", with this reference already given."""
    return f"{page}?{urlencode({'reference': reference})}"


def check_code(page: str, reference: str) -> Markup:
    """The QR code of that address as an SVG element, with an alternative text."""
    address = check_address(page, reference)
    drawn = segno.make_qr(address, error=ERROR_CORRECTION).svg_inline(
        border=0,  # the style sheet keeps the white space around it
        omitsize=True,
        svgclass="code",
        lineclass=None,
        title=f"Square code (QR) that opens {address}",
    )
    return Markup(drawn)  # noqa: S704 - made of modules and an address of ours, not of typed text
