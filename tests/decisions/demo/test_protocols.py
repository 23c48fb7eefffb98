"""The demo's protocols: entered once, in the words of their file."""

import pytest

from decisions.demo import protocols
from decisions.demo.people import cast
from decisions.demo.settling import settle
from guidance.protocols.register import due_for, register
from guidance.rulebook.schema import EditionError
from infoshare import clock
from infoshare.people.models import Organisation


def test_they_are_entered_once_and_one_is_due(db: None) -> None:
    users = settle(cast()).users
    for one in protocols.missing():
        protocols.enter(one, users, clock.today())
    assert not protocols.missing()
    found = register(Organisation.objects.values_list("pk", flat=True))
    assert [one.title for one in found] == sorted(one.words["title"] for one in protocols.shipped())
    assert [one.title for one in found if one.document_id] == [
        one.version.title for one in due_for(users["desmond"])
    ]


def test_an_unknown_word_names_file_and_key() -> None:
    content = protocols.FILE.read_bytes().replace(b'kind = "mou"', b'kind = "treaty"')
    with pytest.raises(EditionError, match="kind: 'treaty'"):
        protocols.read("protocols.toml", content, cast())
