"""Renders what the group ops gets, for tests, with the directory of the test in place of those of the server."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from ansible_playbook import DEPLOY, render

OPERATOR, LOCAL = "operator-of-the-test", "local-of-the-test"
RECEIVERS = {
    "alertmanager_email_to": ["me@foobar.test", "you@foobar.test"],
    "alertmanager_email_from": "alerts@foobar.test",
    "alertmanager_smtp_host": "localhost",
    "alertmanager_smtp_port": 1587,
    "alertmanager_smtp_username": "alertmanager",
    "alertmanager_smtp_password": "mail-of-the-test",
    "alertmanager_webhook_url": "https://localhost:1443/webhook",
    "alertmanager_dead_mans_switch_url": "https://localhost:1443/dead-mans-switch",
}
SECRETS = {
    "local": LOCAL,
    "smtp-password": RECEIVERS["alertmanager_smtp_password"],
    "webhook-url": RECEIVERS["alertmanager_webhook_url"],
    "dead-mans-switch-url": RECEIVERS["alertmanager_dead_mans_switch_url"],
}


class MonitoringCase(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def run_command(self, *command: str, **options: Any) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            command, text=True, timeout=120, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options
        )  # fmt: skip
        self.assertEqual(result.returncode, 0, result.stdout)
        return result

    def render(self, inventory: str, **variables: Any) -> None:
        self.make_certificates()
        credentials = self.directory / "credentials"
        credentials.mkdir()
        for name, value in SECRETS.items():
            (credentials / name).write_text(value)
        hashes = "".join(
            self.run_command("htpasswd", "-niBC", "4", user, input=password).stdout
            for user, password in (("operator", OPERATOR), ("local", LOCAL))
        )
        settings = self.directory / "settings.json"
        ca = (self.directory / "tls" / "authority.pem").read_text()
        settings.write_text(
            json.dumps(
                RECEIVERS
                | {
                    "directory": str(self.directory),
                    "tls_ca_certificate": ca,
                    "alertmanager_ca_certificate": ca,
                    "prometheus_hashes": {"content": self.run_command("base64", "-w0", input=hashes).stdout},
                }
                | variables
            )
        )
        sources = ("-i", f"inventory/{inventory}", "-i", "tests/ops.yml")
        render("render-monitoring.yml", *sources, "-e", f"@{settings}")
        for path in self.directory.iterdir():
            if path.suffix in (".yml", ".conf"):
                path.write_text(self.with_own_paths(path.read_text()))
        # The role copies this one.
        (self.directory / "alertmanager-ca.pem").write_text(ca)
        templates = self.directory / "alertmanager_templates"
        templates.mkdir()
        template = DEPLOY / "roles" / "alertmanager" / "files" / "foobar.tmpl"
        (templates / template.name).write_text(template.read_text())

    def with_own_paths(self, text: str) -> str:
        for service in ("prometheus", "prometheus-alertmanager"):
            text = text.replace(f"/run/credentials/{service}.service", f"{self.directory}/credentials")
        text = text.replace("/etc/prometheus", str(self.directory))
        return text.replace("/var/lib/prometheus", f"{self.directory}/data")

    def make_certificates(self) -> None:
        """A CA with one certificate for everything, in the directories that tls_internal makes."""
        script = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=foobar test" \
                -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out authority.pem
            printf "subjectAltName=DNS:localhost,IP:127.0.0.1\nkeyUsage=critical,digitalSignature\n" > cnf
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key.pem |
                openssl x509 -req -CA authority.pem -CAkey ca.key -days 2 -extfile cnf -out certificate.pem
            mkdir tls server-tls other
            cp *.pem tls; cp *.pem server-tls
        """
        self.run_command("bash", "-euc", script, cwd=self.directory)
