"""`caselink serve` speaks TLS where it is given a certificate and its key."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from graph.errors import CaselinkError
from server.tls import read_tls


def made(
    folder: Path, name: str = "a", encryption: KeySerializationEncryption | None = None
) -> tuple[Path, Path]:
    """The files of a new certificate, for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(
            who, who, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption()))
    return files


def test_without_a_certificate_there_is_no_tls() -> None:
    assert read_tls(None, None) is None


def test_a_certificate_and_its_key_are_read(tmp_path: Path) -> None:
    context = read_tls(*made(tmp_path))
    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


def refused(certificate: Path | None, key: Path | None) -> str:
    with pytest.raises(CaselinkError) as told:
        read_tls(certificate, key)
    return str(told.value)


def test_what_will_not_do_is_told_before_anything_is_served(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    other = made(tmp_path, "b")[1]
    locked = made(tmp_path, "c", BestAvailableEncryption(b"secret"))
    assert refused(certificate, None) == "--tls-cert and --tls-key: name both, or none of them"
    assert "are no certificate and its key" in refused(certificate, other)
    assert "are no certificate and its key" in refused(key, key)
    assert "are no certificate and its key" in refused(*locked)
    assert "cannot be read (No such file or directory)" in refused(tmp_path / "none", key)
