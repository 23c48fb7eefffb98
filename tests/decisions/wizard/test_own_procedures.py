"""The organisation's own procedure beside a question, and named in the record."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import snapshot
from decisions.documents.sheet import read
from decisions.records.models import Record
from guidance.local.models import Procedure
from guidance.local.procedures import save_procedure
from infoshare import clock
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk

SAYS = "Your organisation says, since"


def say(cast: Cast, question: str, text: str, setting: str = "", **more: Any) -> Procedure:
    place = {"organisation": cast.northmoor, "person": cast.lena, "seen": 0}
    given = {"question": question, "setting": setting, "in_force_from": clock.today()}
    return save_procedure(**{**place, **given, "text": text, **more})


def shown(walk: Walk, step: str) -> str:
    reply = walk.open(step)
    assert reply.status_code == 200
    return str(reply.content.decode())


def test_it_stands_beside_the_national_text_for_the_right_setting(walk: Walk, cast: Cast) -> None:
    walk.walk({"urgent": "no", "setting": "early-help", "duty": "no"})
    national = shown(walk, "purpose")
    assert SAYS not in national
    say(cast, "purpose", "Ring <b>us</b>\nhttps://northmoor.example/ring")
    say(cast, "purpose", "In early help only", "early-help")
    say(cast, "purpose", "For crime only", "crime")
    say(cast, "purpose", "From tomorrow", "other", in_force_from=clock.today() + timedelta(days=1))
    say(cast, "duty", "For another question")
    say(cast, "purpose", "Of another organisation", organisation=cast.southfield)
    text = shown(walk, "purpose")
    say(cast, "urgent", "Before the setting is known", "early-help")
    assert "Before the setting" not in shown(walk, "urgent")
    since = f"{clock.today().day} {clock.today():%B %Y}"
    assert f"{SAYS} {since}</h2>" in text
    assert f"{SAYS} {since}, only for: Early help" in text
    assert "Ring &lt;b&gt;us&lt;/b&gt;<br>" in text
    assert 'href="https://northmoor.example/ring" rel="noopener noreferrer"' in text
    assert "In early help only" in text
    for other in ("For crime only", "From tomorrow", "For another question", "Of another"):
        assert other not in text
    for line in national.split("<aside")[1].splitlines():
        assert "value=" in line or line in text, "the national text stands as it did"


def test_it_stands_where_a_decision_starts_and_where_one_acts_first(walk: Walk, cast: Cast) -> None:
    say(cast, "urgent", "Ring the hub first")
    say(cast, "setting", "Which form is it?")
    say(cast, "duty", "Of a later question")
    say(cast, "urgent", "Not yours", organisation=cast.southfield)
    start = walk.client.get("/decisions/start/").content.decode()
    act = walk.client.get(f"/drafts/{walk.draft.pk}/act-first/").content.decode()
    assert start.index("Ring the hub first") < start.index("Which form is it?")
    assert "Ring the hub first" in act
    assert "Which form" not in act
    for text in (start, act):
        assert "Of a later question" not in text
        assert "Not yours" not in text


def test_it_costs_one_statement_more_however_many_there_are(walk: Walk, cast: Cast) -> None:
    walk.walk({"urgent": "no", "setting": "early-help"})
    shown(walk, "duty")
    with CaptureQueriesContext(connection) as none:
        shown(walk, "duty")
    for setting in ("", "early-help", "crime"):
        say(cast, "duty", "Ours", setting)
    with CaptureQueriesContext(connection) as three:
        shown(walk, "duty")
    assert len(none) == len(three)
    assert sum("guidance_procedure" in one["sql"] for one in three) == 1


def test_the_record_names_the_versions_that_held_and_not_their_words(
    walk: Walk, cast: Cast
) -> None:
    first = say(cast, "duty", "Our first words")
    say(cast, "purpose", "Before", "early-help")
    say(cast, "record", "How we decide")
    walk.walk(PLAIN)
    walk.save("right-way", RIGHT_WAY)
    say(cast, "duty", "Our second words", seen=1)
    say(cast, "purpose", "For crime", "crime")
    walk.seal()
    record = Record.objects.get()
    body = bytes(record.snapshot.body)
    sections = snapshot.read(body)
    today = clock.today().isoformat()
    named = {"version": 1, "in_force_from": today}
    assert sections["question:duty"]["own_procedures"] == [
        {"procedure": first.pk, "setting": "", **named}
    ]
    (purpose,) = sections["question:purpose"]["own_procedures"]
    assert (purpose["setting"], purpose["version"]) == ("early-help", 1)
    assert len(sections["decision"]["own_procedures"]) == 1
    assert "own_procedures" not in sections["question:setting"]
    assert b"Our first words" not in body
    assert len(read(body).own_procedures) == 3
    text = walk.client.get(f"/records/{record.pk}/").content.decode()
    assert f'href="/organisation/procedures/version/{first.pk}/"' in text
    assert (
        "Our first words"
        in walk.client.get(f"/organisation/procedures/version/{first.pk}/").content.decode()
    )


def test_without_procedures_a_record_says_nothing_of_them(walk: Walk) -> None:
    walk.to_decision()
    walk.seal()
    record = Record.objects.get()
    assert b"own_procedures" not in bytes(record.snapshot.body)
    assert "were in force" not in walk.client.get(f"/records/{record.pk}/").content.decode()
