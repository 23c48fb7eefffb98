"""The renderer reaches no network and no file but its own, whatever the text says."""

import io
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pypdf
import pytest

from decisions.documents import fonts, renderer
from decisions.documents.record_pdf import record_pdf
from tests.decisions.documents import samples
from tests.decisions.documents.conftest import Words
from tests.decisions.documents.payloads import payloads

PEOPLE = ("practitioner", "team", "organisation")
FIELDS = [field for field in samples.FREE_TEXT if field[0] in samples.departure()]


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A port on the loopback address that hears every attempt to connect."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def record_of(text: str) -> bytes:
    """A short record with the text in every field that a person or an organisation fills."""
    sections = samples.departure()
    for section, field in FIELDS:
        sections[section][field] = text
    for who in PEOPLE:
        sections["people"][who]["name"] = text
    return samples.seal(sections)


def test_no_payload_is_more_than_text(listener: socket.socket, words: Words) -> None:
    texts = payloads(listener.getsockname()[1])
    assert len(texts) >= 80
    for some in (texts[at : at + 12] for at in range(0, len(texts), 12)):
        pdf = record_pdf(record_of("\n".join(some)))
        said = "".join("".join(words(pdf)).split())
        for text in some:
            assert said.count("".join(text.split())) >= len(FIELDS) + len(PEOPLE), text
        assert "Decision:Donotshare" in said and "Page1of" in said
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        assert list(reader.attachments) == ["record.json"]
        assert all("/Annots" not in page for page in reader.pages)
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "data:,x",
        "infoshare-font:../../package.json",
        "infoshare-font:",
        "infoshare-font:noto-sans/400Regular/NotoSans_400Regular.ttf?x",
    ],
)
def test_an_address_that_got_into_the_page_is_refused(address: str) -> None:
    with pytest.raises(renderer.RefusedError):
        renderer.Renderer()._fetcher(address)


def test_markup_in_the_page_itself_reaches_nothing(listener: socket.socket) -> None:
    """The second wall: even if escaping failed, the fetcher would refuse."""
    attached = renderer.Attached("x.json", "", b"{}", datetime(2026, 3, 4, tzinfo=UTC))
    markup = "".join(text for text in payloads(listener.getsockname()[1]) if "font:" not in text)
    page = f"<!DOCTYPE html><html lang=en><title>x</title><body><p>x</p>{markup}"
    reader = pypdf.PdfReader(io.BytesIO(renderer.draw(page, attached, b"0" * 32)))
    assert reader.attachments == {"x.json": [b"{}"]}
    with pytest.raises(TimeoutError):
        listener.accept()


WATCHED = """
import json, sys
from decisions.documents.record_pdf import record_pdf
snapshot = sys.stdin.buffer.read()
page = "https://infoshare.example/check/"
record_pdf(snapshot, None, page)
seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[0]) if args else "")))
record_pdf(snapshot, None, page)
kept = [s for s in seen if s[0] in ("open", "os.listdir", "os.scandir")
        or s[0].split(".")[0] in ("socket", "subprocess", "urllib", "ctypes", "shutil")]
print(json.dumps(kept))
"""


def test_a_warm_renderer_opens_one_file_the_colour_profile() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        input=record_of('<img src="file:///etc/passwd">'),
        capture_output=True,
        check=True,
        cwd=fonts.PROJECT,
    )
    assert done.stderr == b""
    seen = json.loads(done.stdout)
    assert {event for event, _ in seen} == {"open"}
    assert {path.rpartition("/")[2] for _, path in seen} == {"sRGB2014.icc"}
