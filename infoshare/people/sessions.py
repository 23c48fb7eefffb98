"""Sessions that last while the person works and end after a time without a request.

Django renews a session either with every request or only when its content changes. The first
costs a write a page, the second signs people out in the middle of their work. This one renews
at most once a minute.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

RENEW_AFTER = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """Django's sessions in the database, renewed by use."""

    ends_at: datetime | None = None
    """When the session would end without this request; None until it was read."""

    def _get_session_from_db(self) -> Session | None:
        """The stored session; one that has not been renewed for a minute is saved anew."""
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        full = timedelta(seconds=self.get_session_cookie_age())
        if session:
            self.ends_at = session.expire_date
            if session.expire_date - timezone.now() < full - RENEW_AFTER:
                self.modified = True
        return session
