"""The one template engine: Jinja2 with the GOV.UK Frontend macros and our own words."""

import re
from collections.abc import MutableMapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.filters import do_indent
from markupsafe import Markup, escape

from infoshare import fields
from infoshare.navigation import navigation

# The first class a widget is an instance of decides which component shows it.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (fields.DateBoxes, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.TextInput, "text"),
    (forms.FileInput, "file"),
)
UNSHOWABLE = re.compile("[\0\ud800-\udfff]")
OF_EVERY_DICT = frozenset(dir(dict))


class QuickEnvironment(Environment):
    """Jinja's environment, with short cuts where the component macros spend their time."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals; Jinja would wrap them for each template.

        Every import of a macro compares them, which takes a tenth of a page when they are wrapped.
        """
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What Jinja gives; a parameter that was left out is found missing at once."""
        if type(obj) is dict and attribute not in OF_EVERY_DICT:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for.

    The option `globals` names what the rooms above bring: a word and where it is found.
    """
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    options["undefined"] = ChainableUndefined
    brought = options.pop("globals", {})
    made = QuickEnvironment(**options)  # Django passes autoescape=True
    made.globals.update(
        static=static,
        url=url,
        kind=kind,
        answers=answers,
        errors=errors,
        first_id=first_id,
        navigation=navigation,
        demo=settings.DEMO,
        idle_seconds=settings.SESSION_COOKIE_AGE,
        contact=contact,
        moment=moment,
        day=day,
    )
    made.globals.update((name, import_string(path)) for name, path in brought.items())
    made.filters.update(box=box, indent=indent, paragraphs=paragraphs, value=value)
    return made


def moment(when: datetime) -> str:
    """A time as people here read it, for example "3 March 2026 at 14:05"."""
    local = timezone.localtime(when)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"


def day(when: datetime) -> str:
    """The day of a time as people here read it, for example "3 March 2026"."""
    local = timezone.localtime(when)
    return f"{local.day} {local:%B %Y}"


def contact() -> str:
    """Whom to ask about this installation, in the words of those who run it."""
    return str(settings.CONTACT)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named view; raises `NoReverseMatch` when there is none."""
    return reverse(name, args=args, kwargs=kwargs)


def kind(bound: BoundField) -> str:
    """The component that shows this field; raises `TypeError` for a widget we have none for."""
    for widget, name in KINDS:
        if isinstance(bound.field.widget, widget):
            return name
    raise TypeError(f"No component shows {type(bound.field.widget).__name__} ({bound.name})")


def answers(bound: BoundField) -> list[fields.Option]:
    """Value, label and hint of every answer of a field with choices."""
    field = bound.field
    options: Sequence[fields.Option] = getattr(field, "options", ())
    if options:
        return list(options)
    choices = getattr(field, "choices", ())
    return [(str(value), str(label), "") for value, label in choices]


def errors(bound: BoundField) -> list[str]:
    """The field's errors; Django's own "This field is required." in plainer words."""
    found = bound.errors.as_data() if bound.errors else []
    plain = fields.required_message(bound.field, str(bound.label))
    return [
        plain if error.code == "required" else str(message)
        for error in found
        for message in error.messages
    ]


def first_id(bound: BoundField) -> str:
    """The id of the field's first input, where the error summary leads; "" when hidden."""
    base = bound.auto_id or bound.html_name
    return {"hidden": "", "date": f"{base}_day"}.get(kind(bound), base)


def indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's filter. Markup is indented as the plain text it is made of, not escaped by line."""
    if isinstance(text, Markup):
        return Markup(do_indent(str(text), width, first, blank))  # noqa: S704
    return do_indent(text, width, first, blank)


def shown(text: Any) -> str:
    """The text as far as a page can show it: what no page can hold becomes U+FFFD."""
    return UNSHOWABLE.sub("\ufffd", "" if text is None else str(text))


def value(text: Any) -> Markup:
    """A text as the value of an input, character for character.

    Line breaks are character references, because the component macros indent what they are
    given and HTML turns a bare carriage return into a line feed.
    """
    escaped = str(escape(shown(text)))
    return Markup(escaped.replace("\r", "&#13;").replace("\n", "&#10;"))  # noqa: S704


def box(text: Any) -> Markup:
    """A text as the content of a text area. HTML drops a first line feed there: it is doubled."""
    inside = value(text)
    return Markup("&#10;") + inside if inside.startswith("&#10;") else inside


def paragraphs(text: Any) -> Markup:
    """A person's own words for reading: line breaks kept, direction marks held inside."""
    lines = re.split("\r\n|\r|\n", shown(text))
    return Markup('<span class="typed" dir="auto">{}</span>').format(Markup("<br>").join(lines))
