"""Who may send a journal, with the nginx, the systemd-journal-remote and the systemd-journal-upload of the servers."""

import re
import shlex
import subprocess
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from ansible_playbook import DEPLOY, render
from journal_case import WRITER, Entry, JournalCase

UPLOADER = "/usr/lib/systemd/systemd-journal-upload"
PORT = 19532
PLACE = "/directory-of-the-test"


class JournalUploadTests(JournalCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.rendered = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        render("render-journals.yml", "-i", "inventory/lab/group.yml",
               "-e", f"directory={cls.rendered}", "-e", f"journal_remote_configuration={PLACE}")  # fmt: skip

    def setUp(self) -> None:
        super().setUp()
        for file in self.rendered.iterdir():
            text = file.read_text().replace(PLACE, str(self.directory))
            (self.directory / file.name).write_text(text)
        self.run_command("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                         "-subj /CN=authority -keyout ca.key -out authority.pem")  # fmt: skip
        for name in ("ops-01", "web-01", "lb-01", "prometheus"):
            self.sign(name)
        self.run_command("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                         "-subj /CN=web-01 -keyout foreign.key -out foreign.pem")  # fmt: skip
        self.received = self.directory / "received"
        self.received.mkdir()
        self.start()

    def sign(self, name: str) -> None:
        self.run_command(f"openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN={name} "
                         f"-addext subjectAltName=DNS:localhost -keyout {name}.key -out {name}.csr")  # fmt: skip
        self.run_command(f"openssl x509 -req -in {name}.csr -CA authority.pem -CAkey ca.key -CAcreateserial -days 2 "
                         f"-copy_extensions copy -out {name}.pem")  # fmt: skip

    def start(self) -> None:
        """Starts nginx, and what receives from web-01 and from lb-01."""
        (self.directory / "tls").mkdir()
        for name, source in (("key", "ops-01.key"), ("certificate", "ops-01.pem"), ("authority", "authority.pem")):
            (self.directory / "tls" / f"{name}.pem").write_bytes((self.directory / source).read_bytes())
        for name in ("journal-remote", "journal-remote-tls"):
            (self.directory / "run" / name).mkdir(parents=True)
        file = self.directory / "nginx.conf"
        file.write_text(file.read_text().replace("/run/", f"{self.directory}/run/"))
        for server in ("web-01", "lb-01"):
            socket = self.directory / "run" / "journal-remote" / f"{server}.socket"
            output = f"--output={self.received}/{server}.journal"
            self.background("systemd-socket-activate", "-l", str(socket), WRITER, "--listen-http=-3",
                            "--split-mode=none", output)  # fmt: skip
            self.wait_for(socket.exists)
        self.background("nginx", "-c", str(file), "-e", "stderr", "-g", "daemon off; user root;")
        self.wait_for(lambda: self.status_of() != "000")

    def background(self, *command: str) -> None:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 20)
        self.addCleanup(process.terminate)

    def wait_for(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not happen in 20 s")
            time.sleep(0.05)

    def run_command(self, command: str, **options: object) -> None:
        result = subprocess.run(shlex.split(command), cwd=self.directory, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=120, **options)  # fmt: skip
        self.assertEqual(result.returncode, 0, result.stdout)

    def status_of(self, *options: str, path: str = "/upload") -> str:
        """The HTTP status of an upload; 000 without a connection."""
        command = ("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}",
                   "--cacert", "authority.pem", "--header", "Content-Type: application/vnd.fdo.journal",
                   "--data-binary", "@-", *options, f"https://localhost:{PORT}{path}")  # fmt: skip
        data = Entry(1_790_000_000, "web-01", "foobar", "by curl").exported()
        return subprocess.run(command, cwd=self.directory, input=data, capture_output=True).stdout.decode()

    def lines(self, server: str) -> list[str]:
        file = self.received / f"{server}.journal"
        command = ("journalctl", "--quiet", "--output", "cat", "--file", str(file))
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines() if file.exists() else []

    def certificate(self, name: str) -> tuple[str, ...]:
        return "--cert", f"{name}.pem", "--key", f"{name}.key"

    def test_only_the_site_s_servers_may_send(self) -> None:
        expected = {"web-01": "202", "lb-01": "202", "prometheus": "403", "foreign": "400"}
        self.assertEqual({name: self.status_of(*self.certificate(name)) for name in expected}, expected)
        self.assertEqual(self.status_of(), "400", "without a certificate")
        self.assertEqual(self.status_of(*self.certificate("web-01"), "--tls-max", "1.2"), "000")
        self.assertEqual(self.status_of(*self.certificate("web-01"), path="/entries"), "404")

    def test_a_server_writes_its_own_journal_whatever_it_says_it_is(self) -> None:
        self.assertEqual(self.status_of(*self.certificate("lb-01")), "202")
        self.wait_for(lambda: self.lines("lb-01"))
        self.assertEqual((self.lines("lb-01"), self.lines("web-01")), (["by curl"], []))

    def test_the_uploader_sends_all_lines_and_goes_on_from_its_position(self) -> None:
        entries = [Entry(1_790_000_000 + count, "web-01", "foobar", f"line {count}") for count in range(300)]
        self.upload(self.journal("web-01", *entries))
        self.wait_for(lambda: len(self.lines("web-01")) == 300)
        self.upload(self.journal("web-01", Entry(1_790_009_000, "web-01", "foobar", "one more")))
        self.wait_for(lambda: "one more" in self.lines("web-01"))
        expected = [f"line {count}" for count in range(300)] + ["one more"]
        self.assertEqual(list(dict.fromkeys(self.lines("web-01"))), expected)
        self.assertLessEqual(len(self.lines("web-01")), len(expected) + 1, "it may send its last line again, but no other")

    def upload(self, journal: Path) -> None:
        self.run_command(f"{UPLOADER} --url=https://localhost:{PORT} --file={journal} --follow=no "
                         f"--save-state={self.directory}/state --key=web-01.key --cert=web-01.pem "
                         f"--trust=authority.pem")  # fmt: skip

    def test_the_units_have_the_files_and_the_limits_of_the_roles(self) -> None:
        remote = (self.directory / "journal-remote.conf").read_text()
        self.assertIn("\nMaxUse=4G\n", remote)
        default, access = ((self.directory / f"systemd-journal-upload{name}.conf").read_text() for name in ("", "@access"))
        self.assertIn(" --namespace= --save-state=%S/systemd/journal-upload/state ", default)
        self.assertIn(" --namespace=access --save-state=%S/systemd/journal-upload-access/state ", access)
        for text in (default, access):
            self.assertIn("--url=https://ops-01:19532 ", text)
            self.assertIn("\nRestart=always\nRestartSec=5\nRestartSteps=0\n", text)

    def test_every_namespace_of_the_roles_units_is_sent(self) -> None:
        files = [file for file in (DEPLOY / "roles").rglob("*") if file.is_file()]
        used = {name for file in files for name in re.findall(r"(?m)^LogNamespace=(\S+)$", file.read_text())}
        sent = {file.name for file in self.directory.glob("systemd-journal-upload@*.conf")}
        self.assertEqual(sent, {f"systemd-journal-upload@{name}.conf" for name in used})


if __name__ == "__main__":
    unittest.main()
