"""Two managers hand one draft over at the same moment, while its practitioner saves."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.drafts import HandedOver, save_step
from decisions.wizard.hand_over.writers import HandedOverAlready, hand_over
from decisions.wizard.models import Draft
from infoshare.people.models import Membership, Role
from tests.cast import build
from tests.decisions.walk import begin


@pytest.mark.usefixtures("committed")
def test_one_of_two_managers_wins_and_no_word_gets_in_afterwards() -> None:
    cast = build()
    for person in (cast.tom, cast.sam, cast.olu):
        Membership.objects.get_or_create(
            user=person,
            organisation=cast.northmoor,
            team=cast.early_help,
            role=Role.PRACTITIONER,
            ended_at=None,
        )
    walk = begin(Client(), cast.priya, cast.early_help)

    def act(number: int) -> Any:
        try:
            if number == 2:
                given = {"answer": "", "reason": "typed meanwhile"}
                return save_step(
                    draft_id=walk.draft.pk,
                    person=cast.priya,
                    step="urgent",
                    given=given,
                    based_on=0,
                )
            return hand_over(
                draft_id=walk.draft.pk,
                manager=(cast.maya, cast.omar)[number],
                to=(cast.tom, cast.sam)[number],
                reason="Away",
                seen_owner=cast.priya.pk,
            )
        except (HandedOverAlready, HandedOver) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(act, range(3)))
    event = DraftEvent.objects.get()
    draft = Draft.objects.get(pk=walk.draft.pk)
    assert [type(one) for one in results[:2]].count(HandedOverAlready) == 1
    assert event.details["to"] == str(draft.owner_id)
    was_saved = not isinstance(results[2], HandedOver)
    assert was_saved is ("typed meanwhile" in str(draft.answers))
