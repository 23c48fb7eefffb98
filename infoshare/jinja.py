"""The one template engine: Jinja2 with the GOV.UK Frontend macros."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader


def environment(**options: Any) -> Environment:
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("govuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined
    made = Environment(**options)  # noqa: S701  (Django passes autoescape=True)
    made.globals.update(static=static, url=reverse)
    return made
