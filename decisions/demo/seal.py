"""The demo's own seal for PDFs. Its certificate says in plain words that it is invented."""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from infoshare import clock
from infoshare.private_files import write_private

NAMED = {
    NameOID.ORGANIZATION_NAME: "InfoShare demo (invented organisation)",
    NameOID.COMMON_NAME: "Invented seal of the InfoShare demo, worth nothing",
}
LASTS = timedelta(days=3650)


def make_seal(key_file: Path, certificate_file: Path) -> None:
    """Write a new key and a certificate that it signed itself, unless the certificate is there."""
    if certificate_file.exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(
        key_file,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
    # Last: a certificate that is there has its key.
    certificate_file.write_bytes(_certificate(key).public_bytes(serialization.Encoding.PEM))


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(kind, text) for kind, text in NAMED.items()])
    begins = clock.now() - timedelta(minutes=5)
    usage = x509.KeyUsage(True, True, *[False] * 7)  # to sign, and to stand by it
    return (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), begins, begins + LASTS
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
