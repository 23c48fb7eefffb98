"""The files attached to a PDF: found in real ones, and nothing odd makes the reader fall over."""

import copy
import hashlib
import io
import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pypdf
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.documents import renderer
from decisions.documents.record_pdf import bound_pdf, record_pdf
from infoshare.verifier import infoshare_verify as verifier
from tests.decisions.documents import samples
from tests.infoshare.verifier.ledger import Ledger, Signer

MOMENT = datetime(2026, 3, 4, 15, 42, 7, tzinfo=UTC)
TRUST = verifier.Trust([verifier.read_key(Signer().verifier_key)])


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture(scope="module")
def record(ledger: Ledger) -> str:
    contents = samples.typical()
    return ledger.seal_as(contents["context"]["record"], contents)


@pytest.fixture(scope="module")
def proof(ledger: Ledger, record: str) -> bytes:
    return rfc8785.dumps(ledger.proof(record))


@pytest.fixture(scope="module")
def sealed(ledger: Ledger, record: str) -> bytes:
    sections = ledger.sealed[record][1]
    return rfc8785.dumps({"format": "infoshare-record/1", "sections": sections})


def draw(files: dict[str, bytes]) -> bytes:
    """A page with these files, by the renderer of the documents."""
    attached = [renderer.Attached(name, "a file", data, MOMENT) for name, data in files.items()]
    return renderer.draw("<p>A page", attached, b"x" * 32)


@pytest.fixture(scope="module")
def pdf(proof: bytes, sealed: bytes) -> bytes:
    return record_pdf(sealed, proof)


def check(data: bytes, known: verifier.Known | None = None) -> verifier.Report:
    return verifier.check_bytes(data, "record.pdf", TRUST, known)


def test_the_record_in_it_is_proven_and_the_pages_are_not(
    pdf: bytes, proof: bytes, sealed: bytes
) -> None:
    report = check(pdf)
    assert (report.result, report.wrong, report.unclear) == ("proven", [], [])
    assert report.reference == "K7MX-3RQ2-9WTC"
    listed = f"record.json ({len(sealed):,} bytes); proof.json ({len(proof):,} bytes)."
    assert f"Files that are attached to the PDF: {listed}" in report.checked
    assert f"SHA-256 of the PDF as you gave it: {hashlib.sha256(pdf).hexdigest()}" in report.checked
    assert "the pages you read say the same" in report.not_shown[0]
    writer, plain = pypdf.PdfWriter(io.BytesIO(pdf)), io.BytesIO()
    writer.write(plain)
    assert b"\nxref" in plain.getvalue() and b"\nxref" not in pdf
    assert verifier.read_attachments(plain.getvalue()) == verifier.read_attachments(pdf)


def test_two_records_in_one_pdf_are_each_told(sealed: bytes) -> None:
    other = samples.seal(samples.urgent())
    report = check(bound_pdf([other, sealed]))
    assert report.result == "unclear"
    for one in (other, sealed):
        found = verifier.read_record(verifier.read_json(one)).commitment
        assert f"Its own commitment, worked out anew: {found}" in report.checked


def test_two_records_with_their_proofs_are_both_proven_or_neither(ledger: Ledger) -> None:
    made = copy.deepcopy(ledger)
    both = [samples.urgent(), samples.typical()]
    for number, contents in enumerate(both):
        contents["context"]["record"] = f"{number}" * 8 + "-1111-4111-8111-111111111111"
        contents["context"]["reference"] = f"K7MX-3RQ2-9WT{'CD'[number]}"
    names = [made.seal_as(one["context"]["record"], one) for one in both]
    proofs = [rfc8785.dumps(made.proof(one)) for one in names]
    sealed = [rfc8785.dumps(made.proof(one)["record"]) for one in names]
    report = check(bound_pdf(sealed, proofs))
    assert (report.result, report.wrong) == ("proven", [])
    assert report.references == ["K7MX-3RQ2-9WTC", "K7MX-3RQ2-9WTD"]
    changed = proofs[1].replace(b"Food and weight", b"Food and height")
    report = check(bound_pdf(sealed, [proofs[0], changed]))
    assert report.wrong[0].startswith("K7MX-3RQ2-9WTD-proof.json: Step 3")
    report = check(bound_pdf(sealed, proofs[:1]))
    assert "K7MX-3RQ2-9WTD.json is not the record that proof.json proves" in report.wrong[0]
    twice = draw({"proof.json": proofs[0], "a-proof.json": proofs[1], "b-proof.json": proofs[0]})
    assert check(twice).result == "proven"
    crowd = draw({f"{n}-proof.json": proofs[0] for n in range(5)})
    assert "More records or proofs" in check(crowd).unclear[0]


def test_a_page_that_was_changed_is_found_beside_the_ledgers_hash_of_the_file(
    ledger: Ledger, record: str, pdf: bytes
) -> None:
    later = copy.deepcopy(ledger)
    later.event(record, "document", "document", sha256=hashlib.sha256(pdf).hexdigest())
    known = verifier.Known()
    beside = verifier.check_bytes(rfc8785.dumps(later.proof(record)), "proof.json", TRUST, known)
    assert beside.result == "proven"
    report = check(pdf, known)
    assert report.result == "proven" and report.shows[0].startswith("This very file, with every")
    other = check(pdf + b"\n", known)
    assert other.result == "wrong" and "names another file as the PDF" in other.wrong[0]


def test_a_record_alone_gives_only_its_own_commitment(sealed: bytes) -> None:
    data = draw({"record.json": sealed})
    report = check(data)
    assert report.result == "unclear" and "no proof file" in report.unclear[0]
    found = verifier.read_record(verifier.read_json(sealed)).commitment
    assert f"Its own commitment, worked out anew: {found}" in report.checked
    known = verifier.Known(commitments={found: "proof.json"})
    assert check(data, known).result == "proven"


def test_attachments_that_do_not_fit_one_another_are_wrong(proof: bytes, sealed: bytes) -> None:
    changed = sealed.replace(b"Food and weight", b"Food and height")
    assert changed != sealed
    report = check(draw({"record.json": changed, "proof.json": proof}))
    assert "record.json is not the record that proof.json proves" in report.wrong[0]
    assert "Step 3" in check(draw({"proof.json": swapped(proof)})).wrong[0]
    assert "No record of InfoShare" in check(draw({"notes.txt": b"x"})).unclear[0]


def swapped(proof: bytes) -> bytes:
    return proof.replace(b"Food and weight", b"Food and height")


def test_a_signature_added_later_changes_nothing_of_what_is_read(pdf: bytes) -> None:
    signed = sign(pdf)
    assert signed.startswith(pdf) and len(signed) > len(pdf)
    assert verifier.read_attachments(signed) == verifier.read_attachments(pdf)
    assert check(signed).result == "proven"


def sign(pdf: bytes) -> bytes:
    """The PDF with a seal, as a change at its end, by a certificate made for this test."""
    from asn1crypto import keys, x509
    from cryptography import x509 as made
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    key = ec.generate_private_key(ec.SECP256R1())
    name = made.Name([made.NameAttribute(made.NameOID.COMMON_NAME, "Seal")])
    started = made.CertificateBuilder(name, name, key.public_key(), 1, MOMENT, MOMENT.replace(2036))
    usage = made.KeyUsage(True, True, *[False] * 7)
    certificate = started.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    pem = form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption()
    signer = signers.SimpleSigner(
        x509.Certificate.load(certificate.public_bytes(form.Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(*pem)),
        None,
    )
    about = signers.PdfSignatureMetadata(
        field_name="Seal", certify=True, subfilter=fields.SigSeedSubFilter.PADES
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return signers.sign_pdf(writer, about, signer=signer).getvalue()


def test_the_newest_attachment_of_a_changed_pdf_is_the_one_that_is_read(
    pdf: bytes, proof: bytes
) -> None:
    """A change added behind: what a reader would show then is what is checked."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    for spec in names[1::2]:
        stream = spec.get_object()["/EF"]["/F"].get_object()
        if stream.get_data() == proof:
            stream.set_data(swapped(proof))
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(pdf)
    assert "Step 3" in check(out.getvalue()).wrong[0]


def test_another_programs_packing_is_read(pdf: bytes, proof: bytes) -> None:
    """Object streams, a table with differences between its rows, names in odd spellings."""
    data = packed(proof, rows=True)
    assert verifier.read_attachments(data) == [("proof.json", proof)]
    assert check(data).result == "proven"


def packed(
    body: bytes, *, rows: bool = False, length: str = "", extra: bytes = b"", names: str = ""
) -> bytes:
    """A small PDF by hand, with a packed table of objects."""
    flat = zlib.compress(body)
    out = bytearray(b"%PDF-1.7\n")
    where = {}
    parts = {
        1: b"<</Type/Catalog/Names<</EmbeddedFiles<</Names[(proof\\056json) 2 0 R]>>>>>>",
        2: b"<</Type/Filespec/UF<FEFF00700072006F006F0066002E006A0073006F006E>/E#46<</F 3 0 R>>>>",
        3: b"<</Filter[/FlateDecode]/Length %s>>stream\r\n%s\nendstream"
        % ((length or str(len(flat))).encode(), flat),
        5: extra or b"null",
    }
    if names:
        parts[1] = names.encode()
    for number, part in parts.items():
        where[number] = len(out)
        out += b"%d 0 obj %% a remark\n%s endobj\n" % (number, part)
    start = len(out)
    where[4] = start
    table = [b"\0" * 4] + [b"\1" + where[n].to_bytes(3, "big") for n in range(1, 6)]
    settings_ = b""
    if rows:
        zero, made = bytes(4), []
        for row in table:
            made.append(b"\2" + bytes((a - b) & 255 for a, b in zip(row, zero, strict=True)))
            zero = row
        table, settings_ = made, b"/DecodeParms<</Predictor 12/Columns 4>>"
    squeezed = zlib.compress(b"".join(table))
    out += b"4 0 obj<</Type/XRef/W[1 3 0]/Size 6/Root 1 0 R/Filter/FlateDecode"
    out += settings_ + b"/Length %d>>stream\n" % len(squeezed)
    return bytes(out + squeezed + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % start)


@pytest.mark.parametrize(
    "data",
    [
        packed(b"{}", length="3 0 R"),  # a stream whose length is itself
        packed(b"{}", length="5 0 R", extra=b"5 0 R"),
        packed(b"{}", length="999999"),
        packed(b"{}", names="<</Names 1 0 R>>"),
        packed(b"{}", names="<</Names<</EmbeddedFiles 5 0 R>>>>", extra=b"<</Kids[5 0 R 5 0 R]>>"),
        packed(b"{}", names="[" * 200 + "]" * 200),
        packed(b"{}", names="<<" * 100),
        packed(b"{}", names="(" * 100_000),
        packed(b"{}", names="<</Names" + " " * 200_000 + "null>>"),
        packed(b"{}", extra=b"[" + b"0 " * 250_000 + b"]", names="<</AF 5 0 R/Names 5 0 R>>"),
        lambda: packed(bytes(200 * verifier.MIB)),
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\nxref\n0 9999999999\ntrailer<</Root 1 0 R/Prev 9>>startxref\n9\n%%EOF",
        b"%PDF-1.7\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>",
    ],
)
def test_odd_and_hostile_files_end_in_a_sentence(data: bytes | Callable[[], bytes]) -> None:
    report = check(data if isinstance(data, bytes) else data())
    assert report.result == "unclear", report
    assert report.unclear[0].endswith(".")


def test_many_tables_or_copies_of_one_file_are_not_gone_through_for_ever(proof: bytes) -> None:
    chain = b"".join(b"xref\ntrailer<</Root 1 0 R/Prev %d>>\n" % at for at in range(0, 90_000, 30))
    assert check(b"%PDF-1.7\n" + chain + b"startxref\n9\n").result == "unclear"
    spec = "<</UF(%d)/EF<</F 3 0 R>>>>"
    listed = "".join(f"({n}){spec % n}" for n in range(5_000))
    crowd = packed(bytes(verifier.MIB), names=f"<</Names<</EmbeddedFiles<</Names[{listed}]>>>>>>")
    assert "more than this program takes" in check(crowd).unclear[0]


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_report(data: bytes) -> None:
    for each in (data, b"%PDF-1.7\n" + data, b"{" + data, packed(data)):
        assert check(each).result in {"wrong", "unclear"}


def test_a_damaged_pdf_is_never_more_than_it_was(pdf: bytes) -> None:
    """Cut and changed at many places: a report each time, and another record never proven."""
    for end in range(0, len(pdf) - 20, 211):
        assert check(pdf[:end]).result == "unclear"
    marks = [match.start() for match in re.finditer(rb"obj|stream|xref|/[A-Z]|<<|\d ", pdf)]
    for place in marks[:: max(1, len(marks) // 150)]:
        for new in (b"(", b"99999999 "):
            report = check(pdf[:place] + new + pdf[place + len(new) :])
            assert report.result in {"proven", "unclear", "wrong"}
            assert report.result != "proven" or report.record


@settings(max_examples=100)
@given(st.binary(min_size=1, max_size=60))
def test_any_value_of_a_pdf_is_read_or_refused(body: bytes) -> None:
    with suppress(verifier.Unclear, ValueError):
        verifier.Pdf(packed(b"{}"))._value(body, 0)
