"""The list of items as a draft keeps it: no number twice, no word changed (no database)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.wizard.items.listed import NOT_KNOWN, PARTS, fresh, joined, kept, listed, without

texts = st.text(max_size=20)
Given = dict[str, str]


def item(number: int, what: str, **more: str) -> Given:
    said = {**dict.fromkeys(PARTS, ""), "what": what, **more}
    return {f"{number}-{part}": text for part, text in said.items()}


def said(given: Given) -> list[tuple[str, str]]:
    return [(one.id, one.said["what"]) for one in listed(given)]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=30))
def test_a_number_means_the_same_item_for_ever(steps: list[int | None]) -> None:
    """None adds an item; a number removes the item at that place, if there is one."""
    held: Given = {}
    meant: dict[str, str] = {}
    for turn, step in enumerate(steps):
        if step is None:
            sent = {**held, **item(int(fresh(held)), f"added in turn {turn}")}
        else:
            ids = [one.id for one in listed(held)]
            sent = without(held, ids[step]) if step < len(ids) else held
        held = kept(sent, held)
        for number, what in said(held):
            assert meant.setdefault(number, what) == what
        assert kept(held, held) == held


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(PARTS, texts)), max_size=4), texts)
def test_every_text_is_kept_character_for_character(items: list[Given], not_known: str) -> None:
    sent = {NOT_KNOWN: not_known}
    for number, parts in enumerate(items, start=1):
        sent |= {f"{number}-{part}": text for part, text in parts.items()}
    content = kept(sent, {})
    assert [dict(one.said) for one in listed(content)] == [
        one for one in items if any(one.values())
    ]
    assert content.get(NOT_KNOWN, "") == not_known


def test_an_empty_page_keeps_nothing() -> None:
    assert kept({**item(1, ""), NOT_KNOWN: ""}, {}) == {}


def test_a_page_from_before_a_removal_brings_back_no_number() -> None:
    held = kept({**item(1, "one"), **item(2, "two")}, {})
    gone = kept(without(held, "2"), held)
    again = kept({**item(1, "one"), **item(2, "quite another")}, gone)
    assert said(again) == [("1", "one"), ("3", "quite another")]


def test_what_is_sent_twice_is_there_once() -> None:
    sent = {**item(1, "one"), NOT_KNOWN: "why"}
    held = kept(sent, {})
    assert kept(sent, held) == held


def test_both_lists_together_lose_nothing() -> None:
    saved = kept({**item(1, "one, changed here"), **item(2, "new here"), NOT_KNOWN: "a"}, {})
    typed = {**item(1, "one, changed there"), **item(2, "new here"), NOT_KNOWN: "b"}
    both = kept(joined(saved, typed), saved)
    assert said(both) == [
        ("1", "one, changed here"),
        ("2", "new here"),
        ("3", "one, changed there"),
    ]
    assert both[NOT_KNOWN] == "a\n\nb"


def test_forged_names_are_no_items() -> None:
    forged = {"0-what": "x", "01-what": "x", "-what": "x", "1-colour": "x", "٣-what": "x"}
    assert listed(forged) == ()
