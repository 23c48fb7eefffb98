"""A database of many sealed decisions over 200 organisations, written by COPY.

They are rows as sealing leaves them, as far as the register reads them, and the same every time.
"""

import io
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from guidance import stored
from guidance.rulebook import catalogue

ORGANISATIONS, TEAMS, PEOPLE = 200, 4, 10  # teams in each organisation, people in each team
BEGAN = datetime(2023, 11, 20, 9, 0, tzinfo=UTC)
LASTED = timedelta(days=3 * 365)
AT_ONCE = 50_000
LETTERS = "23456789CFGHJKMNPQRTWX"
RARE = "harbour"
VOCABULARY = (
    *("risk", "harm", "school", "home", "parent", "child", "adult", "landlord", "polic"),
    *("nurs", "benefit", "law", "trust", "court", "doctor", "care", "support", "talk", "wish"),
    *("refus", "street", "rent", "debt", "bruis", "absent", "sleep", "food", "warm"),
)
BODIES = ("Northmoor Homes", "Oaks School", "County Police", "Riverside Surgery", "Hill Hostel")
RULES = (
    ("share", "not-confidential", "share"),
    ("share", "consent", "share"),
    ("share", "public-interest", "share"),
    ("share-in-part", "public-interest-limited", "share-in-part"),
    ("do-not-share", "no-purpose", "do-not-share"),
    ("do-not-share", "public-interest-insufficient", "do-not-share"),
    ("share", "urgent", "share"),
    ("share", "advice-duty", "seek-advice"),
)
SETTINGS = ("early-help", "safeguarding-child", "safeguarding-adult", "crime", "other")
BASES = ("public-task", "legal-obligation", "vital-interests", "consent", "")
CONSENT = ("given", "refused", "not-obtainable", "")
STATES = ("", "", "", "waiting", "asked", "agreed", "learning")
DONE = ("agreed", "learning")
Row = Sequence[str]
# Those that belong to no constraint: made afterwards, they cost a tenth.
INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid IN ('decisions_draft'::regclass, 'decisions_record'::regclass,
        'decisions_snapshot'::regclass, 'decisions_entry'::regclass)
    AND NOT i.indisprimary AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where decisions are made, and who makes them."""

    organisation: uuid.UUID
    team: uuid.UUID
    people: tuple[uuid.UUID, ...]


def fill(size: int) -> list[Place]:
    """So many decisions; the places they were made in, those of the first organisation in front."""
    edition = stored.store(catalogue.shipped()[catalogue.DEFAULT])
    chance = random.Random(size)
    places = list(_places(chance))
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        # No check of foreign keys: it would take longer than all else.
        cursor.execute("SET session_replication_role = replica")
        _people(cursor, places)
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for start in range(0, size, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size))
            _decisions(cursor, chance, places, edition.pk, numbers, size)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE)")
    return places


def _places(chance: random.Random) -> Iterator[Place]:
    for _ in range(ORGANISATIONS):
        organisation = _id(chance)
        for _ in range(TEAMS):
            people = tuple(_id(chance) for _ in range(PEOPLE))
            yield Place(organisation, _id(chance), people)


def _people(cursor: Cursor, places: Sequence[Place]) -> None:
    now = BEGAN.isoformat()
    organisations = list(dict.fromkeys(place.organisation for place in places))
    _copy(
        cursor,
        "people_organisation (id, name, sector, draft_days, follow_up_days, advice_days,"
        " review_days, export_most, created_at)",
        ([str(one), f"Body {n}", "health", "28", "2", "2", "10", "10000", now]
         for n, one in enumerate(organisations)),
    )  # fmt: skip
    _copy(
        cursor,
        "people_team (id, organisation_id, name)",
        ([str(place.team), str(place.organisation), f"Team {n}"]
         for n, place in enumerate(places)),
    )  # fmt: skip
    people = [(place, one) for place in places for one in place.people]
    _copy(
        cursor,
        "people_user (id, password, email, name, is_active, created_at)",
        ([str(one), "!", f"p{n}@example.org", f"Person {n}", "t", now]
         for n, (_, one) in enumerate(people)),
    )  # fmt: skip
    # The first of each team is its manager, and the second of the first team the auditor, too.
    roles = [
        (one, place, "manager" if one == place.people[0] else "practitioner")
        for place, one in people
    ]
    _copy(
        cursor,
        "people_membership (id, user_id, organisation_id, team_id, role)",
        [
            [str(uuid.uuid5(one, role)), str(one), str(place.organisation), str(place.team), role]
            for one, place, role in roles
        ]
        + [
            [str(uuid.uuid5(place.people[1], "auditor")), str(place.people[1]),
             str(place.organisation), "\\N", "auditor"]
            for place in places[::TEAMS]
        ],
    )  # fmt: skip


def _decisions(
    cursor: Cursor,
    chance: random.Random,
    places: Sequence[Place],
    edition: str,
    numbers: range,
    size: int,
) -> None:
    drafts, records, snapshots, entries = [], [], [], []
    for number in numbers:
        place = chance.choice(places)
        owner, record, draft = chance.choice(place.people), _id(chance), _id(chance)
        decision, rule, outcome = chance.choice(RULES)
        setting, basis, consent = map(chance.choice, (SETTINGS, BASES, CONSENT))
        sealed = BEGAN + LASTED * (number / size)
        reference = "-".join("".join(chance.choices(LETTERS, k=4)) for _ in range(3))
        at, case = sealed.isoformat(), f"CF-{number:07}"
        where = [str(owner), str(place.team), str(place.organisation), edition]
        drafts.append([str(draft), *where, "{}", "1", at, at])
        gates = json.dumps({"urgent": "no", "setting": setting, "purpose": "yes"})
        begun = (sealed - timedelta(days=chance.random() * 9)).isoformat()
        said = [reference, decision, outcome, rule, "t" if number % 11 == 0 else "f"]
        due = (sealed + timedelta(days=2)).date().isoformat()
        follow_up = due if rule == "urgent" and number % 50 == 0 else "\\N"
        records.append(
            [str(record), str(draft), *where, *said, gates, begun, at, "0" * 64, follow_up]
        )
        snapshots.append([str(record), case, "\\\\x00"])
        state = chance.choice(STATES)
        shared = decision != "do-not-share"
        body = chance.choice(BODIES) if shared else ""
        overridden = shared and consent == "refused" and setting != "safeguarding-child"
        flags = [rule == "urgent", overridden, number % 997 == 0]
        is_urgent, is_overridden, is_untold = ("t" if one else "f" for one in flags)
        entries.append(
            [
                *(str(record), *where, *said, begun, at),
                *(is_urgent, setting, consent, basis, "no", "", "{}", "phone", body, follow_up),
                *(_words(chance, place, reference, case, body, number), state),
                *(due if state else "\\N", at if state in DONE else "\\N"),
                *(is_overridden, is_untold),
            ]
        )
    where_columns = "owner_id, team_id, organisation_id, edition_id"
    _copy(
        cursor,
        f"decisions_draft (id, {where_columns}, answers, revision, started_at, saved_at)",
        drafts,
    )
    said_columns = "reference, decision, outcome, rule, is_departure"
    _copy(
        cursor,
        f"decisions_record (id, draft_id, {where_columns}, {said_columns}, gate_answers,"
        " started_at, sealed_at, commitment, follow_up_due)",
        records,
    )
    _copy(cursor, "decisions_snapshot (record_id, case_reference, body)", snapshots)
    _copy(
        cursor,
        f"decisions_entry (record_id, {where_columns}, {said_columns}, started_at, sealed_at,"
        " is_urgent, setting, consent, lawful_basis, duty, detriment, not_sure, method,"
        " recipient, follow_up_due, search, review_state, review_due, reviewed_at,"
        " consent_overridden, withdrawal_open)",
        entries,
    )


def _words(
    chance: random.Random, place: Place, reference: str, case: str, body: str, number: int
) -> str:
    """A search column as `decisions.register.models.Searched` makes it, of stems."""
    words = [f"'{word.lower()}':{n}A" for n, word in enumerate(reference.split("-"), 1)]
    words += [f"'{word.lower()}':{n}A" for n, word in enumerate(case.split("-"), 4)]
    words += [f"'{word.lower().rstrip('e')}':{n}C" for n, word in enumerate(body.split(), 6)]
    drawn = chance.sample(VOCABULARY, 12) + ([RARE] if number % 500 == 0 else [])
    words += [f"'{word}':{n}" for n, word in enumerate(drawn, 9)]
    return " ".join([*words, f"'o:{place.organisation}'", f"'t:{place.team}'"])


def _copy(cursor: Cursor, target: str, rows: Iterator[Row] | Sequence[Row]) -> None:
    lines = io.StringIO("".join("\t".join(row) + "\n" for row in rows))
    cursor.copy_expert(f"COPY {target} FROM STDIN", lines)


def _id(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
