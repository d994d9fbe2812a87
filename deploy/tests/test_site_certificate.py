"""The checks of site-certificate before it installs a certificate for visitors."""

import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "roles" / "tls_public" / "files" / "site-certificate"
NAMES = ("www.foobar.test", "foobar.test")
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class SiteCertificateTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.directory = Path(directory.name)
        cls.authority("root")
        cls.authority("middle", signer="root")
        cls.leaf("good")
        cls.leaf("other")
        cls.leaf("wild", "*.foobar.test", "foobar.test")
        cls.leaf("one", "www.foobar.test")
        cls.leaf("old", since="20200101000000Z", until="20200201000000Z")
        cls.leaf("early", since="21000101000000Z", until="21000201000000Z")
        cls.openssl("pkey", "-in", "good.key", "-aes256", "-passout", "pass:of the test", "-out", "locked.key")

    def test_a_certificate_with_its_chain_and_key_fits(self) -> None:
        self.assertFits("good.pem", "middle.pem", "root.pem", "good.key")
        self.assertFits("good.key", "good.pem")
        self.assertFits("wild.pem", "middle.pem", "wild.key")

    def test_text_and_line_ends_between_the_blocks_are_ignored(self) -> None:
        text = self.read("good.pem", "middle.pem", "good.key").replace("\n", "\r\n")
        self.assertEqual(self.check("\r\n\r\nBag Attributes\r\n" + text), "")

    def test_the_key_has_to_belong_to_the_certificate(self) -> None:
        self.assertRefused("the key is not that of the first certificate, [CN=good]", "good.pem", "other.key")
        self.assertRefused("the key is not that of the first certificate, [CN=middle]", "middle.pem", "good.pem", "good.key")
        self.assertRefused("there has to be one key in PEM, not 0", "good.pem")
        self.assertRefused("there has to be one key in PEM, not 2", "good.pem", "good.key", "other.key")
        self.assertRefused("the key has a passphrase", "good.pem", "locked.key")
        self.assertRefused("there is no certificate in PEM", "good.key")

    def test_the_certificate_has_to_contain_every_name(self) -> None:
        self.assertRefused("the certificate is not for foobar.test, but for www.foobar.test", "one.pem", "one.key")

    def test_the_certificate_has_to_be_valid_today(self) -> None:
        self.assertRefused("the certificate expired on Feb  1 00:00:00 2020 GMT", "old.pem", "old.key")
        self.assertRefused("the certificate is not valid before Jan  1 00:00:00 2100 GMT", "early.pem", "early.key")

    def test_the_chain_has_to_be_in_order(self) -> None:
        said = "the chain is out of order: [CN=root] did not sign [CN=good], which is above it"
        self.assertRefused(said, "good.pem", "root.pem", "middle.pem", "good.key")

    def assertFits(self, *files: str) -> None:
        self.assertEqual(self.check(self.read(*files)), "")

    def assertRefused(self, sentence: str, *files: str) -> None:
        self.assertIn(sentence, self.check(self.read(*files)))

    def check(self, text: str) -> str:
        """The error of the script; empty if there is none."""
        command = (str(SCRIPT), "check", "/dev/stdin", *NAMES)
        result = subprocess.run(command, input=text.encode(), capture_output=True, timeout=20)
        self.assertEqual(result.returncode == 0, not result.stderr)
        return result.stderr.decode()

    def read(self, *files: str) -> str:
        return "".join((self.directory / file).read_text() for file in files)

    @classmethod
    def authority(cls, name: str, signer: str = "") -> None:
        cls.certificate(name, signer, "-days", "2", "-addext", "basicConstraints = critical, CA:TRUE")

    @classmethod
    def leaf(cls, name: str, *names: str, since: str = "", until: str = "") -> None:
        time = ("-not_before", since, "-not_after", until) if since else ("-days", "2")
        alternatives = ", ".join(f"DNS:{one}" for one in names or NAMES)
        extensions = ("-addext", f"subjectAltName = {alternatives}", "-addext", "basicConstraints = critical, CA:FALSE")
        cls.certificate(name, "middle", *time, *extensions)

    @classmethod
    def certificate(cls, name: str, signer: str, *arguments: str) -> None:
        signed = ("-CA", f"{signer}.pem", "-CAkey", f"{signer}.key") if signer else ()
        files = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
        cls.openssl("req", "-x509", *CURVE, "-subj", f"/CN={name}", *files, *signed, *arguments)

    @classmethod
    def openssl(cls, *arguments: str) -> None:
        subprocess.run(("openssl", *arguments), cwd=cls.directory, check=True, capture_output=True)


if __name__ == "__main__":
    unittest.main()
