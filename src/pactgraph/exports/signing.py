"""Signatures of nanopublications with an RSA key: https://nanopub.net/guidelines/working_draft/#signature.

The key is read from a file that the caller names, and nothing of it is kept or written but the public half.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput, ExtraMissing, contents

_BITS = 2048


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key; the same text gets the same signature each time."""

    key: Any

    @property
    def public_key(self) -> str:
        """The public key as base64 of its DER form."""
        forms = import_module("cryptography.hazmat.primitives.serialization")
        der = self.key.public_key().public_bytes(forms.Encoding.DER, forms.PublicFormat.SubjectPublicKeyInfo)
        return b64encode(der).decode()

    def sign(self, text: str) -> str:
        """The signature as base64: RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017, section 8.2."""
        hashes = import_module("cryptography.hazmat.primitives.hashes")
        padding = import_module("cryptography.hazmat.primitives.asymmetric.padding")
        return b64encode(self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def read_key(path: Path) -> Signer:
    """The RSA key of a PEM file without a password, of at least 2048 bits.

    Raises BadInput for any other file, and ExtraMissing without the extra `sign`.
    """
    try:
        forms = import_module("cryptography.hazmat.primitives.serialization")
    except ImportError as error:
        raise ExtraMissing("signing", "sign", error) from error
    try:
        key = forms.load_pem_private_key(contents(path), password=None)
    except (ValueError, TypeError) as error:
        raise BadInput(
            "this is no private key in PEM without a password",
            where=path,
            hint="make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out FILE",
        ) from error
    if not _is_rsa(key) or key.key_size < _BITS:
        raise BadInput(f"this is no RSA key of at least {_BITS} bits", where=path)
    return Signer(key)


def _is_rsa(key: Any) -> bool:
    return isinstance(key, import_module("cryptography.hazmat.primitives.asymmetric.rsa").RSAPrivateKey)
