import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from guidance import stored
from guidance.models import StoredEdition, StoredFile
from guidance.rulebook.outcome import conclude
from guidance.rulebook.schema import Edition
from tests.guidance.rulebook import toys
from tests.roles import as_owner, as_superuser


@pytest.fixture(autouse=True)
def fresh() -> None:
    stored.edition.cache_clear()


@pytest.fixture
def edition() -> Edition:
    return toys.load(toys.UMBRELLA)


@pytest.mark.django_db
def test_it_keeps_the_exact_bytes(edition: Edition) -> None:
    row = stored.store(edition)
    assert (row.digest, row.edition_id) == (edition.digest, "umbrella")
    kept = {file.name: bytes(file.content) for file in row.files.all()}
    assert kept == dict(edition.files)


@pytest.mark.django_db
def test_it_gives_back_an_edition_that_concludes_the_same(edition: Edition) -> None:
    stored.store(edition)
    again = stored.edition(edition.digest)
    assert again == edition
    assert conclude(again, {"rain": "no"}) == conclude(edition, {"rain": "no"})


@pytest.mark.django_db
def test_it_stores_an_edition_once(edition: Edition) -> None:
    first = stored.store(edition)
    assert stored.store(edition).stored_at == first.stored_at
    assert (StoredEdition.objects.count(), StoredFile.objects.count()) == (1, 4)


@pytest.mark.django_db
def test_it_reads_the_database_once(
    edition: Edition, django_assert_num_queries: Callable[..., object]
) -> None:
    stored.store(edition)
    stored.edition(edition.digest)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        stored.edition(edition.digest)


@pytest.mark.django_db
def test_a_changed_edition_is_stored_beside_the_old_one(edition: Edition) -> None:
    contents = toys.umbrella()
    contents["edition.toml"]["title"] = "Umbrellas and hats"
    changed = toys.load(contents)
    stored.store(edition)
    stored.store(changed)
    assert stored.edition(edition.digest).title == "Umbrellas"
    assert stored.edition(changed.digest).title == "Umbrellas and hats"


@pytest.mark.django_db
def test_an_unknown_digest_does_not_exist() -> None:
    with pytest.raises(StoredEdition.DoesNotExist):
        stored.edition("0" * 64)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["guidance_storededition", "guidance_storedfile"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_stored_cannot_be_removed(edition: Edition, table: str, change: str) -> None:
    stored.store(edition)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="sealed rows are never changed"):
            cursor.execute(change.format(table))


@pytest.mark.django_db
def test_what_is_stored_cannot_be_changed(edition: Edition) -> None:
    stored.store(edition)
    with as_owner(), pytest.raises(DatabaseError, match="sealed rows are never changed"):
        StoredFile.objects.update(content=b"")


@pytest.mark.django_db
def test_a_stored_file_that_was_changed_is_noticed(edition: Edition) -> None:
    stored.store(edition)
    file = StoredFile.objects.get(edition=edition.digest, name="edition.toml")
    file.content = bytes(file.content).replace(b'title = "Umbrellas"', b'title = "Umbrella"')
    with as_owner(), connection.cursor() as cursor:  # who alone could
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE guidance_storedfile DISABLE TRIGGER USER")
        file.save()
    with pytest.raises(stored.AlteredEditionError, match=edition.digest):
        stored.edition(edition.digest)


def store_elsewhere(edition: Edition, found: list[str]) -> threading.Thread:
    """Store over a second connection."""

    def run() -> None:
        found.append(stored.store(edition).digest)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_for_a_waiter() -> None:
    for _ in range(500):
        with as_superuser(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)
    raise AssertionError("the second process never waited for the first")


@pytest.mark.parametrize("first_fails", [False, True])
def test_two_processes_at_once_leave_one_copy(
    edition: Edition, committed: str, first_fails: bool
) -> None:
    found: list[str] = []
    with transaction.atomic():
        stored.store(edition)
        second = store_elsewhere(edition, found)
        wait_for_a_waiter()
        transaction.set_rollback(first_fails)
    second.join(timeout=60)
    assert found == [edition.digest]
    assert StoredEdition.objects.filter(digest=edition.digest).count() == 1
    assert StoredFile.objects.filter(edition=edition.digest).count() == 4
