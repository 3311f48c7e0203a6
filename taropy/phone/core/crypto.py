"""The cryptography that the vendors use: AES for open data and notices, digests, HMAC and RSA for signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from ...extras import need

RSA_BITS = 2048

#: How long a certificate is good, from the day before it was made.
CERTIFICATE_LIFETIME = timedelta(days=5 * 365)


def aes_cbc_encrypt(plain: bytes, key: bytes, iv: bytes, *, block: int = 16) -> bytes:
    """`plain` in AES-CBC, padded as PKCS#7 does to `block` bytes. The key's length, 16, 24 or 32, says which AES."""
    ciphers = need("cryptography.hazmat.primitives.ciphers", extra="crypto")
    encryptor = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.CBC(iv)).encryptor()
    missing = block - len(plain) % block
    encrypted: bytes = encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
    return encrypted


def aes_gcm_encrypt(plain: str, key: str, nonce: str, associated: str) -> str:
    """`plain` in AES-GCM with its tag, in base64; `associated` is vouched for, and not encrypted."""
    aead = need("cryptography.hazmat.primitives.ciphers.aead", extra="crypto")
    encrypted: bytes = aead.AESGCM(key.encode()).encrypt(nonce.encode(), plain.encode(), associated.encode())
    return base64.b64encode(encrypted).decode()


def sha1_hex(text: str) -> str:
    """The SHA-1 of `text`, as 40 hexadecimal digits."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def md5_hex(text: str) -> str:
    """The MD5 of `text`, which may be no valid Unicode, as 32 hexadecimal digits."""
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def hmac_sha256_hex(key: str, message: bytes = b"") -> str:
    """The HMAC-SHA-256 of `message`, as 64 hexadecimal digits."""
    return hmac.digest(key.encode(), message, "sha256").hex()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def new_rsa_key() -> str:
    """A new RSA private key, as PEM."""
    rsa = need("cryptography.hazmat.primitives.asymmetric.rsa", extra="crypto")
    serialization = need("cryptography.hazmat.primitives.serialization", extra="crypto")
    pem: bytes = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def public_pem(private_key: str) -> str:
    """The public half of a private key, both as PEM."""
    serialization = need("cryptography.hazmat.primitives.serialization", extra="crypto")
    public = _private(private_key).public_key()
    pem: bytes = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def new_certificate(private_key: str, name: str) -> str:
    """A certificate of the key's owner, who has this name and vouches for it; as PEM."""
    x509 = need("cryptography.x509", extra="crypto")
    hashes = need("cryptography.hazmat.primitives.hashes", extra="crypto")
    serialization = need("cryptography.hazmat.primitives.serialization", extra="crypto")
    key = _private(private_key)
    owner = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])
    # Backends look at it by their own clock, which is the computer's.
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(owner)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + CERTIFICATE_LIFETIME)
        .sign(key, hashes.SHA256())
    )
    pem: bytes = certificate.public_bytes(serialization.Encoding.PEM)
    return pem.decode()


@lru_cache(maxsize=64)
def certificate_facts(certificate: str) -> tuple[str, datetime, datetime]:
    """A PEM certificate's serial number, in hexadecimal digits, and from when until when it is good."""
    x509 = need("cryptography.x509", extra="crypto")
    read = x509.load_pem_x509_certificate(certificate.encode())
    return f"{read.serial_number:040X}", read.not_valid_before_utc, read.not_valid_after_utc


def rsa2_sign(message: str, private_key: str) -> str:
    """The RSA2 signature (SHA256withRSA, base64) of `message` with a PEM key."""
    return _pkcs1_sign(message, private_key, "SHA256")


def rsa2_verified(message: str, signature: str, public_key: str) -> bool:
    """Whether `signature` is the RSA2 signature of `message` by the owner of the public key.

    The key is PEM, or its bare base64 as the vendor's console shows it.
    """
    return _pkcs1_verified(message, signature, public_key, "SHA256")


def rsa1_sign(message: str, private_key: str) -> str:
    """The signature of `message` as Baidu's cashier makes it: SHA1withRSA, in base64."""
    return _pkcs1_sign(message, private_key, "SHA1")


def rsa1_verified(message: str, signature: str, public_key: str) -> bool:
    """Whether `signature` is such a one of `message` by the owner of the public key, in one of the forms of above."""
    return _pkcs1_verified(message, signature, public_key, "SHA1")


def _pkcs1_sign(message: str, private_key: str, digest: str) -> str:
    padding = need("cryptography.hazmat.primitives.asymmetric.padding", extra="crypto")
    hashes = need("cryptography.hazmat.primitives.hashes", extra="crypto")
    signature = _private(private_key).sign(message.encode(), padding.PKCS1v15(), getattr(hashes, digest)())
    return base64.b64encode(signature).decode()


def _pkcs1_verified(message: str, signature: str, public_key: str, digest: str) -> bool:
    exceptions = need("cryptography.exceptions", extra="crypto")
    padding = need("cryptography.hazmat.primitives.asymmetric.padding", extra="crypto")
    hashes = need("cryptography.hazmat.primitives.hashes", extra="crypto")
    try:
        raw = base64.b64decode(signature, validate=True)
        _public(public_key).verify(raw, message.encode(), padding.PKCS1v15(), getattr(hashes, digest)())
    except (exceptions.InvalidSignature, ValueError):  # among them a text that is no base64
        return False
    return True


def rsa_pss_sign(message: str, private_key: str) -> str:
    """The signature of `message` as SOTER makes it: RSA-PSS with SHA-256 and 20 bytes of salt, in base64."""
    hashes = need("cryptography.hazmat.primitives.hashes", extra="crypto")
    signature = _private(private_key).sign(message.encode(), _pss(hashes), hashes.SHA256())
    return base64.b64encode(signature).decode()


def rsa_pss_verified(message: str, signature: str, public_key: str) -> bool:
    """Whether `signature` is such a one of `message` by the owner of the public key, which is PEM."""
    exceptions = need("cryptography.exceptions", extra="crypto")
    hashes = need("cryptography.hazmat.primitives.hashes", extra="crypto")
    try:
        raw = base64.b64decode(signature, validate=True)
        _public(public_key).verify(raw, message.encode("utf-8", "replace"), _pss(hashes), hashes.SHA256())
    except (exceptions.InvalidSignature, ValueError):
        return False
    return True


def _pss(hashes: Any) -> Any:
    padding = need("cryptography.hazmat.primitives.asymmetric.padding", extra="crypto")
    return padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=20)


@lru_cache(maxsize=64)  # reading one takes longer than signing with it
def _private(pem: str) -> Any:
    serialization = need("cryptography.hazmat.primitives.serialization", extra="crypto")
    return serialization.load_pem_private_key(pem.encode(), password=None)


@lru_cache(maxsize=64)
def _public(key: str) -> Any:
    serialization = need("cryptography.hazmat.primitives.serialization", extra="crypto")
    if "-----" in key:
        return serialization.load_pem_public_key(key.encode())
    return serialization.load_der_public_key(base64.b64decode(key))
