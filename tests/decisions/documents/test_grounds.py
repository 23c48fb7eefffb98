"""The first page gives the reasons in the person's own words, cut where they are long."""

from decisions.documents.grounds import LONGEST, grounds
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples
from tests.decisions.documents.conftest import Words


def test_a_long_reason_is_cut_at_a_word_and_stands_whole_with_its_question(words: Words) -> None:
    long = "weighed with care " * 40
    record = samples.typical()
    record["decision"]["reason"] = ""
    record["question:public-interest"]["reason"] = long
    record["question:purpose"]["details"] = [
        {"detail": "sentence", "label": "In one sentence?", "text": "So that he is fed"}
    ]
    asked = [record[f"question:{gate}"] for gate in record["context"]["path"]]
    purpose, consent, interest = grounds(asked)
    assert (purpose.text, purpose.goes_on) == ("So that he is fed", False)
    assert consent.text == record["question:consent"]["reason"]
    assert len(interest.text) <= LONGEST and interest.text.split()[-1] in (
        "weighed",
        "with",
        "care",
    )
    first, *rest = words(record_pdf(samples.seal(record)))
    assert "So that he is fed" in first and "goes on under" in first
    assert " ".join(rest).split().count("weighed") >= 40


def test_reasons_for_the_decision_itself_stand_alone(typical_pdf: bytes, words: Words) -> None:
    first = words(typical_pdf)[0]
    assert "Food and weight can be shared" in first
    assert "She said no" not in first


def test_what_nobody_wrote_is_no_ground() -> None:
    record = samples.urgent()
    assert grounds([record["question:urgent"]]) == ()
