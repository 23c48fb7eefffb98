"""References: easy to read over the phone, hard to mistype, not to be guessed."""

from hypothesis import given
from hypothesis import strategies as st

from decisions.records import reference


def test_a_reference_has_three_groups_of_easy_letters() -> None:
    for _ in range(200):
        made = reference.new()
        assert len(made) == 14
        assert [len(group) for group in made.split("-")] == [4, 4, 4]
        assert set(made) <= {*reference.ALPHABET, "-"}
    assert not set(reference.ALPHABET) & set("01BILOSUVZ")


def test_references_do_not_repeat() -> None:
    assert len({reference.new() for _ in range(5_000)}) == 5_000


@given(spaced=st.sampled_from(["", " ", "-", " - ", "–"]), lower=st.booleans())
def test_it_is_found_however_it_is_typed(spaced: str, lower: bool) -> None:
    made = reference.new()
    typed = spaced.join(made.replace("-", ""))
    assert reference.tidy(typed.lower() if lower else typed) == made


@given(place=st.integers(0, 11), letter=st.sampled_from(reference.ALPHABET))
def test_every_single_wrong_letter_is_found(place: int, letter: str) -> None:
    letters = reference.new().replace("-", "")
    wrong = letters[:place] + letter + letters[place + 1 :]
    assert (reference.tidy(wrong) is None) == (wrong != letters)


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    swaps = [swap for _ in range(300) for swap in swapped(reference.new().replace("-", ""))]
    missed = [swap for swap in swaps if reference.tidy(swap) is not None]
    assert len(missed) < len(swaps) / 100


def swapped(letters: str) -> list[str]:
    """Every way to swap two different neighbours."""
    return [
        letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
        for place in range(len(letters) - 1)
        if letters[place] != letters[place + 1]
    ]


@given(st.text())
def test_any_other_text_is_simply_none(text: str) -> None:
    found = reference.tidy(text)
    assert found is None or reference.tidy(found) == found
