"""The check of templates finds each kind of fault, with file and line, and passes what is right."""

import pytest
from jinja2 import DictLoader, Environment

from infoshare.template_check import complaints

SOUND = {
    "base.html": "{% block content %}{% endblock %}",
    "macros.html": "{% macro card(title) %}{{ title }}{% endmacro %}{% set width = 3 %}",
    "page.html": (
        "{% extends 'base.html' %}{% from 'macros.html' import card, width %}"
        "{% block content %}{{ card(url('home')) }}{{ static('a.css') }}"
        "{{ url(which) }}{% endblock %}"
    ),
}


def found(**templates: str) -> list[str]:
    pages = SOUND | {f"{name}.html": text for name, text in templates.items()}
    environment = Environment(loader=DictLoader(pages), autoescape=True)
    return [
        str(complaint)
        for complaint in complaints(
            environment,
            sorted(pages),
            view_exists={"home"}.__contains__,
            file_exists={"a.css"}.__contains__,
        )
    ]


def test_sound_templates_have_no_complaint() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("\n{% if x %}", "Unexpected end of template"),
        ("{{ x|frobnicate }}", "No filter named 'frobnicate'"),
        ("{% extends 'bose.html' %}", "there is no template 'bose.html'"),
        ("{% include 'gone.html' %}", "there is no template 'gone.html'"),
        ("{% from 'macros.html' import cart %}", "'macros.html' has no macro 'cart'"),
        ("{% from 'macros.html' import cart as c %}", "'macros.html' has no macro 'cart'"),
        ("{{ url('hame') }}", "url('hame') names nothing"),
        ("{{ static('b.css') }}", "static('b.css') names nothing"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, complaint: str) -> None:
    (one,) = found(wrong=text)
    assert one.startswith("templates/wrong.html:")
    assert complaint in one
