"""Computes the thumbprint of an ACME account's key."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from ansible.errors import AnsibleFilterError
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

MAKE_ACCOUNT = "openssl ecparam -name prime256v1 -genkey -noout"


def acme_thumbprint(key: str) -> str:
    """The RFC 7638 thumbprint of an ACME account's public key. A response to an ACME challenge contains it."""
    try:
        account = load_pem_private_key(str(key).encode(), password=None)
    except (TypeError, ValueError):
        account = None
    if not isinstance(account, ec.EllipticCurvePrivateKey) or not isinstance(account.curve, ec.SECP256R1):
        raise AnsibleFilterError(f"https_acme_account_key is no EC key on P-256: write what this prints: {MAKE_ACCOUNT}")
    point = account.public_key().public_numbers()
    members = {"crv": "P-256", "kty": "EC", "x": in_base64(of_32_bytes(point.x)), "y": in_base64(of_32_bytes(point.y))}
    text = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return in_base64(hashlib.sha256(text.encode()).digest())


def of_32_bytes(number: int) -> bytes:
    return number.to_bytes(32, "big")


def in_base64(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"acme_thumbprint": acme_thumbprint}
