"""What the lab's servers get when somebody monitors them, and that it only adds to what they have."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from ansible_playbook import DEPLOY, render
from test_rendered import without_comments

SERVERS = "lb-01,web-01,ops-01"
MONITORED = {"monitoring_networks": ["10.3.2.1/32"]}
PORTS = {"prometheus-node-exporter": 9100, "prometheus-mysqld-exporter": 9104, "prometheus-nginx-exporter": 9113}


def rendered(directory: Path, variables: dict[str, Any]) -> dict[str, list[str]]:
    """The files by their names, without comments."""
    settings = json.dumps({"directory": str(directory), **variables})
    render("render.yml", "-i", "inventory/lab/group.yml", "--limit", SERVERS, "-e", settings, timeout=240)
    return {path.name: without_comments(path) for path in directory.iterdir()}


class MonitoringTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with tempfile.TemporaryDirectory() as off, tempfile.TemporaryDirectory() as on:
            cls.off = rendered(Path(off), {"monitoring_enabled": False})
            cls.on = rendered(Path(on), MONITORED)

    def added(self, name: str) -> list[str]:
        """The lines that the monitoring adds to the file."""
        lines = list(self.on[name])
        for line in self.off[name]:
            self.assertTrue(line in lines, f"{name} lacks a line that it has without monitoring: {line}")
            lines.remove(line)
        return [line.strip() for line in lines]

    def test_nobody_exports_anything_without_monitoring(self) -> None:
        self.assertEqual(sorted(self.on.keys() - self.off.keys()), sorted(self.exported()))
        self.assertFalse([name for name in self.off if "exporter" in name or "metrics" in name])

    def exported(self) -> list[str]:
        files = [f"{host}-{name}" for host in SERVERS.split(",") for name in ("web.yml", "site-metrics.service")]
        files += [f"{host}-prometheus-node-exporter.conf" for host in SERVERS.split(",")]
        files += ["web-01-prometheus-mysqld-exporter.conf", "ops-01-prometheus-mysqld-exporter.conf"]
        return [*files, "web-01-prometheus-nginx-exporter.conf"]

    def test_haproxy_shows_its_metrics_to_prometheus_alone(self) -> None:
        certificates = "ssl crt @internal/balancer ca-file tls/authority.pem verify required ssl-min-ver TLSv1.3"
        self.assertEqual(
            self.added("lb-01-haproxy.cfg"),
            [
                "frontend metrics from site",
                "maxconn 20",
                f"bind :8405 {certificates}",
                f"bind [::]:8405 v6only {certificates}",
                'http-request return status 403 content-type text/plain string "only for Prometheus\\n" '
                "unless { ssl_c_s_dn(cn) -m str prometheus }",
                'http-request return status 404 content-type text/plain string "only /metrics\\n" '
                "unless { path /metrics }",
                "http-request set-log-level silent",
                "http-request use-service prometheus-exporter",
            ],
        )

    def test_nginx_passes_on_one_path_of_the_application(self) -> None:
        lines = self.added("web-01-nginx.conf")
        passed = [line for line in lines if line.startswith("proxy_pass")]
        self.assertEqual(passed, ["proxy_pass http://127.0.0.1:8081;"])
        self.assertEqual(
            [line for line in lines if line.startswith("listen")],
            ["listen 9443 ssl default_server;", "listen [::]:9443 ssl default_server;", "listen 127.0.0.1:10445;"],
        )
        self.assertIn("location = /actuator/prometheus {", lines)
        self.assertIn('"CN=prometheus" 1;', lines)

    def test_each_exporter_listens_at_the_port_of_the_firewall_s_table(self) -> None:
        for program, port in PORTS.items():
            start = next(line for line in self.on[f"web-01-{program}.conf"] if line.startswith("ExecStart=/"))
            self.assertIn(f"/usr/bin/{program} --web.listen-address=:{port} --web.config.file=", start)

    def test_the_rules_are_tested_with_the_options_of_the_exporters(self) -> None:
        """A metric in tests/metrics that the servers' options leave out would let a rule pass that never fires."""
        collect = (DEPLOY / "tests" / "metrics" / "collect").read_text()
        for program in ("prometheus-node-exporter", "prometheus-mysqld-exporter"):
            start = re.search(rf"{program} (?:.*\\\n)*.*", collect)[0]
            words = subprocess.run(
                ["bash", "-c", f"printf '%s\\n' {start}"], text=True, check=True, stdout=subprocess.PIPE
            ).stdout.split()  # fmt: skip
            options = self.collectors(words) - {"--collector.textfile.directory"}
            self.assertTrue(options)
            self.assertEqual(options, self.collectors(" ".join(self.on[f"web-01-{program}.conf"]).split()))

    def collectors(self, words: list[str]) -> set[str]:
        """Which collectors the options choose, without their own options' values."""
        return {word.partition("=")[0].strip("'\"") for word in words if re.match("['\"]?--collect", word)}

    def test_node_exporter_watches_the_services(self) -> None:
        """It compares the whole name of a unit, which ends with its type."""
        text = "\n".join(self.on["web-01-prometheus-node-exporter.conf"])
        pattern = re.search(r"--collector.systemd.unit-include=([^']+)'", text)[1]
        for unit in (
            "mysql.service", "foobar.service", "haproxy.service", "chrony.service", "foobar-firewall.service",
            "site-metrics.timer", "prometheus-node-exporter.service", "systemd-journald@access.service",
            "journal-remote@web-01.socket",
        ):  # fmt: skip
            with self.subTest(unit):
                self.assertRegex(unit, f"^(?:{pattern})$")
        self.assertNotRegex("user@0.service", f"^(?:{pattern})$")

    def test_exporters_ask_for_prometheus_certificate(self) -> None:
        lines = self.on["web-01-web.yml"]
        self.assertIn("  client_auth_type: RequireAndVerifyClientCert", lines)
        self.assertIn("  client_allowed_sans: [prometheus]", lines)
        self.assertIn("  min_version: TLS13", lines)

    def test_a_balancer_looks_for_the_virtual_addresses_and_no_other_server_does(self) -> None:
        found = {name: re.findall(r'VIRTUAL_ADDRESSES=([^"]*)', "\n".join(self.on[f"{name}-site-metrics.service"]))
                 for name in ("lb-01", "web-01")}  # fmt: skip
        self.assertEqual(found, {"lb-01": ["10.80.88.10 fd80:88::10"], "web-01": [""]})

    def test_each_server_says_whether_the_services_run_that_status_expects(self) -> None:
        """web-01 is a web server and a database server."""
        found = {name: re.findall(r'SERVICES=([^"]*)', "\n".join(self.on[f"{name}-site-metrics.service"]))
                 for name in SERVERS.split(",")}  # fmt: skip
        self.assertEqual(
            found,
            {
                "lb-01": ["haproxy keepalived foobar-firewall chrony"],
                "web-01": ["mysql mysql-agent nginx foobar foobar-firewall chrony"],
                "ops-01": ["mysql mysql-agent foobar-firewall chrony"],
            },
        )


if __name__ == "__main__":
    unittest.main()
