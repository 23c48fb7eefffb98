"""The templates of what is printed, apart from those of the pages."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from decisions.documents.direction import apart, lines
from decisions.documents.fonts import PROJECT


@cache
def _environment() -> Environment:
    # Strict, unlike the pages' environment: a document with a hole in it must not be printed.
    made = Environment(
        # The second, so that one names another as the pages' check of templates knows it.
        loader=FileSystemLoader([PROJECT / "templates" / "documents", PROJECT / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"lines": lines, "apart": apart}
    made.filters["apart"] = apart
    return made


def template(name: str, **known: Any) -> Template:
    """The template of this file under templates/documents, which also knows these names."""
    return _environment().get_template(name, globals=known)
