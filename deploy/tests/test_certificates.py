"""The thumbprint of an ACME account's key."""

import sys
import unittest
from pathlib import Path

from ansible.errors import AnsibleFilterError
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from certificates import acme_thumbprint  # noqa: E402


def pem(curve: ec.EllipticCurve, form: PrivateFormat) -> str:
    """The private key 1, whose public key is the base point of the curve, so that the thumbprint is known."""
    return ec.derive_private_key(1, curve).private_bytes(Encoding.PEM, form, NoEncryption()).decode()


class CertificatesTests(unittest.TestCase):
    def test_thumbprint_is_that_of_the_public_key(self) -> None:
        for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
            self.assertEqual(acme_thumbprint(pem(ec.SECP256R1(), form)), "xx0BcA-wMohw8atYDJOe6peGModklG2wRHBlXHMvl0M")

    def test_another_key_is_refused_and_not_printed(self) -> None:
        for key in ("change-me", pem(ec.SECP384R1(), PrivateFormat.PKCS8)):
            with self.assertRaisesRegex(AnsibleFilterError, "https_acme_account_key is no EC key on P-256: write") as refusal:
                acme_thumbprint(key)
            self.assertNotIn(key, str(refusal.exception))


if __name__ == "__main__":
    unittest.main()
