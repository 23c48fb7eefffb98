"""Two leads save at the same moment: one is first, and the other one is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from guidance.local.entries import StaleEntry, add_entry, change_entry
from guidance.local.models import Contact, Procedure
from guidance.local.procedures import StaleProcedure, save_procedure
from infoshare import clock
from tests.cast import build
from tests.guidance.local.words import CONTACT

TIMES = 4


@pytest.mark.usefixtures("committed")
def test_of_saves_at_once_one_is_kept_and_the_others_are_told() -> None:
    cast = build()
    team = {"organisation": cast.northmoor, "person": cast.lena}
    contact = add_entry(Contact, **team, words=CONTACT)
    ready = Barrier(TIMES)

    def save(number: int) -> list[str]:
        connection.ensure_connection()
        ready.wait()
        told = []
        try:
            place = {"question": "consent", "setting": "", "in_force_from": clock.today()}
            save_procedure(**team, **place, text=f"Text {number}", seen=0)
        except StaleProcedure as stale:
            told.append(stale.newest.text)
        try:
            words = {**CONTACT, "hours": f"Hours {number}"}
            change_entry(Contact, entry=contact.entry, person=cast.lena, words=words, seen=1)
        except StaleEntry as stale:
            told.append(stale.newest.hours)
        finally:
            connection.close()
        return told

    with ThreadPoolExecutor(TIMES) as pool:
        told = [one for found in pool.map(save, range(TIMES)) for one in found]
    (kept,) = Procedure.objects.all()
    newest = Contact.objects.get(number=2)
    assert Contact.objects.count() == 2
    assert sorted(told) == sorted([kept.text, newest.hours] * (TIMES - 1))
