"""What looks like an identifier is found wherever it stands, and plain words are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from decisions.wizard.identifiers import Found, Kind, find

TEXT = st.text(max_size=300) | st.text("aA .,0123456789@-/'()\nBJ", max_size=300)


def nhs_number(nine: int) -> str:
    """A made-up number with the right check digit; "" where there is none."""
    digits = f"{nine:09}"
    check = -sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    number = f"{digits}{check}"
    return number if nhs.is_valid(number) else ""


NHS_NUMBERS = st.integers(400_000_000, 799_999_999).map(nhs_number).filter(bool)
SPELT = st.sampled_from(["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}"])
UPNS = st.integers(80_100_000_000, 93_899_999_999).map(
    lambda number: upn.calc_check_digit(f"{number:012}") + f"{number:012}"
)
POSTCODES = st.sampled_from(
    ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "sw1a1aa", "Ls6 4jn"]
)
MAILS = st.from_regex(r"\A[a-z]{1,9}(\.[a-z]{1,9})?@[a-z]{2,9}\.(example|sch\.example)\Z")
NINOS = st.sampled_from(["AB123456C", "AB 12 34 56 C", "jg 10 31 12 b", "CE-12-34-56-D"])


def kinds(text: str) -> set[Kind]:
    return {found.kind for found in find(text)}


@given(TEXT)
def test_spans_are_right_in_order_and_apart(text: str) -> None:
    last = 0
    for found in find(text):
        assert last <= found.start < found.end
        assert found.text == text[found.start : found.end]
        last = found.end


def planted(text: str, what: str, before: str, after: str) -> list[Found]:
    """What is found with the thing put in the text, a space on either side."""
    return [found for found in find(f"{before} {what} {after}") if found.text == what]


APART = st.text(max_size=80).map(lambda text: f"{text} so ")


@given(NHS_NUMBERS, SPELT, APART, APART)
def test_every_nhs_number_is_found(number: str, spelt: str, before: str, after: str) -> None:
    what = spelt.format(number[:3], number[3:6], number[6:])
    assert [found.kind for found in planted("", what, before, f"so {after}")] == [Kind.NHS_NUMBER]


@given(UPNS, APART, APART)
def test_every_pupil_number_is_found(number: str, before: str, after: str) -> None:
    assert [found.kind for found in planted("", number, before, f"so {after}")] == [Kind.UPN]


@given(POSTCODES, APART, APART)
def test_every_postcode_is_found(postcode: str, before: str, after: str) -> None:
    assert [found.kind for found in planted("", postcode, before, after)] == [Kind.POSTCODE]


@given(MAILS, APART, APART)
def test_every_mail_address_is_found(address: str, before: str, after: str) -> None:
    assert [found.kind for found in planted("", address, before, after)] == [Kind.EMAIL]


@given(NINOS, APART, APART)
def test_every_insurance_number_is_found(number: str, before: str, after: str) -> None:
    assert Kind.NATIONAL_INSURANCE in {
        found.kind for found in planted("", number, before, f"so {after}")
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ring 01632 960 001 after six", Kind.PHONE),
        ("(01632) 960001", Kind.PHONE),
        ("mobile 07700900123.", Kind.PHONE),
        ("+44 7700 900123", Kind.PHONE),
        ("+44 (0)20 7946 0018", Kind.PHONE),
        ("born 3 March 2016", Kind.DATE),
        ("03/04/2011", Kind.DATE),
        ("2011-04-03", Kind.DATE),
        ("on the 21st of June, 2014", Kind.DATE),
        ("June 21, 2014", Kind.DATE),
        ("12.5.09", Kind.DATE),
        ("DOB: 4 May", Kind.DATE),
        ("birthday is 4th July", Kind.DATE),
        ("D.O.B. 4/5", Kind.DATE),
        ("was born in 2012", Kind.DATE),
        ("hospital number 40012345", Kind.LONG_NUMBER),
        ("943 476 5910", Kind.LONG_NUMBER),  # the check digit is wrong: still a number
        ("Mr Underhill rang", Kind.NAME),
        ("the boy told Mrs. Okonkwo", Kind.NAME),
        ("J.S. was there", Kind.NAME),
        ("she lives with kevin and a dog", Kind.NAME),
        ("JESSICA was sad", Kind.NAME),
        ("I asked Will to come", Kind.NAME),
        ("their friend O'Riordan", Kind.NAME),
        ("at Zielińska's flat", Kind.NAME),
        ("٩٤٣٤٧٦٥٩١٩", Kind.NHS_NUMBER),
    ],
)
def test_each_kind(text: str, kind: Kind) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "AB12345C",
        "GB 12 34 56 C",
        "Year 10 and Section 47",
        "He was 15 in May.",
        "call 999 or 111 or 101",
        "It was 10.30 on Monday 3 March",
        "2 or 3 times, 10 to 12 people, 1,500 pounds, £20.50",
        "a5 4th form",
        "T1 and A2 level",
    ],
)
def test_what_only_looks_a_little_like_one(text: str) -> None:
    assert find(text) == []


def test_names_side_by_side_are_one() -> None:
    assert [found.text for found in find("We met Mary Ann O'Neill-Smith at home.")] == [
        "Mary Ann O'Neill-Smith"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "A " * 5_000,
        "1" * 10_000,
        "1 " * 5_000,
        "a.a" * 3_333,
        "(0" * 5_000,
        "born on " * 1_250,
        "0 (" * 3_333,
    ],
)
def test_long_texts_cost_little(text: str) -> None:
    began = time.process_time()
    find(text)
    assert time.process_time() - began < 1
