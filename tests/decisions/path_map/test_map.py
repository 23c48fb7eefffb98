"""The map of an edition with a draft's or a record's own path on it."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from decisions.records.models import Event, Record
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin
from tests.decisions.wizard.urgent.acting import acted, follow_up


def said(reply: Any) -> str:
    assert reply.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", reply.content.decode())).split())


def of_draft(walk: Walk) -> str:
    return said(walk.client.get(reverse("decisions:draft-map", args=[walk.draft.pk])))


def test_a_draft_shows_its_path_in_drawing_and_words(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "early-help"})
    assert (
        reverse("decisions:draft-map", args=[walk.draft.pk]) in walk.open("duty").content.decode()
    )
    text = of_draft(walk)
    assert text.count("You are here") == 3  # the list, the drawing, the map in words
    assert text.count("Your answer: No") == 3
    assert "has not reached an outcome yet" in text
    assert text.count("The way taken:") == 2
    walk.walk(PLAIN)
    text = of_draft(walk)
    assert "You are here" not in text
    assert "This path ends with: Share (" in text
    assert text.count("The way taken:") == len(PLAIN)


def test_what_is_off_the_path_is_not_on_the_map(walk: Walk) -> None:
    walk.walk({**PLAIN, "consent": "refused"})
    assert "refused" not in of_draft(walk).partition("On the map")[0].lower()


def test_the_stored_edition_is_drawn(walk: Walk) -> None:
    old = begin(walk.client, walk.draft.owner, walk.draft.team, edition="hmg-2008")
    old.walk({"urgent": "no"})
    text = of_draft(old)
    assert catalogue.shipped()["hmg-2008"].digest in text
    assert catalogue.shipped()["hmg-2008"].notice in text


def test_no_link_leads_to_a_question_that_no_longer_ships(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "shipped", dict)
    text = walk.client.get(reverse("decisions:draft-map", args=[walk.draft.pk])).content.decode()
    assert "/questions/" not in text and 'role="img"' in text


def test_a_record_shows_its_sealed_path_and_notes_the_view(walk: Walk) -> None:
    walk.walk({**PLAIN, "consent": "refused"})
    walk.save("right-way", RIGHT_WAY)
    walk.seal()
    record = Record.objects.get()
    moved = walk.client.get(reverse("decisions:draft-map", args=[walk.draft.pk]))
    address = reverse("decisions:record-map", args=[record.pk])
    assert (moved.status_code, moved["Location"]) == (303, address)
    page = walk.client.get(reverse("decisions:record", args=[record.pk])).content.decode()
    assert address in page
    views = record.events.filter(kind=Event.VIEWED)
    before = views.count()
    text = said(walk.client.get(address))
    assert views.count() == before + 1
    assert text.count("The way taken:") == len(record.gate_answers)
    assert "The decision taken: Share" in text
    assert "Your answer" not in text
    assert text.count("Answer: ") == 3 * len(record.gate_answers)


def test_a_follow_up_says_what_was_settled_before(walk: Walk) -> None:
    record = acted(walk)
    after = follow_up(walk, record)
    text = of_draft(after)
    assert text.count(f"Already acted on in {record.reference}") >= 2
    assert "Your answer: No" not in text
