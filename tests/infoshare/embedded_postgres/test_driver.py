"""Django talks through psycopg2, although the job worker brings psycopg 3."""

import psycopg
from django.db import connection
from django.db.backends.postgresql import psycopg_any


def test_django_uses_psycopg2_and_psycopg_3_is_there_as_well() -> None:
    assert connection.Database.__name__ == "psycopg2"
    assert not psycopg_any.is_psycopg3
    assert psycopg.__version__.startswith("3.")
