"""What the application may do with each table. Pure; PostgreSQL refuses everything else.

- A table that only grows (`only_grows` in its migration) needs no entry: it may be read and added
  to. One that the application may not even add to has one.
- Every other table has an entry: the columns that may be updated, and whether rows may be deleted.
  Without an entry the application may not read it, and a test says so.

After a change here, write the snapshot of all rights anew: `docs/development.md`, "A table".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done beside reading."""

    insert: bool = True
    update: tuple[str, ...] = ()
    delete: bool = False


def changes(columns: str = "", *, delete: bool = False) -> Rights:
    """Rows may be added, and these columns of them updated."""
    return Rights(update=tuple(columns.split()), delete=delete)


READ_ONLY = Rights(insert=False)
ONLY_GROWS = Rights()

TABLES: dict[str, Rights] = {
    # What only the database function `ledger_append` writes
    "ledger_head": READ_ONLY,
    "ledger_leaf": READ_ONLY,
    # Drafts: words that are not sealed yet, and go again
    "decisions_advice": changes(delete=True),
    "decisions_brief": changes(delete=True),
    "decisions_casesystemkey": changes("ended_at"),
    "decisions_draft": changes(
        "owner_id answers revision saved_at parked_since advice_late_from renewed_at closed_at "
        "purged_at"
    ),
    "decisions_digest": changes("sending_since sent_at", delete=True),
    "decisions_export": changes(
        "confirmed_at written cancelled_at failed_at failure without_pdf ready_at expires_at "
        "removed_at stored_as size sha256 manifest_sha256",
        delete=True,
    ),
    "decisions_exportrecord": changes(delete=True),
    "decisions_handin": changes("used_at expires_at context", delete=True),
    "decisions_mailchoice": changes("rhythm off"),
    "decisions_message": changes("read_at digest_id", delete=True),
    "decisions_replay": changes("total different named done_at"),
    "decisions_revision": changes(
        "number content applied saved_at saved_by_id autosave page turn replaced_from"
    ),
    # The register: how a record stands now, and views that people keep for themselves
    "decisions_entry": changes(
        "review_state review_due reviewed_at consent_overridden withdrawal_open"
    ),
    "decisions_savedview": changes(delete=True),
    # The guidance
    "guidance_findable": changes(delete=True),
    # People and sign-in
    "account_emailaddress": changes("email verified primary", delete=True),
    "account_emailconfirmation": changes("sent", delete=True),
    "django_session": changes("session_data expire_date", delete=True),
    "infoshare_cache": changes("value expires", delete=True),
    "people_cover": changes("ended_at"),
    "people_membership": changes("ended_at"),
    "people_organisation": changes("follow_up_days draft_days advice_days review_days export_most"),
    "people_team": changes(),
    "people_user": changes("password last_login is_active"),
    # Jobs, which procrastinate's own functions move on
    "procrastinate_events": changes(delete=True),
    "procrastinate_jobs": changes(
        "queue_name lock status scheduled_at attempts priority abort_requested worker_id",
        delete=True,
    ),
    "procrastinate_periodic_defers": changes("job_id", delete=True),
    "procrastinate_workers": changes("last_heartbeat", delete=True),
    # What migrations fill
    "auth_group": READ_ONLY,
    "auth_group_permissions": READ_ONLY,
    "auth_permission": READ_ONLY,
    "django_content_type": READ_ONLY,
    "django_migrations": READ_ONLY,
}

# Columns that count up by a sequence of their own need it; identity columns do not.
SEQUENCES = (
    "procrastinate_events_id_seq",
    "procrastinate_jobs_id_seq",
    "procrastinate_periodic_defers_id_seq",
)

APPEND = "ledger_append"
OF_JOBS = "procrastinate_"


def rights(table: str, *, only_grows: bool) -> Rights | None:
    """What may be done with a table; None when nobody has said so yet."""
    return TABLES.get(table, ONLY_GROWS if only_grows else None)


def may_call(function: str, *, is_trigger: bool) -> bool:
    """Whether the application calls this function itself; triggers call theirs by themselves."""
    return not is_trigger and (function == APPEND or function.startswith(OF_JOBS))


def unnamed(tables: Iterable[str], only_grow: Collection[str]) -> list[str]:
    """The tables about which nothing is said here."""
    return sorted(one for one in tables if rights(one, only_grows=one in only_grow) is None)
