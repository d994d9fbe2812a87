"""What an operator sees of alerts.yml, silence.yml and scrape-configuration.yml, none of which reaches a server here."""

import json
import stat
from pathlib import Path

import test_playbooks
import yaml
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
        out = self.scrape_configuration([])
        self.assertIn("site.yml has no monitoring_networks", out)
        self.assertFalse(target.exists())

        out = self.scrape_configuration(["10.9.9.9/32"])
        self.assertTrue(self.succeeded, out)
        self.assertEqual(stat.S_IMODE((target / "key.pem").stat().st_mode), 0o600)
        self.assertNotIn("PRIVATE KEY", out)
        configuration = self.directory / "owner.yml"
        configuration.write_text(
            "scrape_config_files: [scrape/scrape.yml, scrape/probe.yml]\nrule_files: [scrape/rules/*.yml]\n"
        )
        checked = self.run_command("promtool", "check", "config", str(configuration)).stdout
        self.assertIn("10 rule files found", checked)
        self.run_command(
            "prometheus-blackbox-exporter", "--config.check", f"--config.file={target / 'blackbox.yml'}"
        )
        self.check_probes(target)
        self.check_intervals(target)
        self.assertTrue(json.loads((target / "grafana.json").read_text())["panels"])
        ca, certificate = str(target / "ca.pem"), str(target / "certificate.pem")
        self.run_command("openssl", "verify", "-purpose", "sslclient", "-CAfile", ca, certificate)
        names = self.run_command("openssl", "x509", "-noout", "-subject", "-ext", "subjectAltName", "-in", certificate)
        self.assertIn("CN=prometheus\n", names.stdout)
        self.assertIn("DNS:prometheus\n", names.stdout)

        self.assertIn("changed=0", self.scrape_configuration(["10.9.9.9/32"]))
        files = self.contents(target)
        (target / "scrape.yml").write_text("scrape_configs: []\n")
        self.scrape_configuration(["10.9.9.9/32"])
        self.assertTrue(self.succeeded, out)
        now = self.contents(target)
        self.assertEqual({name: now[name] for name in files}, files)
        self.assertEqual([now[name] for name in now.keys() - files.keys()], ["scrape_configs: []\n"])

    def test_a_directory_with_other_files_stays(self) -> None:
        target = self.directory / "scrape"
        target.mkdir()
        (target / "key.pem").write_text("mine\n")
        out = self.scrape_configuration(["10.9.9.9/32"])
        self.assertFalse(self.succeeded, out)
        self.assertIn(f"Nothing was written: {target} has files, but no scrape.yml of a former run", out)
        self.assertEqual(self.contents(target), {"key.pem": "mine\n"})

    def scrape_configuration(self, networks: list[str]) -> str:
        variables = {
            "directory": f"{self.directory}/scrape",
            "monitoring_networks": networks,
            "prometheus_scrape_interval_seconds": 5,
            "https_certificate": "internal",
        }
        return self.play("scrape-configuration.yml", "-e", json.dumps(variables), monitored=False)

    def check_probes(self, target: Path) -> None:
        """The public names are probed, each with a module that the exporter has."""
        jobs = yaml.safe_load((target / "probe.yml").read_text())["scrape_configs"]
        targets = {job["params"]["module"][0]: job["static_configs"][0]["targets"] for job in jobs}
        self.assertEqual(
            targets,
            {
                "site": ["https://www.foobar.org/"],
                "certificate": ["www.foobar.org:443"],
                "alias": ["https://foobar.org/"],
            },
        )
        modules = yaml.safe_load((target / "blackbox.yml").read_text())["modules"]
        self.assertEqual(targets.keys(), modules.keys())
        # Its directory is unknown here, so that it gets no name of a file.
        self.assertEqual(modules["site"]["http"]["tls_config"]["ca"], (target / "ca.pem").read_text())

    def check_intervals(self, target: Path) -> None:
        """The rules count on the site's interval, whatever the default of the Prometheus is that gets them."""
        for name in ("scrape.yml", "probe.yml"):
            for job in yaml.safe_load((target / name).read_text())["scrape_configs"]:
                self.assertEqual((job["scrape_interval"], job["scrape_timeout"]), ("5s", "5s"), job["job_name"])
        files = {path.name: path.read_text() for path in (target / "rules").iterdir()}
        intervals = {
            group["name"]: group.get("interval") for text in files.values() for group in yaml.safe_load(text)["groups"]
        }
        # Those that look back over days are evaluated less often.
        self.assertEqual({intervals.pop("backup"), intervals.pop("keys")}, {"1m"})
        self.assertEqual(set(intervals.values()), {"5s"})
        self.assertEqual(files["visitors.yml"].count(") * 5 >= 20"), 6)
        self.assertIn("count_over_time(node_filesystem_avail_bytes[6h]) > 2160", files["servers.yml"])

    def contents(self, directory: Path) -> dict[str, str]:
        return {path.name: path.read_text() for path in directory.iterdir() if path.is_file()}
