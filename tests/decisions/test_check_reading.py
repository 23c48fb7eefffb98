"""`check_reading` refuses a page that is too hard, and says which sentences make it so."""

import pytest
from django.core.management import CommandError, call_command

from decisions.management.commands import check_reading
from decisions.management.pages_to_read import PageToRead
from tests.infoshare.test_reading import EASY, HARD


def test_a_hard_page_is_named_with_its_worst_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    read = [PageToRead("easy page", "", EASY), PageToRead("hard page", "", [HARD])]
    monkeypatch.setattr(check_reading, "pages", lambda: iter(read))
    with pytest.raises(CommandError) as refused:
        call_command("check_reading")
    assert str(refused.value).startswith("hard page reads at grade ")
    assert HARD in str(refused.value)
    assert "easy page" not in str(refused.value)
