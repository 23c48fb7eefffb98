"""The page saves itself: nothing is lost by it, and nothing is made up."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.wizard.drafts import Stale, save_step
from decisions.wizard.models import Draft, Revision
from decisions.wizard.revisions import MOST_IN_ONE, Page
from tests.decisions.walk import Walk, begin


class Tab:
    """One opening of a page, as static/js/autosave.js keeps it."""

    def __init__(self, walk: Walk, step: str) -> None:
        self.walk, self.step = walk, step
        self.based_on, self.turn, self.page = walk.revision(), 0, str(uuid.uuid4())
        self.unused = ""

    def send(self, given: dict[str, str], go: str) -> Any:
        self.turn += 1
        data = {f"{self.step}-{name}": given.get(name, "") for name in self.walk.fields(self.step)}
        data |= {
            f"{self.walk.draft.pk}-current_step": self.step,
            "based_on": str(self.based_on),
            "page": self.page,
            "turn": str(self.turn),
            "unused": self.unused,
            "go": go,
        }
        headers = {"InfoShare-Save": "1"}
        return self.walk.client.post(self.walk.address(self.step), data, headers=headers)

    def autosave(self, reason: str, answer: str = "no") -> Any:
        reply = self.send({"answer": answer, "reason": reason}, "autosave")
        if reply.status_code == 200:
            self.based_on = reply.json()["revision"]
        return reply

    def go_on(self, reason: str, answer: str = "no") -> Any:
        return self.send({"answer": answer, "reason": reason}, "continue")


@pytest.fixture
def tab(walk: Walk) -> Tab:
    walk.save("about", {"case_reference": "CASE-1"})
    return Tab(walk, "urgent")


def reasons(walk: Walk) -> list[str]:
    saves = Revision.objects.filter(draft=walk.draft, step="urgent").order_by("number")
    return [one.content["reason"] for one in saves]


def test_what_was_typed_is_kept_and_the_reply_says_when(tab: Tab) -> None:
    reply = tab.autosave("half a thou")
    assert reply.json() == {"revision": 2, "at": reply.json()["at"]}
    assert len(reply.json()["at"]) == 5
    assert "half a thou" in tab.walk.open("urgent").content.decode()


def test_an_unchanged_form_makes_no_revision(tab: Tab) -> None:
    tab.autosave("a thought")
    assert tab.autosave("a thought").json()["revision"] == 2
    assert reasons(tab.walk) == ["a thought"]


def test_own_continue_after_an_autosave_is_not_stale(tab: Tab) -> None:
    tab.autosave("a thought")
    assert tab.go_on("a thought, whole").status_code == 204
    assert reasons(tab.walk) == ["a thought, whole"]  # one save: it took the autosave's place


def test_nor_is_it_when_the_reply_to_the_autosave_was_lost(tab: Tab) -> None:
    tab.autosave("a thought")
    tab.based_on = 1
    assert tab.autosave("a thought more").status_code == 200
    tab.based_on = 1
    assert tab.go_on("a thought, whole").status_code == 204
    assert tab.walk.held()["urgent"]["reason"] == "a thought, whole"


def test_an_autosave_that_comes_after_the_save_that_overtook_it_undoes_nothing(tab: Tab) -> None:
    tab.turn = 1
    tab.go_on("a thought, whole")
    tab.turn, tab.based_on = 0, 1
    assert tab.autosave("a tho").status_code == 409
    assert tab.walk.held()["urgent"]["reason"] == "a thought, whole"
    assert "a tho" in reasons(tab.walk)


def test_another_tab_is_told_and_both_texts_are_kept(tab: Tab) -> None:
    other = Tab(tab.walk, "urgent")
    tab.autosave("from the first")
    reply = other.autosave("from the second")
    assert reply.status_code == 409
    assert "another tab" in reply.json()["reason"]
    assert tab.walk.held()["urgent"]["reason"] == "from the first"
    assert other.autosave("from the second, longer").status_code == 409
    assert reasons(tab.walk) == ["from the first", "from the second, longer"]
    page = other.go_on("from the second, longer")
    assert page.status_code == 409
    for text in ("from the first", "from the second, longer"):
        assert text in page.content.decode()


def test_a_tab_opened_at_an_autosave_that_was_replaced_is_stale(tab: Tab) -> None:
    tab.autosave("first")
    other = Tab(tab.walk, "urgent")
    tab.autosave("second")
    assert other.go_on("made from the first").status_code == 409
    assert tab.walk.held()["urgent"]["reason"] == "second"


def test_even_when_the_words_are_back_to_those_before(tab: Tab) -> None:
    tab.walk.save("urgent", {"answer": "no", "reason": "before"})
    tab.based_on = tab.walk.revision()
    tab.autosave("between")
    other = Tab(tab.walk, "urgent")
    tab.autosave("before")
    assert other.go_on("made from between").status_code == 409


def test_an_hour_of_typing_leaves_a_copy_every_five_minutes(tab: Tab) -> None:
    for turn in range(1, 3 * 60 + 1):
        saved = save_step(
            draft_id=tab.walk.draft.pk,
            person=tab.walk.draft.owner,
            step="urgent",
            given={"answer": "no", "reason": f"typed {turn}"},
            based_on=tab.based_on,
            page=Page(uuid.UUID(tab.page), turn, is_autosave=True),
        )
        tab.based_on = saved.revision
    assert len(reasons(tab.walk)) == 180 / MOST_IN_ONE
    assert reasons(tab.walk)[-1] == "typed 180"


@pytest.mark.parametrize("text", ["x" * 10_001, "a\0b"])
def test_text_that_cannot_be_kept_is_not_saved_and_the_reply_says_why(tab: Tab, text: str) -> None:
    reply = tab.autosave(text)
    assert reply.status_code == 422
    assert "Your reasons" in reply.json()["reason"]
    assert "urgent" not in tab.walk.held()


def test_what_is_only_missing_is_no_reason(tab: Tab) -> None:
    assert tab.autosave("", answer="").status_code == 200


def test_a_sealed_decision_is_said_and_stays(walk: Walk) -> None:
    walk.to_decision()
    tab = Tab(walk, "urgent")
    walk.seal()
    reply = tab.autosave("too late")
    assert (reply.status_code, "sealed" in reply.json()["reason"]) == (409, True)
    assert "too late" not in str(walk.held())


def test_a_question_that_is_not_asked_any_more_is_kept(tab: Tab) -> None:
    other = Tab(tab.walk, "setting")
    assert other.autosave("typed here", answer="other").status_code == 200
    assert tab.walk.held()["setting"]["reason"] == "typed here"


def test_an_answer_changed_elsewhere_is_looked_at_though_the_page_saved_itself(walk: Walk) -> None:
    walk.to_decision()
    tab = Tab(walk, "decide")
    seen = tab.based_on
    walk.answer("confidential", "no", "Checked with the file")
    reply = tab.send({"decision": "share", "reason": "mine"}, "autosave")
    tab.based_on = reply.json()["revision"]
    data = {"decision": "share", "reason": "mine"}
    fields = {f"decide-{name}": text for name, text in data.items()}
    fields |= {f"{walk.draft.pk}-current_step": "decide", "seen": str(seen), "go": "seal"}
    page = walk.client.post(walk.address("decide"), fields | {"based_on": str(tab.based_on)})
    assert "Your answers changed since you opened this page" in page.content.decode()
    assert not hasattr(Draft.objects.get(pk=walk.draft.pk), "record")


def test_choosing_a_text_after_save_and_leave_leaves_and_does_not_seal(walk: Walk) -> None:
    walk.to_decision()
    based_on = walk.revision()
    walk.post("decide", {"decision": "share", "reason": "first"}, go="leave")
    given = {"decision": "share", "reason": "second"}
    page = walk.post("decide", given, go="leave", based_on=based_on).content.decode()
    assert '<input type="hidden" name="go" value="leave">' in page
    assert f'<input type="hidden" name="seen" value="{based_on}">' in page


def test_acting_first_saves_itself_and_decides_nothing(walk: Walk) -> None:
    walk.save("about", {"case_reference": "CASE-1"})
    address = reverse("decisions:act-first", args=[walk.draft.pk])
    assert 'data-autosave="20"' in walk.client.get(address).content.decode()
    words = {"act-case_reference": "CASE-1", "act-what": "That he is", "page": str(uuid.uuid4())}
    for turn, more in enumerate(("", " at the bridge", " at the old bridge")):
        data = {**words, "act-what": words["act-what"] + more, "turn": str(turn + 1)}
        reply = walk.client.post(address, data | {"based_on": "1", "go": "autosave"})
        assert reply.status_code == 200, reply.content
    assert walk.held()["right-way"]["what"] == "That he is at the old bridge"
    assert "urgent" not in walk.held()
    stale = words | {"page": str(uuid.uuid4()), "based_on": "1", "go": "autosave"}
    assert walk.client.post(address, stale).status_code == 409
    too_long = words | {"act-what": "x" * 10_001, "go": "autosave"}
    assert "What did you share?" in walk.client.post(address, too_long).json()["reason"]


def test_the_pages_of_the_wizard_ask_for_it_and_say_when_they_were_saved(walk: Walk) -> None:
    walk.to_decision()
    for step in ("about", "purpose", "right-way", "decide"):
        page = walk.open(step).content.decode()
        assert 'data-autosave="20"' in page
        assert "last saved" in page
    assert "data-autosave" not in walk.client.get(reverse("home")).content.decode()


# A tab does one thing after another: saves itself with a longer text, or reads the page anew.
DEEDS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["autosave", "lost", "continue", "reload"])),
    max_size=14,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DEEDS)
def test_no_tab_ever_covers_what_another_saved_without_being_told(
    walk: Walk, deeds: list[tuple[int, str]]
) -> None:
    fresh = begin(walk.client, walk.draft.owner, walk.draft.team)
    draft, owner = fresh.draft.pk, fresh.draft.owner
    # What each tab knows: its page, its number, the text it shows, its turn.
    held = ""
    tabs = [{"page": uuid.uuid4(), "on": 0, "sees": "", "turn": 0} for _ in range(3)]
    for count, (number, deed) in enumerate(deeds):
        tab = tabs[number]
        if deed == "reload":
            tab |= {"page": uuid.uuid4(), "on": fresh.revision(), "sees": held, "turn": 0}
            continue
        tab["turn"] += 1
        text = f"{count} by {number}"
        page = Page(tab["page"], tab["turn"], deed != "continue")
        try:
            saved = save_step(
                draft_id=draft,
                person=owner,
                step="urgent",
                given={"answer": "", "reason": text},
                based_on=tab["on"],
                page=page,
            )
        except Stale:
            assert tab["sees"] != held  # only one that another tab has overtaken
            kept = Revision.objects.filter(draft=draft, applied=False, page=tab["page"])
            assert text in {one.content["reason"] for one in kept}
        else:
            assert tab["sees"] == held  # it covers nothing but what its person has seen
            tab["sees"] = held = text
            if deed != "lost":
                tab["on"] = saved.revision
        assert fresh.held().get("urgent", {}).get("reason", "") == held
