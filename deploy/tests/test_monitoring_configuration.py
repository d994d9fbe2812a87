"""The configuration of Prometheus, Alertmanager and blackbox_exporter as rendered, read by their own checkers."""

import json
import re
import subprocess
import unittest

import yaml
from monitoring_case import DEPLOY, RECEIVERS, SECRETS, MonitoringCase

# The jobs with their ports, and the servers of the example that have them.
JOBS = {
    "node": (9100, ["lb-01", "lb-02", "web-01", "web-02", "ops-01"]),
    "mysqld": (9104, ["web-01", "web-02", "ops-01"]),
    "nginx": (9113, ["web-01", "web-02"]),
    "haproxy": (8405, ["lb-01", "lb-02"]),
    "application": (9443, ["web-01", "web-02"]),
    "prometheus": (9090, ["ops-01"]),
    "alertmanager": (9093, ["ops-01"]),
    "blackbox": (9115, ["ops-01"]),
}


class MonitoringConfigurationTests(MonitoringCase):
    maxDiff = None

    def read(self, name: str) -> dict:
        return yaml.safe_load((self.directory / name).read_text())

    def check(self) -> None:
        self.run_command("promtool", "check", "config", str(self.directory / "prometheus.yml"))
        self.run_command("promtool", "check", "web-config", str(self.directory / "web.yml"))
        self.run_command("amtool", "check-config", str(self.directory / "alertmanager.yml"))
        configuration = f"--config.file={self.directory / 'blackbox.yml'}"
        self.run_command("prometheus-blackbox-exporter", "--config.check", configuration)

    def test_the_example_has_every_target(self) -> None:
        self.render("example")
        self.check()
        jobs = {job["job_name"]: job for job in self.read("prometheus.yml")["scrape_configs"]}
        addresses = {"lb-01": 11, "lb-02": 12, "web-01": 21, "web-02": 22, "ops-01": 31}
        for name, (port, hosts) in JOBS.items():
            expected = {
                "127.0.0.1:9115" if name == "blackbox" else f"192.0.2.{addresses[host]}:{port}": host for host in hosts
            }
            self.assertEqual(self.targets(jobs[name]), expected, name)
        self.assertEqual(self.targets(jobs["probe-site"]), {"https://192.0.2.10/": "www.example.com"})
        self.assertEqual(self.targets(jobs["probe-alias"]), {"https://192.0.2.10/": "www.example.com"})
        self.assertEqual(self.targets(jobs["probe-certificate"]), {"192.0.2.10:443": "www.example.com"})
        probes = [name for name in jobs if name.startswith("probe-")]
        self.assertEqual(set(jobs), {*JOBS, *probes})
        # Each probe has its module.
        modules = self.read("blackbox.yml")["modules"]
        self.assertEqual({jobs[name]["params"]["module"][0] for name in probes}, set(modules))
        self.assertEqual(modules["alias"]["http"]["headers"]["Host"], "example.com")
        # Secrets are in files of their own.
        for name in ("prometheus.yml", "web.yml", "alertmanager.yml", "amtool-http.yml", "alertmanager.conf"):
            text = (self.directory / name).read_text()
            for secret in SECRETS.values():
                self.assertNotIn(secret, text, name)

    def test_without_virtual_addresses_each_balancer_is_probed(self) -> None:
        self.render("example-three", https_certificate="internal")
        self.check()
        jobs = {job["job_name"]: job for job in self.read("prometheus.yml")["scrape_configs"]}
        expected = {"https://192.0.2.21/": "web-01", "https://192.0.2.22/": "web-02"}
        self.assertEqual(self.targets(jobs["probe-site"]), expected)
        tls = self.read("blackbox.yml")["modules"]["site"]["http"]["tls_config"]
        self.assertEqual(tls["ca"], (self.directory / "tls" / "authority.pem").read_text())

    def test_a_name_without_an_alias_ipv6_and_receivers_by_severity(self) -> None:
        severities = {"alertmanager_email_severities": ["ticket"], "alertmanager_webhook_severities": ["page"]}
        self.render("example", haproxy_name="intranet", virtual_addresses=["fd00::10"], **severities)
        self.check()
        jobs = {job["job_name"]: job for job in self.read("prometheus.yml")["scrape_configs"]}
        self.assertNotIn("probe-alias", jobs)
        self.assertEqual(self.targets(jobs["probe-site"]), {"https://[fd00::10]/": "intranet"})
        self.assertEqual(set(self.receiver("pages")), {"name", "webhook_configs"})
        self.assertEqual(set(self.receiver("tickets")), {"name", "email_configs"})

    def receiver(self, name: str) -> dict:
        return next(one for one in self.read("alertmanager.yml")["receivers"] if one["name"] == name)

    def targets(self, job: dict) -> dict[str, str]:
        return {one["targets"][0]: one["labels"]["instance"] for one in job["static_configs"]}


class CheckReceiversTests(MonitoringCase):
    """check-receivers, with the receivers of the lab."""

    def setUp(self) -> None:
        super().setUp()
        self.make_certificates()
        (self.directory / "password").write_text(SECRETS["smtp-password"])
        receivers = subprocess.Popen(
            (
                *(str(DEPLOY / "tests" / "receivers"), "--directory", str(self.directory / "received")),
                *("--certificate", str(self.directory / "certificate.pem"), "--key", str(self.directory / "key.pem")),
                *("--password-file", str(self.directory / "password"), "--smtp-port", "1587", "--https-port", "1443"),
            ),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(receivers.stdout.close)
        self.addCleanup(receivers.wait)
        self.addCleanup(receivers.kill)
        self.assertEqual(receivers.stdout.readline(), "ready\n")

    def faults(self, **changes: str | int) -> list[str]:
        settings = {
            "ca": (self.directory / "authority.pem").read_text(),
            **{key: RECEIVERS[f"alertmanager_{key}"] for key in ("smtp_host", "smtp_port", "smtp_username")},
            "smtp_password": RECEIVERS["alertmanager_smtp_password"],
            "urls": {"alertmanager_webhook_url": changes.pop("webhook", RECEIVERS["alertmanager_webhook_url"])},
        } | changes
        script = DEPLOY / "roles" / "alertmanager" / "files" / "check-receivers"
        return self.run_command("python3", str(script), input=json.dumps(settings)).stdout.splitlines()

    def test_who_can_be_reached_is_no_fault(self) -> None:
        self.assertEqual(self.faults(), [])
        self.assertFalse((self.directory / "received").exists())

    def test_each_fault_says_what_was_wrong(self) -> None:
        mail = "the mail server localhost:"
        for fault, changes in {
            f"{mail}1587 refuses the sign-in: 535": {"smtp_password": "wrong"},
            f"{mail}1586 cannot be reached: ": {"smtp_port": 1586},
            f"{mail}1443 cannot be reached": {"smtp_port": 1443},
            "alertmanager_webhook_url, localhost:1442 cannot be reached: ": {
                "webhook": "https://localhost:1442/secret"
            },
            "alertmanager_webhook_url, ip6-nowhere:443 cannot be reached": {"webhook": "https://ip6-nowhere/secret"},
        }.items():
            with self.subTest(fault):
                found = self.faults(**changes)
                self.assertEqual(len(found), 1, found)
                self.assertRegex(found[0], f"^{fault}")
                self.assertNotIn("secret", found[0])

    def test_a_foreign_authority_is_not_trusted(self) -> None:
        found = self.faults(ca="")
        self.assertEqual(len(found), 2, found)
        for fault in found:
            self.assertTrue(re.search("has a certificate that this server does not trust: ", fault), fault)


if __name__ == "__main__":
    unittest.main()
