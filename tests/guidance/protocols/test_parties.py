"""Parties as they are typed, and when two names mean one body. No database."""

from guidance.protocols import parties
from guidance.protocols.parties import Party, is_same


def test_a_line_is_a_party_with_its_role() -> None:
    typed = "Northmoor Homes; landlord\r\n\n  The Oaks School \n; nobody"
    assert parties.read(typed) == [
        Party("Northmoor Homes", "landlord"),
        Party("The Oaks School", ""),
    ]
    assert not parties.fault(typed)
    assert "at least one" in parties.fault(" ;x\n")
    assert "51 parties" in parties.fault("A\n" * 51)
    assert "longer than 200" in parties.fault("A" * 201)


def test_names_are_compared_gently() -> None:
    for left, right in (
        ("Northmoor Homes", "NORTHMOOR  homes."),
        ("The Oaks School", "oaks school"),
        ("Homes & Hearths (invented)", "Homes and Hearths"),
        ("Northmoor Homes", "Housing officer, Northmoor Homes"),
        ("Samaritans", "The Samaritans of Northmoor"),
        ("St Mary’s School", "St Mary's School"),
    ):
        assert is_same(left, right) and is_same(right, left), (left, right)
    for left, right in (
        ("Homes", "Northmoor Homes"),  # too little to tell
        ("Northmoor Homes", "Northmoor Homeless Team"),
        ("", "Northmoor Homes"),
        ("...", "Northmoor Homes"),
    ):
        assert not is_same(left, right) and not is_same(right, left), (left, right)


def test_the_own_organisation_is_no_other_party() -> None:
    both = parties.read("Northmoor Council\nNorthmoor Homes")
    assert not parties.meets(both, ["Northmoor Council, Adults"], "northmoor council")
    assert parties.meets(both, ["", "Northmoor Homes"], "Northmoor Council")
