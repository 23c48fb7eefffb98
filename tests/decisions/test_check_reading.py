"""`check_reading` refuses a page that is too hard, and says which sentences make it so."""

import pytest
from django.core.management import CommandError, call_command

from decisions.management.commands import check_reading
from decisions.management.pages_to_read import PageToRead, _of_library
from guidance.reading import shelf
from tests.infoshare.test_reading import EASY, HARD


def test_a_hard_page_is_named_with_its_worst_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    read = [PageToRead("easy page", "", EASY), PageToRead("hard page", "", [HARD])]
    monkeypatch.setattr(check_reading, "pages", lambda: iter(read))
    with pytest.raises(CommandError) as refused:
        call_command("check_reading")
    assert str(refused.value).startswith("hard page reads at grade ")
    assert HARD in str(refused.value)
    assert "easy page" not in str(refused.value)


def test_a_legal_note_may_be_harder_and_every_page_of_the_library_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {page.name: page.hardest for page in _of_library()}
    assert found["guidance/library/law/01-human-rights.md"] == 11
    assert found["guidance/library/glossary"] == 9
    assert len(found) == len(shelf.shipped().pages) + 1
    monkeypatch.setattr(check_reading, "pages", lambda: iter([PageToRead("note", "", [HARD], 99)]))
    call_command("check_reading")
