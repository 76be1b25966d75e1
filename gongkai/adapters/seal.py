"""Seals of organs on PDFs: a signature in the file, and a mark drawn on the page.

`Seal` is what a county's seal service must offer (国务院令第716号第九条: an electronic seal
from the national system is as good as the ink one). Here stand two twins: `NoSeal`, which
leaves the file as it is, and `TestSeal`, which signs with a certificate that it makes
itself and draws a red ring that says 测试章·无效. Which one is used is GONGKAI_SEAL.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

_FIELD = "Seal"


class SealUnknown(ValueError):
    """The configured seal is none of ours; the message names the setting."""


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a sealed file says of itself: who signed, whether it stands as it was signed."""

    signer: str
    intact: bool


class Seal(Protocol):
    """Puts an organ's seal on a PDF and tells whether one is whole."""

    def drawn_name(self, organ: str) -> str:
        """Return the words to draw on the page as a ring; empty when nothing is drawn."""

    def sign(self, pdf: bytes, *, organ: str, reason: str) -> bytes:
        """Return the PDF with the organ's signature in it."""

    def verify(self, pdf: bytes) -> SealReport | None:
        """Return what the last signature says, None when there is none."""


class NoSeal:
    """The do-nothing twin: paper is sealed by hand."""

    def drawn_name(self, organ: str) -> str:
        """Draw nothing."""
        return ""

    def sign(self, pdf: bytes, *, organ: str, reason: str) -> bytes:
        """Leave the file as it is."""
        return pdf

    def verify(self, pdf: bytes) -> SealReport | None:
        """Tell of no seal."""
        return None


class TestSeal:
    """Signs with a self-made certificate kept in `folder`; of no legal force, and says so."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def drawn_name(self, organ: str) -> str:
        """Draw the organ's name in a ring."""
        return organ

    def sign(self, pdf: bytes, *, organ: str, reason: str) -> bytes:
        """Return the PDF signed, any later change of it forbidden and shown."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import MDPPerm

        meta = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            name=f"{organ}（测试章）",
            reason=reason,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out = signers.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=_signer(self._folder)
        )
        return out.getvalue()

    def verify(self, pdf: bytes) -> SealReport | None:
        """Return what the last signature says of its signer and of the file."""
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.errors import SignatureValidationError
        from pyhanko_certvalidator import ValidationContext

        try:
            signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
            if not signatures:
                return None
            signature = signatures[-1]
            trusted = ValidationContext(
                trust_roots=[_signer(self._folder).signing_cert], allow_fetching=False
            )
            status = validate_pdf_signature(signature, trusted)
        except (PdfError, SignatureValidationError, ValueError):
            return SealReport("", intact=False)
        intact = bool(status.intact and status.valid and status.trusted and status.docmdp_ok)
        return SealReport(str(signature.sig_object.get("/Name", "")), intact=intact)


def seal() -> Seal:
    """Return the seal that the settings name; raises SealUnknown."""
    from django.conf import settings

    if settings.GONGKAI_SEAL == "none":
        return NoSeal()
    if settings.GONGKAI_SEAL == "test":
        return TestSeal(Path(settings.GONGKAI_LETTER_DIR) / "test-seal")
    raise SealUnknown(f"GONGKAI_SEAL 的值“{settings.GONGKAI_SEAL}”不对，只能是 none 或者 test")


@lru_cache(maxsize=4)
def _signer(folder: Path) -> Any:
    from pyhanko.sign import signers

    bundle, password = _bundle(folder), _password(folder)
    signer = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[], passphrase=password)
    if signer is None:
        raise SealUnknown(f"测试章的证书不能读取，请删除目录 {folder} 后重试")
    return signer


def _password(folder: Path) -> bytes:
    # Keeps the file from being mistaken for a plain key; a test key guards nothing.
    return hashlib.sha256(folder.name.encode()).hexdigest().encode()


def _bundle(folder: Path) -> bytes:
    """Return the certificate and key of the test seal, made at first use."""
    path = folder / "seal.p12"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".seal.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_bytes(_made(_password(folder)))
        fresh.replace(path)
    return path.read_bytes()


def _made(password: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gongkai 测试章（无效）")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36_500))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    encryption = BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"test", key, certificate, None, encryption)
