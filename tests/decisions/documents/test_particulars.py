"""Items, golden rules, changed answers and what follows from not sharing, in print."""

from decisions.documents import sheet
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples
from tests.decisions.documents.conftest import Words

ITEM = {
    "number": 1,
    "what": "He arrives\x07 hungry",
    "kind": "Fact",
    "hand": "",
    "whose": "Class teacher",
    "checked": "Yes, it was checked",
    "date": "3 March 2026",
    "reveals": True,
    "shared": False,
}


def test_items_are_printed_with_what_was_said_of_each(words: Words) -> None:
    sections = samples.typical()
    plain = {**ITEM, "number": 2, "kind": "", "whose": "", "checked": "", "date": ""}
    sections["sharing"] |= {
        "items": [ITEM, {**plain, "reveals": False, "shared": True}],
        "not_known": "Since when",
    }
    body = samples.seal(sections)
    first, second = sheet.read(body).items
    assert first.what == "He arrives[U+0007] hungry"
    assert first.facts == (
        "Fact. Yes, it was checked. Said or seen by: Class teacher. Dated 3 March 2026"
    )
    assert second.facts == ""
    printed = " ".join("".join(words(record_pdf(body))).split())
    assert "Held back. Fact." in printed
    assert "Take care: could show where somebody is or who they are." in printed
    assert "Shared. He arrives" in printed
    assert "What is not known: Since when" in printed


def test_golden_rules_are_printed_in_a_line_each(words: Words) -> None:
    sections = samples.typical()
    spoke = [
        {"name": "setting", "label": "What is this about?", "text": "Early help"},
        {"name": "decide.reason", "label": "Reasons for the decision", "text": ""},
    ]
    rule = {"number": 1, "title": "Protect", "note": "My note", "spoke": spoke}
    sections["decision"]["golden_rules"] = [rule, {**rule, "number": 2, "note": "", "spoke": []}]
    printed = " ".join("".join(words(record_pdf(samples.seal(sections)))).split())
    assert (
        "1. Protect. What is this about? Early help; "
        "Reasons for the decision, in the practitioner’s own words. My note"
    ) in printed
    assert "2. Protect. Nothing in the answers speaks to this." in printed


def test_changed_answers_are_printed_and_the_rest_counted(words: Words) -> None:
    sections = samples.typical()
    change = {"title": "Purpose?", "from_label": "No", "to_label": "Yes"}
    entry = {**change, "question": "purpose", "from": "no", "to": "yes"}
    entries = [{**entry, "at": "2026-07-04T15:00:00.000000Z"}] * (sheet.CHANGES_SHOWN + 2)
    sections["changes"] = {"entries": entries}
    printed = " ".join("".join(words(record_pdf(samples.seal(sections)))).split())
    assert printed.count("Purpose? From “No” to “Yes”, 4 July 2026, 16:00 BST.") == 20
    assert "The last 20 are printed. record.json holds 2 more from before." in printed


def test_a_decision_not_to_share_says_what_follows(words: Words) -> None:
    sections = samples.departure()
    silent = " ".join("".join(words(record_pdf(samples.seal(sections)))).split())
    assert "Nothing is shared: what follows" in silent
    assert "What to tell whoever asked: Not written down" in silent
    sections["decision"]["details"] = [
        {"detail": "tell", "label": "What will you tell?", "text": "That we wait"},
        {"detail": "learned", "label": "When did you learn of it?", "text": "3 March 2026"},
    ]
    printed = " ".join("".join(words(record_pdf(samples.seal(sections)))).split())
    assert "What to tell whoever asked: That we wait" in printed
    assert "What will you tell?" not in printed
    assert "Learned of it 3 March 2026" in printed


def test_the_persons_views_and_what_is_held_back_have_places_of_their_own(words: Words) -> None:
    sections = samples.typical()
    sections["question:consent"]["details"] = [
        {"detail": "wishes", "label": "What do they want?", "text": "To be left alone"}
    ]
    sections["question:public-interest"]["details"] = [
        {"detail": "part", "label": "Which part?", "text": "His weight"}
    ]
    sections["sharing"]["items"] = [ITEM, {**ITEM, "number": 2, "shared": True}]
    printed = " ".join("".join(words(record_pdf(samples.seal(sections)))).split())
    know = "Does the person know? Yes, they know or will be told first I told his mother"
    assert f"What do they want? To be left alone {know}" in printed
    assert printed.count("To be left alone") == 1
    held = "What is held back, and why: Held back: 1 of 2 items, marked above."
    assert f"{held} Only this part is shared: His weight" in printed
    silent = " ".join("".join(words(record_pdf(samples.seal(samples.typical())))).split())
    assert "What the person and their family want was not written down." in silent
