"""Which protocols may help, and which body got the information. No database."""

import uuid

from decisions.protocols.bodies import body
from decisions.protocols.citing import CITE, cited, naming
from decisions.protocols.matching import MOST_SHOWN, Known, helpful
from guidance.rulebook import catalogue

EDITION = catalogue.shipped()[catalogue.DEFAULT]


def known(title: str, parties: str = "Northmoor Homes", *about: str) -> Known:
    return Known(uuid.uuid4(), title, "", parties, about)


def test_those_with_the_body_named_come_before_those_about_the_same() -> None:
    register = [
        known("About", "Oaks School", "early-help"),
        known("Neither", "Oaks School", "crime"),
        known("With"),
        known("Both", "Northmoor Homes; landlord", "early-help"),
    ]
    asked = {"names": ["", "Housing officer, Northmoor Homes"], "own": "Northmoor Council"}
    found = helpful(register, setting="early-help", **asked)
    assert [one.known.title for one in found] == ["Both", "With", "About"]
    assert not helpful(register, setting="", names=["", " "], own="Northmoor Council")
    assert len(helpful(register * 9, setting="early-help", **asked)) == MOST_SHOWN


def test_naming_one_keeps_what_was_typed() -> None:
    one = known("Sharing with Homes")
    given = {"case_reference": "C-1", "agreement": "", "protocol": ""}
    named = naming(EDITION, given, one)
    assert named == {**given, "agreement": "yes", "protocol": "Sharing with Homes"}
    assert naming(EDITION, named, one) == named
    typed = naming(EDITION, {**given, "protocol": "Our own"}, one)
    assert typed["protocol"] == "Our own; Sharing with Homes"
    full = {**given, "protocol": "x" * 495}
    assert naming(EDITION, full, one)["protocol"] == full["protocol"]
    assert cited(f"{CITE}{one.id}") == one.id
    assert cited("continue") is None and cited(f"{CITE}x") is None


def test_a_body_is_named_and_a_person_never() -> None:
    for organisation, recipient, name in (
        ("Northmoor  Homes.", "anybody", "Northmoor Homes"),
        ("", "Housing officer, Northmoor Homes", "Northmoor Homes"),
        ("", "Northmoor Homes", "Northmoor Homes"),
        ("", "Head, St Mary's School", "St Mary's School"),
        ("", "Family Hub", "Family Hub"),
        ("", "His aunt", ""),
        ("", "Foster carer", ""),
        ("", "Mrs Castell", ""),
        ("", "Bryony Castell", ""),
        ("", "duty@homes.example", ""),
        ("", "Desk, 020 555 0199", ""),
        ("", "x" * 81, ""),
        ("", "Her lodger, whom the office had checked by asking her twice", ""),
        ("", " ,", ""),
    ):
        assert body(organisation, recipient) == name, recipient
