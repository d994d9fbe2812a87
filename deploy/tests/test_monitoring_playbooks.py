"""What an operator sees of alerts.yml, silence.yml and scrape-configuration.yml, none of which reaches a server here."""

import json
import stat
from pathlib import Path

import test_playbooks
from ansible_playbook import run_playbook
from monitoring_case import MonitoringCase

SILENCE = {"alert": "NoPrimary", "instance": "web-01", "hours": "2", "comment": "a new primary"}


class MonitoringPlaybooksTests(MonitoringCase):
    def setUp(self) -> None:
        super().setUp()
        self.make_certificates()
        self.site = test_playbooks.PlaybookTests.inventory(self)
        self.settings = self.directory / "settings.json"
        self.settings.write_text(
            json.dumps(
                {
                    "tls_ca_certificate": (self.directory / "authority.pem").read_text(),
                    "tls_ca_key": (self.directory / "ca.key").read_text(),
                    "ansible_connection": "local",
                    "ansible_become": False,
                }
            )
        )

    def play(self, playbook: str, *arguments: str, monitored: bool = True) -> str:
        inventories = ("-i", str(self.site), *(("-i", "tests/ops.yml") if monitored else ()))
        result = run_playbook(*inventories, playbook, "-e", f"@{self.settings}", *arguments, timeout=240)
        self.succeeded = result.returncode == 0
        return result.stdout

    def test_each_wrong_silence_says_what_to_write(self) -> None:
        for name, value, message in (
            ("alert", "", "Say which alert: -e alert=NAME"),
            ("instance", "web-09", "The instance [web-09] is no server: write one of"),
            ("hours", "soon", "Say for how long: -e hours=2, a whole number from 1 to 720"),
            ("hours", "721", "Say for how long"),
            ("comment", " ", "Say why: -e"),
            ("end", "all", "The silence [all] is no id"),
        ):
            with self.subTest(f"{name}={value}"):
                out = self.play("silence.yml", "-e", json.dumps(SILENCE | {name: value}))
                self.assertFalse(self.succeeded, out)
                self.assertEqual(out.count("\n- "), 1, out)
                self.assertIn(f"- {message}", out)

    def test_without_a_group_ops_nobody_evaluates_alerts(self) -> None:
        hosts = self.site / "hosts.yml"
        hosts.write_text(hosts.read_text().split("\nops:")[0])
        out = self.play("alerts.yml", monitored=False)
        self.assertFalse(self.succeeded, out)
        self.assertIn("hosts.yml has no group ops, and nobody evaluates alerts", out)

    def test_an_alertmanager_that_does_not_answer_is_named(self) -> None:
        out = self.play("alerts.yml")
        self.assertFalse(self.succeeded, out)
        self.assertIn("It is unknown which alerts fire: Alertmanager on ops-01 does not answer: ", out)

    def test_a_prometheus_outside_the_site_gets_a_configuration(self) -> None:
        target = self.directory / "scrape"
        out = self.scrape_configuration("[]")
        self.assertIn("site.yml has no monitoring_networks", out)
        self.assertFalse(target.exists())

        out = self.scrape_configuration("[10.9.9.9/32]")
        self.assertTrue(self.succeeded, out)
        self.assertEqual(stat.S_IMODE((target / "key.pem").stat().st_mode), 0o600)
        self.assertNotIn("PRIVATE KEY", out)
        configuration = self.directory / "owner.yml"
        configuration.write_text("scrape_config_files: [scrape/scrape.yml]\nrule_files: [scrape/rules/*.yml]\n")
        checked = self.run_command("promtool", "check", "config", str(configuration)).stdout
        self.assertIn("10 rule files found", checked)
        self.assertTrue(json.loads((target / "grafana.json").read_text())["panels"])
        ca, certificate = str(target / "ca.pem"), str(target / "certificate.pem")
        self.run_command("openssl", "verify", "-purpose", "sslclient", "-CAfile", ca, certificate)
        names = self.run_command("openssl", "x509", "-noout", "-subject", "-ext", "subjectAltName", "-in", certificate)
        self.assertIn("CN=prometheus\n", names.stdout)
        self.assertIn("DNS:prometheus\n", names.stdout)

        self.assertIn("changed=0", self.scrape_configuration("[10.9.9.9/32]"))
        files = self.contents(target)
        (target / "scrape.yml").write_text("scrape_configs: []\n")
        self.scrape_configuration("[10.9.9.9/32]")
        self.assertTrue(self.succeeded, out)
        now = self.contents(target)
        self.assertEqual({name: now[name] for name in files}, files)
        self.assertEqual([now[name] for name in now.keys() - files.keys()], ["scrape_configs: []\n"])

    def test_a_directory_with_other_files_stays(self) -> None:
        target = self.directory / "scrape"
        target.mkdir()
        (target / "key.pem").write_text("mine\n")
        out = self.scrape_configuration("[10.9.9.9/32]")
        self.assertFalse(self.succeeded, out)
        self.assertIn(f"Nothing was written: {target} has files, but no scrape.yml of a former run", out)
        self.assertEqual(self.contents(target), {"key.pem": "mine\n"})

    def scrape_configuration(self, networks: str) -> str:
        variables = f"{{directory: {self.directory}/scrape, monitoring_networks: {networks}}}"
        return self.play("scrape-configuration.yml", "-e", variables, monitored=False)

    def contents(self, directory: Path) -> dict[str, str]:
        return {path.name: path.read_text() for path in directory.iterdir() if path.is_file()}
