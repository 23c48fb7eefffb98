"""Fields keep what was typed, and refuse in plain words what cannot be kept."""

import datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField
from infoshare.typed_text import is_blank

OPTIONS = [("yes", "Yes", ""), ("no", "No", "A hint")]
KEPT = {
    "space around it": "  as typed \t ",
    "line breaks as sent": "one\r\ntwo\nthree\rfour",
    "a first line break": "\r\n\r\nafter",
    "direction marks": "\u202eabc\u202c \u2067שלום\u2069",
    "emoji and joiners": "👩‍👩‍👧‍👦 \u200b e\u0301",
    "other control characters": "bell \a, form feed \f",
    "a replacement character of their own": "what is \ufffd?",
    "noncharacters": "\ufffe \U0010ffff",
}


class Reasons(forms.Form):
    answer = OptionField(options=OPTIONS)
    reason = LongTextField(label="Your reasons")
    place = ShortTextField(label="Where was it?", required=False)
    told = DateField(required=False)


def filled(body: str = "", **fields: Any) -> Reasons:
    """The form as a browser would send it: good answers, but for those given here."""
    sent = QueryDict(body, mutable=True)
    for name, value in {"answer": "yes", "reason": "Because.", **fields}.items():
        if name not in sent:
            sent.setlist(name, value if isinstance(value, list) else [value])
    return Reasons(sent)


def codes(form: forms.Form, name: str) -> list[str | None]:
    return [error.code for error in form.errors.as_data().get(name, [])]


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_text_is_kept_character_for_character(text: str) -> None:
    form = filled(reason=text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["reason"] == text


@pytest.mark.parametrize("blank", ["", " ", "\r\n\t ", "\u00a0\u2003", "\u200b\u200e\ufeff"])
def test_a_blank_text_is_empty_but_shown_again(blank: str) -> None:
    form = filled(reason=blank)
    assert codes(form, "reason") == ["required"]
    assert form["reason"].value() == blank


def test_blank_means_nothing_to_see() -> None:
    assert is_blank("")
    assert not is_blank(" .")
    assert not is_blank("🙂")


@pytest.mark.parametrize("bad", ["\0", "\ud800", "\udfff"], ids=ascii)
@pytest.mark.parametrize("name", ["reason", "place"])
def test_what_no_database_can_keep_is_refused_and_kept_on_the_page(name: str, bad: str) -> None:
    form = filled(**{name: f"before{bad}after"})
    assert codes(form, name) == ["unstorable"]
    assert form[name].value() == f"before{bad}after"


def test_the_longest_text_fits() -> None:
    assert filled(reason="x" * 10_000).is_valid()
    assert filled(reason="🙂" * 10_000).is_valid()


def test_a_line_break_counts_once_however_it_was_sent() -> None:
    assert filled(reason="\r\n" * 4_999 + "xx").is_valid()
    assert filled(reason="\r\n" * 4_999 + "x" * 5_001).is_valid()
    assert not filled(reason="\r\n" * 4_999 + "x" * 5_002).is_valid()


def test_one_character_too_many_is_refused_with_the_whole_text_kept() -> None:
    form = filled(reason="x" * 10_012)
    assert form.errors["reason"] == [
        "This text has 10,012 characters. The most that can be kept is 10,000: shorten it by 12."
    ]
    assert form["reason"].value() == "x" * 10_012


def test_no_maxlength_attribute_cuts_what_is_pasted() -> None:
    assert "maxlength" not in Reasons().fields["reason"].widget.attrs
    assert "maxlength" not in Reasons().fields["place"].widget.attrs


def test_a_text_sent_twice_is_refused_and_both_are_shown() -> None:
    form = filled("reason=first&reason=second")
    assert codes(form, "reason") == ["repeated"]
    assert str(form["reason"].value()) == "first\n\nsecond"


def test_a_short_text_is_one_line() -> None:
    assert codes(filled(place="a\r\nb"), "place") == ["one_line"]
    form = filled(place=" a b ")
    assert form.is_valid()
    assert form.cleaned_data["place"] == " a b "


def test_an_option_is_taken() -> None:
    form = filled(answer="no")
    assert form.is_valid()
    assert form.cleaned_data["answer"] == "no"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([], "required"),
        ([""], "required"),
        (["maybe"], "invalid_choice"),
        (["YES"], "invalid_choice"),
        ([" yes"], "invalid_choice"),
        (["yes", "no"], "repeated"),
        (["yes", "yes"], "repeated"),
        (["yes\0"], "invalid_choice"),
    ],
)
def test_an_option_that_is_not_one_is_refused(sent: list[str], code: str) -> None:
    assert codes(filled(answer=sent), "answer") == [code]


def test_an_unknown_option_is_not_repeated_in_the_message() -> None:
    assert "maybe" not in str(filled(answer="maybe").errors["answer"])


def test_options_keep_their_hints_and_reveals() -> None:
    field = OptionField(options=OPTIONS, reveals={"yes": "which"})
    assert field.options == (("yes", "Yes", ""), ("no", "No", "A hint"))
    assert field.reveals == {"yes": "which"}


def date(day: str, month: str, year: str) -> Reasons:
    return filled(told_day=day, told_month=month, told_year=year)


def test_a_date_is_read_from_its_three_boxes() -> None:
    form = date(" 9 ", "02", "2026")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["told"] == datetime.date(2026, 2, 9)


def test_a_date_may_be_left_empty_unless_required() -> None:
    assert filled().is_valid()
    assert date("", "", "").is_valid()
    with pytest.raises(ValidationError, match="Enter a date"):
        DateField().clean(["", "", ""])


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("31", "2", "2026"), "Enter a real date"),
        (("0", "1", "2026"), "Enter a real date"),
        (("1", "1", "0000"), "Enter a real date"),
        (("", "2", "2026"), "The date needs a day"),
        (("1", "", ""), "The date needs a month and a year"),
        (("1", "2", "26"), "Write the year with four digits"),
        (("one", "2", "2026"), "Write the date in numbers"),
        (("１", "2", "2026"), "Write the date in numbers"),
        (("-1", "2", "2026"), "Write the date in numbers"),
        (("1\0", "2", "2026"), "Write the date in numbers"),
        (("9" * 5000, "2", "2026"), "Enter a real date"),
    ],
)
def test_a_date_that_is_not_one_is_refused(parts: tuple[str, str, str], words: str) -> None:
    form = date(*parts)
    assert form.errors["told"][0].startswith(words)
    assert form["told"].value() == list(parts)


def test_a_box_of_a_date_sent_twice_is_refused() -> None:
    form = filled("told_day=1&told_day=2&told_month=2&told_year=2026")
    assert codes(form, "told") == ["repeated"]


def test_a_date_is_shown_in_its_boxes() -> None:
    widget = DateField().widget
    assert widget.decompress(datetime.date(2026, 3, 4)) == ["4", "3", "2026"]
