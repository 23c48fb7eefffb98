"""How it is sent: one of the edition's methods, or another way in the person's words."""

import dataclasses

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.methods import missing_method, sealed_method
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

EDITION = catalogue.shipped()[catalogue.DEFAULT]
BARE = dataclasses.replace(EDITION, methods=())  # as stored before there were methods


def test_one_field_is_needed_and_another_way_needs_its_words() -> None:
    assert missing_method(EDITION, {}).keys() == {"method"}
    assert missing_method(EDITION, {"method": "post"}) == {}
    assert missing_method(EDITION, {"method": "other", "method_more": " "}).keys() == {
        "method_more"
    }
    assert missing_method(EDITION, {"method": "By carrier pigeon"}) == {}
    assert missing_method(BARE, {"method": "By carrier pigeon"}) == {}
    assert missing_method(BARE, {}).keys() == {"method"}


def test_the_record_says_the_label_and_the_words() -> None:
    def said(**given: str) -> tuple[str, str, str]:
        sealed = sealed_method(EDITION, given)
        return sealed["method"], sealed["method_id"], sealed["method_more"]

    assert said(method="post", method_more="Tracked") == ("By post", "post", "Tracked")
    assert said(method="other", method_more="A pigeon") == ("A pigeon", "other", "")
    assert said(method="A pigeon") == ("A pigeon", "other", "")
    assert said(method="A pigeon", method_more="Two") == ("A pigeon\nTwo", "other", "")
    assert said() == ("", "", "")


def test_free_text_of_an_older_page_stands_as_another_way(walk: Walk) -> None:
    walk.walk(PLAIN)
    walk.save("right-way", RIGHT_WAY)
    page = walk.open("right-way").content.decode()
    assert '<option value="other" selected>Another way</option>' in page
    assert RIGHT_WAY["method"] in page
    reply = walk.post("right-way", {**RIGHT_WAY, "recipient": "", "method": "A pigeon <b>"})
    assert reply.status_code == 200
    page = reply.content.decode()
    assert '<option value="other" selected>' in page
    assert "A pigeon &lt;b&gt;" in page


def test_a_method_is_sealed_with_more_about_it(walk: Walk) -> None:
    walk.to_decision()
    given = {**RIGHT_WAY, "method": "phone", "method_more": "At noon"}
    assert walk.post("right-way", given).status_code == 303
    assert "Phone, with a call back" in walk.open("decide").content.decode()
    page = walk.client.get(walk.seal()["Location"]).content.decode()
    assert "Phone, with a call back" in page
    assert "At noon" in page
    sharing = snapshot.read(bytes(Record.objects.get().snapshot.body))["sharing"]
    assert (sharing["method_id"], sharing["method_more"]) == ("phone", "At noon")


def test_the_page_says_what_makes_each_safe(walk: Walk) -> None:
    walk.walk(PLAIN)
    page = walk.open("right-way").content.decode()
    for method in EDITION.methods:
        assert f'data-show-when="{method.id}" data-of="right-way-method"' in page
        assert method.safe in page
