"""The strict readers: each takes what it says, and refuses the rest by name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from infoshare import environment


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("yes", True), (" TRUE ", True), ("on", True), ("0", False), ("Off", False)],
)
def test_a_flag_takes_the_usual_words(monkeypatch, value: str, read: bool) -> None:
    monkeypatch.setenv("LAMP", value)
    assert environment.flag("LAMP", not read) is read


def test_an_unset_or_empty_flag_keeps_its_default(monkeypatch) -> None:
    monkeypatch.delenv("LAMP", raising=False)
    assert environment.flag("LAMP", True) is True
    monkeypatch.setenv("LAMP", "  ")
    assert environment.flag("LAMP", True) is True


@pytest.mark.parametrize("value", ["2", "maybe", "truee", "-1"])
def test_a_flag_refuses_other_words(monkeypatch, value: str) -> None:
    monkeypatch.setenv("LAMP", value)
    with pytest.raises(ImproperlyConfigured, match=f"LAMP is '{value}': write 1 or 0"):
        environment.flag("LAMP", False)


def test_a_number_is_read_within_its_bounds(monkeypatch) -> None:
    monkeypatch.setenv("FLOOR", "5")
    assert environment.number("FLOOR", 1, least=5, most=5) == 5


@pytest.mark.parametrize("value", ["4", "13", "5.0", "-5", "0x5", "٥", "five", "5 6"])
def test_a_number_refuses_what_is_none_or_out_of_bounds(monkeypatch, value: str) -> None:
    monkeypatch.setenv("FLOOR", value)
    with pytest.raises(ImproperlyConfigured, match="FLOOR is .* whole number, 5 to 12"):
        environment.number("FLOOR", 7, least=5, most=12)


def test_words_are_trimmed_and_an_empty_part_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("NAMES", " a , b ")
    assert environment.words("NAMES") == ["a", "b"]
    monkeypatch.setenv("NAMES", "a,,b")
    with pytest.raises(ImproperlyConfigured, match="NAMES has an empty part"):
        environment.words("NAMES")


@pytest.mark.parametrize(
    "host", ["infoshare.example", ".example", "localhost", "127.0.0.1", "[::1]"]
)
def test_hosts_takes_names_and_numbers(monkeypatch, host: str) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", host)
    assert environment.hosts("ALLOWED_HOSTS") == [host]


@pytest.mark.parametrize("host", ["*", "https://a.example", "a.example:443", "a.example/x", "a b"])
def test_hosts_refuses_addresses_ports_and_everything(monkeypatch, host: str) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", f"good.example,{host}")
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS holds"):
        environment.hosts("ALLOWED_HOSTS")


def test_origins_are_whole_addresses(monkeypatch) -> None:
    monkeypatch.setenv("ORIGINS", "https://a.example,http://b.example:81")
    assert environment.origins("ORIGINS") == ["https://a.example", "http://b.example:81"]
    monkeypatch.setenv("ORIGINS", "a.example")
    with pytest.raises(ImproperlyConfigured, match="ORIGINS holds 'a.example'"):
        environment.origins("ORIGINS")


class TestSecret:
    """A secret comes from a variable or from a file, never both, and is never repeated."""

    @pytest.fixture(autouse=True)
    def nothing_set(self, monkeypatch) -> None:
        monkeypatch.delenv("KEY", raising=False)
        monkeypatch.delenv("KEY_FILE", raising=False)

    def test_it_is_empty_when_not_set(self) -> None:
        assert environment.secret("KEY", shortest=8) == ""

    def test_it_is_read_from_the_file(self, monkeypatch, tmp_path: Path) -> None:
        (tmp_path / "key").write_text("from the file\n")
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
        assert environment.secret("KEY", shortest=8) == "from the file"

    def test_both_are_refused(self, monkeypatch, tmp_path: Path) -> None:
        monkeypatch.setenv("KEY", "long enough")
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
        with pytest.raises(ImproperlyConfigured, match="KEY and KEY_FILE are both set"):
            environment.secret("KEY", shortest=8)

    def test_a_missing_file_is_named(self, monkeypatch, tmp_path: Path) -> None:
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "gone"))
        with pytest.raises(ImproperlyConfigured, match="KEY_FILE cannot be read: .*gone"):
            environment.secret("KEY", shortest=8)

    def test_an_empty_file_is_refused(self, monkeypatch, tmp_path: Path) -> None:
        (tmp_path / "key").touch()
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))
        with pytest.raises(ImproperlyConfigured, match="KEY is shorter than 8"):
            environment.secret("KEY", shortest=8)

    def test_a_short_one_is_refused_without_being_shown(self, monkeypatch) -> None:
        monkeypatch.setenv("KEY", "hunter2")
        with pytest.raises(ImproperlyConfigured) as refusal:
            environment.secret("KEY", shortest=8)
        assert "KEY is shorter than 8 characters" in str(refusal.value)
        assert "hunter2" not in str(refusal.value)


class TestDatabase:
    """DATABASE_URL is read by libpq's own parser."""

    def test_none_means_the_bundled_server(self) -> None:
        assert environment.database("") == {
            "NAME": "infoshare",
            "HOST": "",
            "USER": "infoshare_app",
            "OWNER": {"USER": "infoshare_owner"},
        }

    def test_the_owner_is_known_beside_the_application(self) -> None:
        read = environment.database("postgresql://app@db/cases", "postgresql://own:pass@pg/cases")
        assert (read["USER"], read["HOST"]) == ("app", "db")
        owner = read["OWNER"]
        assert (owner["USER"], owner["PASSWORD"], owner["HOST"]) == ("own", "pass", "pg")

    @pytest.mark.parametrize(
        ("address", "owner", "words"),
        [
            ("", "postgresql://own@db/cases", "DATABASE_URL is not"),
            ("postgresql://app@db/cases", "postgresql://app@db/cases", "two different users"),
            ("postgresql://app@db/cases", "postgresql://db/cases", "two different users"),
            ("postgresql://app@db/cases", "mysql://db/cases", "DATABASE_OWNER_URL must begin"),
        ],
    )
    def test_an_owner_that_makes_no_sense_is_refused(
        self, address: str, owner: str, words: str
    ) -> None:
        with pytest.raises(ImproperlyConfigured, match=words):
            environment.database(address, owner)

    def test_a_whole_address(self) -> None:
        read = environment.database("postgresql://ann:p%40ss@db.example:5433/cases?sslmode=require")
        assert read == {
            "NAME": "cases",
            "USER": "ann",
            "PASSWORD": "p@ss",
            "HOST": "db.example",
            "PORT": "5433",
            "OPTIONS": {"sslmode": "require"},
            "OWNER": {},
        }

    def test_a_socket_folder(self) -> None:
        assert environment.database("postgres:///cases?host=/run/pg")["HOST"] == "/run/pg"

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("mysql://a/b", "must begin with postgresql://"),
            ("cases", "must begin with postgresql://"),
            ("postgresql://db.example", "names no database"),
            ("postgresql://db.example/", "names no database"),
            ("postgresql://db/cases?colour=red", "cannot be read"),
        ],
    )
    def test_what_it_refuses(self, address: str, words: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=words):
            environment.database(address)

    def test_a_password_is_not_repeated(self) -> None:
        with pytest.raises(ImproperlyConfigured) as refusal:
            environment.database("postgresql://ann:se%crt@db/cases")
        assert "crt" not in str(refusal.value)


def test_a_storage_is_its_class_and_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.storage("second", "PLACE") == {}
    monkeypatch.setenv("PLACE", 'some.where.Storage {"location": "/mnt/other"}')
    options = {"location": "/mnt/other"}
    expected = {"second": {"BACKEND": "some.where.Storage", "OPTIONS": options}}
    assert environment.storage("second", "PLACE") == expected


@pytest.mark.parametrize("value", ["Storage", "some.where.Storage {", "some.where.Storage [1]"])
def test_a_storage_that_is_not_understood_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PLACE", value)
    with pytest.raises(ImproperlyConfigured, match="PLACE is not understood"):
        environment.storage("second", "PLACE")


def test_one_address_is_taken_without_its_last_slash(monkeypatch) -> None:
    monkeypatch.setenv("PLACE", "https://infoshare.example:8443/")
    assert environment.address("PLACE") == "https://infoshare.example:8443"
    monkeypatch.delenv("PLACE")
    assert environment.address("PLACE") == ""


@pytest.mark.parametrize(
    "value",
    [
        "infoshare.example",
        "ftp://infoshare.example",
        "https://infoshare.example/path",
        "https://infoshare.example?x=1",
        "https://me@infoshare.example",
        "https://infoshare.example https://other.example",
        "https://infosh\u00e4re.example",
        "https://",
    ],
)
def test_an_address_with_more_in_it_is_refused(monkeypatch, value: str) -> None:
    monkeypatch.setenv("PLACE", value)
    with pytest.raises(ImproperlyConfigured, match="PLACE is .*without a path"):
        environment.address("PLACE")
