"""A step is done again exactly when something it is made from has changed."""

from pathlib import Path

from infoshare.installer.stamps import Stamp, digest, files_under


def test_a_stamp_holds_for_the_same_inputs_only(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "deep" / "stamp")
    assert not stamp.holds("a")
    stamp.write("a")
    assert stamp.holds("a")
    assert not stamp.holds("b")
    stamp.forget()
    assert not stamp.holds("a")
    stamp.forget()


def test_a_damaged_stamp_holds_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "stamp").write_bytes(b"\xff\xfe")
    assert not Stamp(tmp_path / "stamp").holds("a")


def test_content_name_and_words_all_count(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("text")
    before = digest([one], "word")
    one.write_text("texT")
    assert digest([one], "word") != before
    one.write_text("text")
    assert digest([one], "word") == before
    assert digest([one], "wor", "d") != before
    one.rename(two)
    assert digest([two], "word") != before


def test_the_order_of_files_does_not_count(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch()
    two.write_text("2")
    assert digest([one, two]) == digest([two, one])


def test_files_under_leaves_out_what_is_built(tmp_path: Path) -> None:
    for name in ("js/a.js", "build/a.js", "icon.svg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_under(tmp_path, without=[tmp_path / "build"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["icon.svg", "js/a.js"]
