"""The pocket guide is one sheet with two sides, and says what its page in the library says."""

import re
import subprocess
import sys
from hashlib import sha256

from decisions.documents import fonts
from decisions.documents.pocket_guide import guide, pocket_guide_pdf
from guidance.reading import markup, shelf
from tests.decisions.documents.conftest import Words

PRINT = """
import os
from hashlib import sha256
os.environ["DJANGO_SETTINGS_MODULE"] = "infoshare.settings"
import django
django.setup()
from decisions.documents.pocket_guide import pocket_guide_pdf
print(sha256(pocket_guide_pdf()).hexdigest())
"""


def close(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_two_sides_say_all_of_it(words: Words) -> None:
    library = shelf.shipped()
    sides = words(pocket_guide_pdf())
    assert len(sides) == 2
    said, page = close("".join(sides)), guide(library)
    for text in re.split(r"(?<=\.) ", " ".join(markup.texts(library.words[page.file]))):
        assert close(text) in said or text.startswith("See "), text
    assert "See" not in said  # where a link would lead
    for name in page.sources:
        assert close(library.sources[name].title) in said
    for side in sides:
        assert "Checked 22 November 2026. This is not legal advice." in side
    assert "If you are not sure" in sides[1]
    assert b"/URI" not in pocket_guide_pdf()


def test_another_process_makes_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINT], capture_output=True, cwd=fonts.PROJECT, check=True
    )
    drawn = pocket_guide_pdf()
    assert done.stdout.decode().strip() == sha256(drawn).hexdigest()
