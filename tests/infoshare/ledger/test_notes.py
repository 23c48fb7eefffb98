"""Signed notes: the published example, and nothing that is not signed by whom we trust."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoshare.ledger import notes
from infoshare.ledger.notes import Checkpoint, NoteError

# docs/ledger-format.md, section 6 and 9: the private key is the bytes 0 to 31.
KEY_LINE = "infoshare.example/ledger+0872938b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
NOTE = (
    "infoshare.example/ledger\n3\n/W1skYPGIeocVx8f7geZN9ZuV3xBk4RbEwptOiPn2tY=\n\n"
    "— infoshare.example/ledger CHKTi2yo+XJdhFgMk2EVlAtYm003z5qPSyzaHiDwwJyo3IpITnUsMkNJ043Av"
    "VkayDFpfUkH8AYWkrc/1nNzfrloCAU=\n"
)
SECRET_LINE = (
    "PRIVATE+KEY+infoshare.example/ledger+0872938b+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
)
OTHER = notes.new_key("infoshare.example/ledger")


def test_the_worked_example_of_the_format_is_read_and_written_alike() -> None:
    key = notes.read_signing_key(SECRET_LINE)
    assert str(key.verifier) == KEY_LINE
    assert key.secret_line == SECRET_LINE
    checkpoint = notes.read(NOTE, [notes.read_verifier_key(KEY_LINE)])
    assert (checkpoint.origin, checkpoint.size) == ("infoshare.example/ledger", 3)
    assert notes.sign(checkpoint, [key]) == NOTE


def test_the_vector_that_other_programs_for_signed_notes_are_tested_with() -> None:
    # golang.org/x/mod/sumdb/note, its documentation's example.
    key = notes.read_verifier_key(
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    )
    assert key.name == "PeterNeumann"
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signed = notes._bytes(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert signed[:4] == key.id
    assert key.holds(text, signed[4:])
    assert not key.holds(text + "\n", signed[4:])


@given(size=st.integers(0, 10**12), root=st.binary(min_size=32, max_size=32), at=st.data())
def test_a_note_changed_anywhere_is_not_the_checkpoint_that_was_signed(
    size: int, root: bytes, at: st.DataObject
) -> None:
    checkpoint = Checkpoint("infoshare.example/ledger", size, root)
    note = notes.sign(checkpoint, [OTHER])
    assert notes.read(note, [OTHER.verifier]) == checkpoint
    place = at.draw(st.integers(0, len(note) - 1))
    put = at.draw(st.characters(codec="utf-8").filter(lambda one: one != note[place]))
    try:
        # The last character of a base64 text holds bits that mean nothing.
        assert notes.read(note[:place] + put + note[place + 1 :], [OTHER.verifier]) == checkpoint
        assert "=" in note[place : place + 3]
    except NoteError:
        pass


def test_two_keys_sign_while_one_takes_the_place_of_the_other() -> None:
    old, new = notes.new_key("a.example/l"), notes.new_key("a.example/l")
    note = notes.sign(Checkpoint("a.example/l", 1, b"r" * 32), [old, new])
    for trusted in ([old], [new], [old, new]):
        assert notes.read(note, [key.verifier for key in trusted]).size == 1
    with pytest.raises(NoteError, match="no key that is trusted"):
        notes.read(note, [OTHER.verifier])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a+b",
        "a+00000000+AAAA",
        KEY_LINE.replace("0872938b", "0872938c"),
        KEY_LINE[:-4],
        SECRET_LINE,
    ],
)
def test_a_key_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(NoteError):
        notes.read_verifier_key(line)


def test_no_message_shows_a_signing_key() -> None:
    key = notes.read_signing_key(SECRET_LINE)
    assert "AAECAwQ" not in f"{key!r} {key}"
    for broken in (
        SECRET_LINE[:-4],
        SECRET_LINE.replace("0872938b", "0872938c"),
        "x" + SECRET_LINE,
    ):
        with pytest.raises(NoteError) as problem:
            notes.read_signing_key(broken)
        assert "AQABAgME" not in str(problem.value)
