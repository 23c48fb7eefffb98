"""The form renderer: every field becomes a component that says what is wrong where it is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from django import forms
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from jinja2 import Environment, Undefined
from jinja2.filters import do_indent
from markupsafe import Markup

from infoshare.jinja import box, indent, kind, moment, paragraphs, value
from tests.infoshare.toy_pages import PAGE, ToyForm

HTML = "{http://www.w3.org/1999/xhtml}"


def rendered(template: str, **context: Any) -> str:
    request = RequestFactory().get("/toy/form/")
    return str(engines.all()[0].from_string(template).render(context, request))


def parsed(html: str) -> Element:
    return tinyhtml5.parse(html)


def find(tree: Element, tag: str, **attributes: str) -> list[Element]:
    return [
        element
        for element in tree.iter(HTML + tag)
        if all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
    ]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def page(body: str | None = None) -> Element:
    form = ToyForm() if body is None else ToyForm(QueryDict(body))
    return parsed(rendered(PAGE, form=form))


def described(tree: Element, element: Element) -> Iterator[str]:
    for name in (element.get("aria-describedby") or "").split():
        found = [each for each in tree.iter() if each.get("id") == name]
        assert len(found) == 1, name
        yield words(found[0])


def test_every_id_is_there_once() -> None:
    for tree in (page(), page("answer=yes&answer=no&which=a%0Ab&told_day=40")):
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))


def test_every_input_has_a_label() -> None:
    tree = page()
    labelled = {label.get("for") for label in find(tree, "label")}
    for tag in ("input", "textarea", "select"):
        for element in find(tree, tag):
            if element.get("type") != "hidden":
                assert element.get("id") in labelled


def test_options_carry_their_hints_and_the_question_is_the_heading() -> None:
    tree = page()
    (heading,) = find(tree, "h1")
    assert words(heading) == "Does the law require you to share?"
    yes, no, unsure = find(tree, "input", name="answer")
    assert list(described(tree, yes)) == ["A court order or an Act says so"]
    assert list(described(tree, no)) == []
    assert unsure.get("value") == "not-sure"


def test_a_revealed_field_stands_in_its_option_and_only_there() -> None:
    tree = page("answer=yes&which=Section+47")
    (which,) = find(tree, "input", name="which")
    assert which.get("value") == "Section 47"
    (inside,) = find(tree, "div", id="conditional-id_answer")
    assert which in list(inside.iter())


def test_a_revealed_field_with_an_error_is_not_hidden_by_a_closed_option() -> None:
    tree = page("answer=no&which=a%0Ab")
    assert not find(tree, "div", id="conditional-id_answer")
    (which,) = find(tree, "input", name="which")
    assert any("one line" in text for text in described(tree, which))


def test_each_error_is_beside_its_field_and_in_the_summary_with_a_link_to_it() -> None:
    tree = page("answer=maybe&told_day=40&told_month=1&told_year=2026&email=x")
    expected = {
        "#id_answer": "Choose one of the answers shown here",
        "#id_reason": "Enter your reasons",
        "#id_told_day": "Enter a real date, for example 27 3 2026",
        "#id_email": "Enter a valid email address.",
    }
    (summary,) = find(tree, "div", data_module="govuk-error-summary")
    links = {link.get("href"): words(link) for link in find(summary, "a")}
    assert links == expected
    for address, text in expected.items():
        (target,) = [each for each in tree.iter() if each.get("id") == str(address)[1:]]
        assert target.tag in {HTML + "input", HTML + "textarea"}
        groups = [each for each in find(tree, "fieldset") if target in list(each.iter())]
        beside = [*described(tree, target), *(t for g in groups for t in described(tree, g))]
        assert any(text in said for said in beside), address


def test_the_title_says_that_there_is_an_error() -> None:
    assert words(find(page("answer=maybe"), "title")[0]) == "Error: Duty – InfoShare"
    assert words(find(page(), "title")[0]) == "Duty – InfoShare"


def test_a_password_is_never_shown_again() -> None:
    (password,) = find(page("password=correct+horse"), "input", name="password")
    assert password.get("value") is None


TEXTS = [
    "plain",
    "  indented\n    more\n\n\tand a tab  ",
    "\n\nbegins with line breaks",
    "\r\nas browsers send\r\n",
    "</textarea><script>alert(1)</script>",
    "&amp; &#10; {{ 7 * 7 }} {% raw %}",
    "\u202eturned\u202c 👩‍👧 e\u0301",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("revealed", [False, True])
def test_a_text_area_gives_back_what_it_got(text: str, revealed: bool) -> None:
    class Form(forms.Form):
        words = ToyForm.base_fields["reason"]
        answer = type(ToyForm.base_fields["answer"])(
            options=[("yes", "Yes", "")], reveals={"yes": "words"} if revealed else {}
        )

    sent = QueryDict(mutable=True)
    sent.update({"words": text, "answer": "yes"})
    template = '{% from "components/form.html" import fields %}<form>{{ fields(form) }}</form>'
    (area,) = find(parsed(rendered(template, form=Form(sent))), "textarea")
    assert area.text == text


@pytest.mark.parametrize("text", TEXTS)
def test_a_hidden_field_gives_back_what_it_got(text: str) -> None:
    (hidden,) = find(parsed(f'<input value="{value(text)}">'), "input")
    assert hidden.get("value") == text


def test_what_a_page_cannot_hold_is_shown_as_a_mark() -> None:
    assert box("a\0b\ud800c") == "a\ufffdb\ufffdc"
    box("a\ud800").encode()


def test_words_for_reading_keep_lines_and_are_held_in() -> None:
    assert paragraphs("a\r\n <b>\n") == '<span class="typed" dir="auto">a<br> &lt;b&gt;<br></span>'


def test_a_widget_without_a_component_is_a_mistake_of_ours() -> None:
    class Form(forms.Form):
        at = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        kind(Form()["at"])


def test_times_are_those_of_the_clock_on_the_wall() -> None:
    assert moment(datetime(2026, 7, 3, 13, 5, tzinfo=UTC)) == "3 July 2026 at 14:05"


def test_no_page_has_style_or_script_that_the_policy_refuses() -> None:
    html = rendered(PAGE, form=ToyForm(QueryDict("answer=maybe")))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert len(re.findall(r"<script(?! nonce=| type=\"module\" src=)", html)) == 0


def test_the_quick_ways_give_what_jinja_gives() -> None:
    texts = ("", "a", "a\n\nb & <i>\r\n  c\n")
    for text in (*texts, *map(Markup, texts)):
        for how in ({}, {"first": True}, {"blank": True}, {"width": "- "}):
            ours, theirs = indent(text, **how), do_indent(text, **how)
            assert (ours, type(ours)) == (theirs, type(theirs))
    for known in ({"items": 1, "a": 2}, {}):
        for name in ("a", "items", "b"):
            ours, theirs = (
                engines.all()[0].env.getattr(known, name),
                Environment(autoescape=True).getattr(known, name),
            )
            assert (ours == theirs) or (
                isinstance(ours, Undefined) and isinstance(theirs, Undefined)
            )
