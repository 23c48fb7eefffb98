"""What `docs/server` gives an operator is what InfoShare, systemd and the docs know."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from infoshare.jobs.worker import GRACE
from infoshare.middleware import READ_ON

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "docs" / "server"
GUIDE = (ROOT / "docs" / "installing-on-a-server.md").read_text(encoding="utf-8")
NGINX = (SERVER / "nginx.conf").read_text(encoding="utf-8")
UNITS = sorted(path for path in SERVER.iterdir() if path.suffix in {".service", ".socket"})
SERVICES = {path.name: path.read_text("utf-8") for path in UNITS if path.suffix == ".service"}
ASSIGNED = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)


def settings_of(*names: str) -> dict[str, str]:
    """Every variable that these files set, or offer behind a #."""
    texts = [(SERVER / name).read_text(encoding="utf-8") for name in names]
    found = {name: value for text in texts for name, value in ASSIGNED.findall(text)}
    return {name: " ".join(shlex.split(value)) for name, value in found.items()}


def test_every_setting_of_the_examples_is_known_and_taken(tmp_path: Path) -> None:
    offered = settings_of("environment.example", "owner.example")
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    plain = {name for name in offered if name != "EMAIL_HOST_PASSWORD_FILE"}
    assert [name for name in sorted(plain) if f"`{name}`" not in table] == []
    secret = tmp_path / "secret"
    secret.write_text("x" * 50, encoding="ascii")
    files = {
        name: str(secret)
        for name in ("SECRET_KEY_FILE", "EMAIL_HOST_PASSWORD_FILE", "PDF_SEAL_PASSPHRASE_FILE")
    }
    code = (
        "import json; from infoshare import settings as it; one = it.DATABASES['default']; "
        "print(json.dumps([one['USER'], one['OWNER']['USER'], one['HOST'], it.BEHIND_PROXY, "
        "it.HTTPS, str(it.DATA_DIR), it.STORAGES['checkpoints-second']['OPTIONS']]))"
    )
    taken = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={"PATH": os.environ["PATH"]} | offered | files,
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert json.loads(taken.stdout) == [
        "infoshare", "infoshare_owner", "/run/postgresql", True,
        True, "/srv/infoshare", {"location": "/mnt/elsewhere"},
    ]  # fmt: skip


def test_no_service_knows_the_owner_of_the_tables() -> None:
    assert "OWNER" not in "".join(settings_of("environment.example"))
    for text in SERVICES.values():
        assert "\nUser=infoshare\n" in text
        assert re.findall("EnvironmentFile=(.*)", text) == ["/etc/infoshare/environment"]


def test_the_services_may_write_to_the_folders_that_the_guide_makes_for_them() -> None:
    made = re.search(r"-o infoshare -g infoshare \\\n +(.+)", GUIDE)
    assert made
    for text in SERVICES.values():
        assert re.findall("ReadWritePaths=(.*)", text) == [made[1]]
        assert "ProtectSystem=strict" in text


def test_systemd_waits_longer_than_the_services_take_to_stop() -> None:
    worker, web = SERVICES["infoshare-worker@.service"], SERVICES["infoshare-web.service"]
    [patience] = re.findall(r"TimeoutStopSec=(\d+)", worker)
    assert int(patience) > GRACE
    [patience] = re.findall(r"TimeoutStopSec=(\d+)", web)
    [grace] = re.findall(r"--graceful-timeout (\d+)", web)
    assert int(patience) > int(grace)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for path in (path for path in SERVER.iterdir() if path.name.startswith("infoshare")):
        text = path.read_text(encoding="utf-8")
        # The programs are not installed here.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    (tmp_path / "infoshare-manage").unlink()
    units = sorted(str(path) for path in tmp_path.iterdir())
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    assert [line for line in said.stderr.splitlines() if "infoshare" in line] == []


def commands(text: str) -> Iterator[str]:
    """Every command of InfoShare that this text runs, with its words."""
    joined = re.sub(r"\\\n\s*", " ", text)
    yield from re.findall(r"(?:manage\.py|infoshare-manage(?: --owner)?) ([a-z_][^\n`;|]*)", joined)


def test_every_command_of_the_docs_exists() -> None:
    pages = [*ROOT.glob("docs/*.md"), ROOT / "README.md", *SERVER.iterdir()]
    named = {line.split()[0].strip(".,:") for page in pages for line in commands(page.read_text())}
    assert "run_worker" in named
    assert named - {*get_commands()} - {"in"} == set()


def test_every_command_of_the_guide_is_understood_with_its_options() -> None:
    lines = [line for line in commands(GUIDE) if " " in line.strip() and "--" in line]
    assert len(lines) >= 4
    for line in lines:
        name, *words = shlex.split(line)
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(words)


def test_nginx_lets_infoshare_say_what_is_too_large() -> None:
    assert re.findall(r"client_max_body_size (\d+)m;", NGINX) == [str(READ_ON // 1024**2)]


def test_nginx_writes_down_no_link_that_opens_something() -> None:
    [hidden] = re.findall(r'"~\^\(\?<shown>(.+?)\)\."', NGINX)
    links = {place for place in secret_links(get_resolver(), "/") if "suggestions" not in place}
    assert set(hidden.split("|")) == links
    assert "$request_uri" not in NGINX.partition("log_format")[2].partition(";")[0]


def secret_links(part: URLResolver, before: str) -> Iterator[str]:
    """The fixed beginning of each address that has a token or key in it."""
    for one in part.url_patterns:
        route = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from secret_links(one, route)
        elif isinstance(one, URLPattern) and (
            found := re.match(r"[^<(]*(?=.*(?:<(?:\w+:)?(?:token|key)>))", route)
        ):
            yield found[0]
