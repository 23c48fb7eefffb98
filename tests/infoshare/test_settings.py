"""Start-up in a process of its own: what is wrong is said in one line, and stops the start."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LASTING = secrets.token_urlsafe(48)
OURS = (
    "INFOSHARE_",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_",
    "EMAIL_",
    "CSRF_",
    "PORT",
    "PDF_SEAL_",
)
NOBODY_THERE = "postgresql://127.0.0.1:1/cases"


def start(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The end of a command started with only these variables of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def serve(**variables: str) -> subprocess.CompletedProcess[str]:
    return start("-c", "import infoshare.wsgi", **variables)


def said(ended: subprocess.CompletedProcess[str]) -> str:
    """The last line on standard error, after asserting that the command failed."""
    assert ended.returncode != 0, ended.stdout
    return ended.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"INFOSHARE_DEMO": "perhaps"}, "INFOSHARE_DEMO is 'perhaps': write 1 or 0"),
        ({"INFOSHARE_HTTPS": "2"}, "INFOSHARE_HTTPS is '2': write 1 or 0"),
        ({"INFOSHARE_IDLE_MINUTES": "4"}, "INFOSHARE_IDLE_MINUTES is '4': write a whole number"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 50 characters"),
        ({"SECRET_KEY": LASTING, "SECRET_KEY_FILE": "/x"}, "are both set: keep one"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE cannot be read"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds '*'"),
        ({"ALLOWED_HOSTS": "a.example,,b.example"}, "ALLOWED_HOSTS has an empty part"),
        ({"CSRF_TRUSTED_ORIGINS": "a.example"}, "CSRF_TRUSTED_ORIGINS holds 'a.example'"),
        (
            {"PDF_SEAL_KEY_FILE": "/x"},
            "PDF_SEAL_CERTIFICATE_FILE is not set: PDF_SEAL_KEY_FILE and",
        ),
        ({"EMAIL_PORT": "0"}, "EMAIL_PORT is '0': write a whole number, 1 to 65535"),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://db.example"}, "DATABASE_URL names no database"),
    ],
)
def test_a_wrong_variable_stops_every_command_in_one_line(
    variables: dict[str, str], words: str
) -> None:
    ended = start("manage.py", "help", **variables)
    assert words in said(ended)
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_wrong_variable_stops_the_server_too() -> None:
    assert "EMAIL_PORT is '0': write a whole number" in said(serve(EMAIL_PORT="0"))


def test_a_database_nobody_answers_for_is_said_plainly() -> None:
    ended = start("manage.py", "migrate", "--check", DATABASE_URL=NOBODY_THERE)
    assert ended.returncode == 1
    assert ended.stderr.startswith("manage.py: the database cannot be reached.")
    assert "Traceback" not in ended.stderr


def test_a_database_address_with_a_wrong_port_is_said_plainly() -> None:
    address = "postgresql://127.0.0.1:many/cases"
    ended = start("manage.py", "migrate", "--check", DATABASE_URL=address)
    assert ended.returncode == 1
    assert "many" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [["help"], ["check"], ["makemigrations", "--help"]])
def test_commands_that_serve_nothing_need_no_variable(command: list[str]) -> None:
    ended = start("manage.py", *command)
    assert ended.returncode == 0, ended.stderr


def test_serving_needs_a_secret_key() -> None:
    assert "SECRET_KEY is not set" in said(serve(ALLOWED_HOSTS="a.example"))
    assert "SECRET_KEY is not set" in said(serve(INFOSHARE_DEMO="1"))


def test_serving_needs_the_hosts_to_answer_for() -> None:
    assert "ALLOWED_HOSTS is not set" in said(serve(SECRET_KEY=LASTING))


def test_serving_starts_with_both() -> None:
    ended = serve(SECRET_KEY=LASTING, ALLOWED_HOSTS="a.example")
    assert ended.returncode == 0, ended.stderr


def test_the_demo_needs_no_hosts() -> None:
    ended = serve(SECRET_KEY=LASTING, INFOSHARE_DEMO="1")
    assert ended.returncode == 0, ended.stderr


def shown(expression: str, **variables: str) -> str:
    """What an expression over the settings is in a process started with these variables."""
    code = f"from infoshare import settings as s; print({expression}, sep=' ')"
    ended = start("-c", code, **variables)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_production_is_what_you_get_without_a_variable() -> None:
    facts = (
        "s.DEMO, s.DEBUG, s.HTTPS, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS"
    )
    assert shown(facts) == "False False True True True []"


def test_there_is_no_default_secret() -> None:
    assert shown("s.SECRET_KEY") != shown("s.SECRET_KEY")
    assert shown("s.SECRET_KEY_IS_LASTING") == "False"


def test_only_the_demo_does_without_https() -> None:
    assert shown("s.HTTPS", INFOSHARE_DEMO="1") == "False"
    assert shown("s.DEBUG", INFOSHARE_DEMO="1") == "False"
