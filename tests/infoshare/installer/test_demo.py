"""The demo's key is made once, for nobody else to read; the demo is never served by mistake."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infoshare.installer import checkout, demo
from infoshare.installer.console import InstallError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    monkeypatch.setattr(demo, "KEY", copy / "var" / "secret-key")
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "INFOSHARE_DEMO", "INFOSHARE_ADDRESS", "PORT"):
        monkeypatch.delenv(name, raising=False)


def test_the_key_is_made_once_and_kept_close() -> None:
    env = demo.environment()
    assert env["INFOSHARE_DEMO"] == "1"
    assert env["SECRET_KEY_FILE"] == str(demo.KEY)
    key = demo.KEY.read_text()
    assert len(key.strip()) >= 50
    assert demo.KEY.stat().st_mode & 0o777 == 0o600
    demo.environment()
    assert demo.KEY.read_text() == key


def test_two_at_once_agree_on_one_key() -> None:
    def key(_: int) -> str:
        return Path(demo.environment()["SECRET_KEY_FILE"]).read_text()

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(key, range(40)))) == 1
    assert list(demo.KEY.parent.iterdir()) == [demo.KEY]


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_a_key_of_the_persons_own_is_left_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x" * 60)
    env = demo.environment()
    assert env[name] == "x" * 60
    assert len([key for key in ("SECRET_KEY", "SECRET_KEY_FILE") if key in env]) == 1
    assert not demo.KEY.exists()


@pytest.mark.parametrize("value", ["0", "false", "No", " off "])
def test_a_no_to_the_demo_is_heard(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("INFOSHARE_DEMO", value)
    with pytest.raises(InstallError, match="INFOSHARE_DEMO says no"):
        demo.environment()


def test_the_address_is_that_of_the_port_unless_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert demo.environment()["INFOSHARE_ADDRESS"] == "http://127.0.0.1:8123"
    monkeypatch.setenv("INFOSHARE_ADDRESS", "https://infoshare.example")
    assert demo.environment()["INFOSHARE_ADDRESS"] == "https://infoshare.example"


def test_another_projects_shell_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    monkeypatch.setenv("PYTHONPATH", "/other")
    env = checkout.environment()
    assert not {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"} & set(env)
    assert env["PATH"].startswith(str(checkout.VENV / "bin"))
