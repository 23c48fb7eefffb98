"""The jobs that send mails. A job is told a person's id; all else it reads when it runs."""

import uuid

from procrastinate.contrib.django import app

from decisions.telling import digests
from infoshare.jobs.deferring import RETRY, defer


@app.task(name="mail_person", retry=RETRY)
def mail_person(person_id: str) -> None:
    """Mail a person what they were not mailed yet, if they want mail at once."""
    digests.mail_at_once(uuid.UUID(person_id))


def want_mail(person_id: uuid.UUID) -> bool:
    """Leave the job that mails this person at once; False when one waits already."""
    return defer(mail_person, once=f"mail:{person_id}", person_id=person_id)
