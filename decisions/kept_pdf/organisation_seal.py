"""The organisation's seal: its private key and certificate, and a PDF signed with them.

The signature is PAdES baseline B-B and certifies that no change is allowed. It stands in an
invisible field, added behind the document; the pages say nothing of it.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings
from django.core import checks

from infoshare import clock
from infoshare.private_files import PrivateFileError, read_private

FIELD = "OrganisationSeal"
LEAST_BITS = 2048  # of an RSA key


class SealError(Exception):
    """The seal cannot be used; says which file and why, never anything of a record."""


@dataclass(frozen=True)
class Seal:
    """A key with its certificate and those that vouch for it, ready for use."""

    key: bytes  # PKCS 8, DER
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, document: bytes, moment: datetime) -> bytes:
        """The document with the signature added behind it; raises `SealError`.

        It is refused outside the time for which the certificate was made.
        """
        begins, ends = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not begins <= moment <= ends:
            raise SealError(
                f"The certificate of the PDF seal is valid from {begins:%-d %B %Y} to "
                f"{ends:%-d %B %Y}. Put a new one in its place"
            )
        return _signed(self, document, moment)


def sealed(document: bytes) -> bytes:
    """The PDF signed at this moment; as it is where no seal is configured. Raises `SealError`."""
    seal = configured_seal()
    return seal.sign(document, clock.now()) if seal else document


def configured_seal() -> Seal | None:
    """The seal that the settings name, read once; None without. Raises `SealError`."""
    if settings.PDF_SEAL_KEY_FILE is None:
        return None
    return read_seal(
        settings.PDF_SEAL_KEY_FILE,
        settings.PDF_SEAL_CERTIFICATE_FILE,
        settings.PDF_SEAL_PASSPHRASE,
    )


@cache  # a fault is not kept: who puts the file right needs no new start
def read_seal(key_file: Path, certificate_file: Path, passphrase: str) -> Seal:
    """The seal of these PEM files; its own certificate stands first. Raises `SealError`."""
    key = _key(key_file, passphrase)
    certificate, *chain = _certificates(certificate_file)
    if key.public_key() != certificate.public_key():
        raise SealError(f"The first certificate of {certificate_file} is not that of {key_file}")
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Seal(plain, certificate, tuple(chain))


def check_seal(**kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: a warning when PDFs are to be signed and cannot be.

    None in the demo, which makes its seal only after the first checks.
    """
    if settings.DEMO:
        return []
    try:
        seal = configured_seal()
    except SealError as error:
        return [checks.Warning(f"PDFs are not signed: {error}", id="decisions.W011")]
    if seal and seal.certificate.not_valid_after_utc < clock.now():
        return [
            checks.Warning(
                "PDFs are not signed: the certificate of the seal has expired", id="decisions.W012"
            )
        ]
    return []


def _key(path: Path, passphrase: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(
            read_private(path), passphrase.encode() if passphrase else None
        )
    except PrivateFileError as error:
        raise SealError(str(error)) from error
    except (TypeError, ValueError) as error:
        raise SealError(
            f"{path} holds no private key in PEM that opens with the passphrase given"
        ) from error
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= LEAST_BITS:
        return key
    raise SealError(f"{path} holds neither an RSA key of {LEAST_BITS} bits or more nor an EC key")


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise SealError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SealError(f"{path} holds no certificate in PEM") from error


def _signed(seal: Seal, document: bytes, moment: datetime) -> bytes:
    # Loaded late: it takes a second, and most processes sign nothing.
    from asn1crypto import keys
    from asn1crypto import x509 as read
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class AtMoment(signers.PdfSigner):
        """A signer that takes the time from our one clock."""

        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = moment
            return session

    own, *others = [
        read.Certificate.load(one.public_bytes(serialization.Encoding.DER))
        for one in (seal.certificate, *seal.chain)
    ]
    signer = signers.SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(seal.key),
        cert_registry=SimpleCertificateStore.from_certs(others),  # type: ignore[no-untyped-call]
    )
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    written = AtMoment(about, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)))
    return bytes(written.getvalue())
