"""The seal on a PDF: it holds, a change is found, and no fault of it withholds the PDF."""

import hashlib
import io
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from decisions.demo.seal import make_seal
from decisions.documents.record_pdf import record_pdf
from decisions.kept_pdf import making, organisation_seal
from decisions.kept_pdf.organisation_seal import Seal, SealError, check_seal, read_seal
from decisions.records.models import Record
from infoshare import clock
from infoshare.verifier import infoshare_verify as verifier
from tests.decisions.documents import samples
from tests.decisions.walk import Walk


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("seal")
    make_seal(folder / "key.pem", folder / "certificate.pem")
    return folder / "key.pem", folder / "certificate.pem"


@pytest.fixture(scope="module")
def seal(files: tuple[Path, Path]) -> Seal:
    return read_seal(*files, "")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return record_pdf(samples.seal(samples.departure()))


@pytest.fixture(scope="module")
def signed(seal: Seal, pdf: bytes) -> bytes:
    return seal.sign(pdf, clock.now())


@pytest.fixture
def configured(files: tuple[Path, Path], settings: Any) -> Callable[..., None]:
    """Name these files in the settings; without any, those that hold."""

    def name(key: Path = files[0], certificate: Path = files[1]) -> None:
        settings.PDF_SEAL_KEY_FILE, settings.PDF_SEAL_CERTIFICATE_FILE = key, certificate

    return name


@pytest.fixture
def record(walk: Walk) -> Record:
    walk.to_decision()
    walk.seal()
    return Record.objects.select_related("snapshot").get()


def found(document: bytes, certificate: Path) -> Any:
    """What pyHanko finds of the one signature, where this certificate alone is trusted."""
    _, _, root = pem.unarmor(certificate.read_bytes())
    trust = ValidationContext(trust_roots=[x509.Certificate.load(root)], allow_fetching=False)
    [signature] = PdfFileReader(io.BytesIO(document)).embedded_signatures
    return validate_pdf_signature(signature, trust)


def test_it_is_whole_certified_and_allows_no_change(
    signed: bytes, pdf: bytes, files: tuple[Path, Path]
) -> None:
    said = found(signed, files[1])
    assert said.bottom_line and said.intact and said.valid and said.trusted
    assert said.docmdp_ok and said.coverage.name == "ENTIRE_FILE"
    [signature] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "invented" in said.signing_cert.subject.human_friendly
    assert signed.startswith(pdf)
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in metadata(signed)
    assert verifier.read_attachments(signed) == verifier.read_attachments(pdf) != []


def metadata(document: bytes) -> bytes:
    return bytes(PdfFileReader(io.BytesIO(document)).root["/Metadata"].data)


def test_the_time_of_the_signature_is_that_of_our_clock(seal: Seal, pdf: bytes) -> None:
    moment = (clock.now() + timedelta(days=3)).replace(microsecond=0)
    with clock.set_to(moment):
        document = seal.sign(pdf, clock.now())
    [signature] = PdfFileReader(io.BytesIO(document)).embedded_signatures
    assert signature.self_reported_timestamp == moment


@pytest.mark.parametrize("place", [0.05, 0.5, 0.99])
def test_one_changed_byte_is_found(
    signed: bytes, pdf: bytes, files: tuple[Path, Path], place: float
) -> None:
    # Within a stream, so that the file can still be read at all.
    at = pdf.index(b"stream", int(len(pdf) * place * 0.9)) + 20
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert not found(changed, files[1]).intact


def test_a_page_added_behind_is_found(signed: bytes, files: tuple[Path, Path]) -> None:
    writer, out = pypdf.PdfWriter(io.BytesIO(signed), incremental=True), io.BytesIO()
    writer.add_blank_page()
    writer.write(out)
    assert out.getvalue().startswith(signed)
    assert not found(out.getvalue(), files[1]).bottom_line


def test_the_kept_hash_is_that_of_the_signed_file(
    record: Record, configured: Callable[..., None], files: tuple[Path, Path], settings: Any
) -> None:
    settings.ADDRESS = "https://infoshare.example"
    configured()
    kept = making.make_pdf(record.pk)
    document = bytes(kept.body)
    assert kept.sha256 == hashlib.sha256(document).hexdigest()
    drawn = record_pdf(bytes(record.snapshot.body), check_page="https://infoshare.example/check/")
    assert document.startswith(drawn) and found(document, files[1]).bottom_line
    assert check_seal() == []


def test_a_key_that_others_can_read_is_not_used_and_withholds_nothing(
    record: Record,
    configured: Callable[..., None],
    files: tuple[Path, Path],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = tmp_path / "key.pem"
    opened.write_bytes(files[0].read_bytes())
    opened.chmod(0o640)
    configured(key=opened)
    with caplog.at_level(logging.ERROR):
        kept = making.make_pdf(record.pk)
    assert bytes(kept.body) == record_pdf(bytes(record.snapshot.body))
    assert f"record {record.pk} stays unsigned: {opened} can be read by others" in caplog.text
    assert [one.id for one in check_seal()] == ["decisions.W011"]


def test_a_fault_of_the_signing_itself_is_noted_without_its_words(
    record: Record,
    configured: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*given: object) -> bytes:
        raise ValueError("words of the case")

    configured()
    monkeypatch.setattr(organisation_seal, "_signed", fail)
    with caplog.at_level(logging.ERROR):
        making.make_pdf(record.pk)
    assert "stays unsigned: ValueError in" in caplog.text
    assert "words of the case" not in caplog.text


def test_a_certificate_is_used_only_in_its_time(
    seal: Seal, pdf: bytes, configured: Callable[..., None]
) -> None:
    late = seal.certificate.not_valid_after_utc + timedelta(seconds=1)
    for moment in (late, seal.certificate.not_valid_before_utc - timedelta(seconds=1)):
        with pytest.raises(SealError, match="is valid from .* Put a new one in its place"):
            seal.sign(pdf, moment)
    configured()
    with clock.set_to(late):
        assert [one.id for one in check_seal()] == ["decisions.W012"]


def test_files_that_do_not_fit_are_refused_in_words(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    key, certificate = files
    other = tmp_path / "other.pem", tmp_path / "other-certificate.pem"
    make_seal(*other)
    with pytest.raises(SealError, match="is not that of"):
        read_seal(key, other[1], "")
    with pytest.raises(SealError, match="holds no certificate"):
        read_seal(key, key, "")
    with pytest.raises(SealError, match="cannot be read"):
        read_seal(tmp_path / "none.pem", certificate, "")
    locked = tmp_path / "locked.pem"
    opened = serialization.load_pem_private_key(key.read_bytes(), None)
    locked.write_bytes(
        opened.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"a passphrase"),
        )
    )
    locked.chmod(0o600)
    for wrong in ("", "another"):
        with pytest.raises(SealError, match="that opens with the passphrase given"):
            read_seal(locked, certificate, wrong)
    assert read_seal(locked, certificate, "a passphrase").key == read_seal(*files, "").key


def test_the_demo_makes_its_seal_once_for_nobody_else_to_read(files: tuple[Path, Path]) -> None:
    before = files[0].read_bytes()
    make_seal(*files)
    assert files[0].read_bytes() == before
    assert files[0].stat().st_mode & 0o777 == 0o600
