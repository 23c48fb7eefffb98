"""The folder with the ledger's keys: made for one reader, and refused when others could read it."""

from pathlib import Path

import pytest

from infoshare.ledger import keys

NAME = "a.example/ledger"


def test_a_key_is_made_for_its_owner_alone_and_named_in_public(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert keys.verifier_keys(folder) == []
    made = keys.create(folder, NAME)
    (file,) = folder.glob("*.key")
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert keys.verifier_keys(folder) == [made.verifier]
    assert [key.secret_line for key in keys.signing_keys(folder)] == [made.secret_line]


def test_a_new_key_signs_beside_the_old_one_until_the_old_file_is_deleted(tmp_path: Path) -> None:
    old, new = keys.create(tmp_path, NAME), keys.create(tmp_path, NAME)
    assert [key.verifier for key in keys.signing_keys(tmp_path)] == [old.verifier, new.verifier]
    (tmp_path / f"{old.verifier.id.hex()}.key").unlink()
    assert [key.verifier for key in keys.signing_keys(tmp_path)] == [new.verifier]
    assert keys.verifier_keys(tmp_path) == [old.verifier, new.verifier]


def test_a_folder_without_a_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(keys.KeyFileError, match="create_signing_key"):
        keys.signing_keys(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    made = keys.create(tmp_path, NAME)
    (tmp_path / f"{made.verifier.id.hex()}.key").chmod(mode)
    with pytest.raises(keys.KeyFileError, match="chmod 600"):
        keys.signing_keys(tmp_path)


def test_a_damaged_or_unknown_key_is_named(tmp_path: Path) -> None:
    made = keys.create(tmp_path, NAME)
    file = tmp_path / f"{made.verifier.id.hex()}.key"
    (tmp_path / keys.PUBLIC).write_text("", encoding="utf-8")
    with pytest.raises(keys.KeyFileError, match="is not among"):
        keys.signing_keys(tmp_path)
    file.write_text("nothing of use", encoding="ascii")
    with pytest.raises(keys.KeyFileError, match=file.name):
        keys.signing_keys(tmp_path)
    (tmp_path / keys.PUBLIC).write_text("nothing of use", encoding="ascii")
    with pytest.raises(keys.KeyFileError, match=keys.PUBLIC):
        keys.verifier_keys(tmp_path)


def test_a_folder_closed_to_this_account_is_named(tmp_path: Path) -> None:
    # A file in the way of the folder stands for a closed one, which root would read all the same.
    (tmp_path / "keys").write_text("", encoding="ascii")
    with pytest.raises(keys.KeyFileError, match=f"{keys.PUBLIC} cannot be read"):
        keys.verifier_keys(tmp_path / "keys")
