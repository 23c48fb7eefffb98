"""What the demo's council says of its own: read strictly from `local.toml`, written by its lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction

from decisions.demo.people import DemoCast, cast
from guidance.local import places
from guidance.local.entries import add_entry
from guidance.local.forms import ContactForm, RetentionForm
from guidance.local.models import Contact, Procedure, RetentionClass
from guidance.local.procedures import save_procedure
from guidance.rulebook.tables import Table, read_table
from infoshare import clock
from infoshare.people.models import Membership, User

FILE = Path(__file__).resolve().parent / "local.toml"


@dataclass(frozen=True, slots=True)
class LocalLayer:
    """The words of each list, and who writes them."""

    organisation: str
    by: str
    procedures: tuple[Mapping[str, str], ...]
    contacts: tuple[Mapping[str, Any], ...]
    retention: tuple[Mapping[str, Any], ...]


@cache
def shipped() -> LocalLayer:
    """The shipped layer; raises `EditionError` that names the file and key."""
    return read_layer(FILE.name, FILE.read_bytes(), cast())


def read_layer(file: str, content: bytes, people: DemoCast) -> LocalLayer:
    """The layer in a file's bytes; what its lead's forms would refuse is an `EditionError`."""
    table = read_table(file, content)
    layer = LocalLayer(
        organisation=table.word("organisation", people.organisations),
        by=table.word("by", people.people),
        procedures=tuple(map(_procedure, table.tables("procedure"))),
        contacts=tuple(_words(one, ContactForm) for one in table.tables("contact")),
        retention=tuple(_words(one, RetentionForm) for one in table.tables("retention")),
    )
    table.close()
    return layer


def _procedure(table: Table) -> Mapping[str, str]:
    question = table.word("question", places.questions())
    settings = places.settings_of(question)
    given = {
        "question": question,
        "setting": table.word("setting", settings) if table.has("setting") else "",
        "text": table.text("text").strip(),
    }
    table.close()
    return given


def _words(table: Table, form: type[forms.Form]) -> Mapping[str, Any]:
    given: dict[str, Any] = {}
    for name in form.base_fields:
        if table.has(name):
            given[name] = table.number(name) if name == "length" else table.text(name)
    table.close()
    filled = form(given)
    if not filled.is_valid():
        name, errors = next(iter(filled.errors.items()))
        raise table.error(name, str(errors[0]))
    return filled.cleaned_data


@transaction.atomic
def write_layer(layer: LocalLayer, users: Mapping[str, User]) -> None:
    """Have its lead write what is missing of the layer; a list that holds anything stays as it is.

    All of it is in force from the day that the clock says.
    """
    person = users[layer.by]
    membership = Membership.objects.select_related("organisation").filter(user=person).first()
    if membership is None:  # taken from them in the demo
        return
    organisation = membership.organisation
    if not Procedure.objects.filter(organisation=organisation).exists():
        for given in layer.procedures:
            save_procedure(
                organisation=organisation,
                person=person,
                in_force_from=clock.today(),
                seen=0,
                **given,
            )
    if not Contact.objects.filter(organisation=organisation).exists():
        for words in layer.contacts:
            add_entry(Contact, organisation=organisation, person=person, words=words)
    if not RetentionClass.objects.filter(organisation=organisation).exists():
        for words in layer.retention:
            add_entry(RetentionClass, organisation=organisation, person=person, words=words)
