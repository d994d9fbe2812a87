"""What site-metrics writes for node_exporter, with programs that print what a server's would."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROLES = Path(__file__).parents[1] / "roles"
SCRIPT = ROLES / "exporters" / "files" / "site-metrics"
SAMPLE = Path(__file__).parent / "metrics" / "site.txt"
METRIC = re.compile(r'(foobar_[a-z_]+)(\{([a-z]+="[^"]+",?)+\})? (-?[0-9]+(\.[0-9]+)?)$')
KEYS = "# of the office\nssh-ed25519 AAAA one\n\nssh-ed25519 BBBB two\nssh-ed25519 AAAA one\n"


class SiteMetricsTests(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.file = self.root / "site.prom"
        self.program("systemctl", "exit 3")
        self.program("journalctl", "exit 0")
        self.program("getent", f"echo admin:x:1000:1000::{self.root}:/bin/bash")

    def program(self, name: str, text: str) -> None:
        file = self.root / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)

    def run_script(self, **variables: str) -> dict[str, str]:
        environment = {
            "PATH": f"{self.root / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin",
            "LIBRARY": str(ROLES / "status" / "files"),
            "STATE_DIRECTORY": str(self.root / "state"),
            **variables,
        }
        result = subprocess.run(["bash", SCRIPT, self.file], env=environment, capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return self.metrics()

    def metrics(self) -> dict[str, str]:
        lines = [line for line in self.file.read_text().splitlines() if not line.startswith("#")]
        for line in lines:
            self.assertRegex(line, METRIC)
        metrics = dict(line.rsplit(" ", 1) for line in lines)
        self.assertEqual(len(metrics), len(lines), "node_exporter takes no file with the same series twice")
        return metrics

    def test_every_metric_is_described(self) -> None:
        metrics = self.run_script()
        described = set(re.findall(r"(?m)^# TYPE (\w+) (?:gauge|counter)$", self.file.read_text()))
        self.assertLessEqual({name.partition("{")[0] for name in metrics}, described)

    def test_the_rules_are_tested_with_what_it_writes(self) -> None:
        """test_rules.py takes its word for the names in metrics/site.txt; what backups will write is not there yet."""
        script = SCRIPT.read_text()
        written = {
            name: set(re.findall(r'(\w+)=\\"', " ".join(re.findall(rf'\bvalue {name} "(\w+=\S*)" ', script))))
            for name in re.findall(r"(?m)^ *describe (\w+) ", script)
        }
        sample = {}
        for name, labels in re.findall(r"(?m)^foobar_(\w+)(?:\{(.*)\})? ", SAMPLE.read_text()):
            if not re.match("backup_|restore_", name):
                sample.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
        self.assertEqual(sample, written)

    def test_failed_sign_ins_are_added_to_those_of_former_runs(self) -> None:
        self.program("journalctl", "echo 'Invalid user x from 10.9.9.9'; echo 'Accepted publickey for admin'")
        self.assertEqual(self.run_script()["foobar_sshd_failures_total"], "1")
        self.program("journalctl", "echo 'Connection closed by authenticating user root 10.9.9.9 port 1 [preauth]'")
        self.assertEqual(self.run_script()["foobar_sshd_failures_total"], "2")
        self.program("journalctl", "exit 0")
        self.assertEqual(self.run_script()["foobar_sshd_failures_total"], "2")

    def test_each_run_asks_for_the_time_since_the_former_one(self) -> None:
        self.program("journalctl", f'echo "$*" >>{self.root}/asked')
        for _ in range(2):
            self.run_script()
        first, second = re.findall(r"--since=@(\d+) --until=@(\d+)", (self.root / "asked").read_text())
        self.assertEqual(int(first[1]) - int(first[0]), 60)
        self.assertEqual(second[0], first[1])

    def test_services_that_should_run_are_told_from_those_that_systemd_skips(self) -> None:
        """In a container chrony may not set the clock. Nobody has started mysql-agent, so no condition was checked."""
        self.program(
            "systemctl",
            """case "$*" in
            "is-active --quiet nginx") exit 0 ;;
            is-active*) exit 3 ;;
            *ConditionResult*haproxy) echo yes ;;
            *ConditionResult*) echo no ;;
            *ConditionTimestamp*mysql-agent) echo ;;
            *ConditionTimestamp*) echo Mon 2026-11-30 08:41:02 UTC ;;
            esac""",
        )
        metrics = self.run_script(SERVICES="nginx mysql-agent haproxy chrony")
        self.assertEqual(
            {name: value for name, value in metrics.items() if "service_running" in name},
            {
                'foobar_service_running{name="nginx.service"}': "1",
                'foobar_service_running{name="mysql-agent.service"}': "0",
                'foobar_service_running{name="haproxy.service"}': "0",
            },
        )

    def test_the_clock_s_offset_is_what_chrony_estimates(self) -> None:
        tracking = "7F7F0101,,10,1796043664.542856947,0.241288722,-0.2,0.2,0.0,0.0,0.0,0.0,0.0,0.0,Normal"
        self.program("chronyc", f"echo {tracking}")
        self.assertEqual(self.run_script()["foobar_clock_offset_seconds"], "0.241288722")

    def test_without_chronyd_the_clock_s_offset_is_left_out(self) -> None:
        self.program("chronyc", "echo 506 Cannot talk to daemon; exit 1")
        self.assertNotIn("foobar_clock_offset_seconds", self.run_script())

    def test_a_firewall_without_rules_is_not_loaded_whether_its_file_is_there_or_not(self) -> None:
        self.program("nft", "exit 1")
        metrics = self.run_script()
        self.assertEqual(metrics["foobar_firewall_loaded"], "0")
        self.assertNotIn("foobar_firewall_dropped_packets_total", metrics)

    def test_packets_that_the_firewall_dropped_are_added_up(self) -> None:
        self.program("nft", "echo 'counter packets 3 bytes 120 drop'; echo 'counter packets 4 bytes 160 drop'")
        metrics = self.run_script()
        self.assertEqual(metrics["foobar_firewall_loaded"], "1")
        self.assertEqual(metrics["foobar_firewall_dropped_packets_total"], "7")

    def test_keys_are_counted_and_told_apart(self) -> None:
        (self.root / ".ssh").mkdir()
        keys = self.root / ".ssh" / "authorized_keys"
        keys.write_text(KEYS)
        metrics = self.run_script()
        self.assertEqual(metrics['foobar_authorized_keys{user="admin"}'], "2")
        before = {name for name in metrics if name.startswith("foobar_authorized_keys_hash{")}
        self.assertEqual(len(before), 2)
        keys.write_text(KEYS.replace("BBBB", "CCCC"))
        after = {name for name in self.run_script() if name.startswith("foobar_authorized_keys_hash{")}
        self.assertEqual((len(after - before), len(before - after)), (1, 1))

    def test_packages_are_named_once(self) -> None:
        versions = ("ii  nginx 1.26.3-3", "ii  nginx-light 1.26.3-3", "hi  mysql-server-core-9.7 9.7.4-2")
        self.program("dpkg-query", f"printf '%s\\n' '{"' '".join((*versions, 'rc  haproxy 3.0.1'))}'")
        found = {name for name in self.run_script() if name.startswith("foobar_package_info{")}
        self.assertEqual(
            found,
            {
                'foobar_package_info{package="mysql-server",version="9.7.4-2"}',
                'foobar_package_info{package="nginx",version="1.26.3-3"}',
            },
        )

    def test_a_reader_never_sees_half_a_file(self) -> None:
        self.file.write_text("foobar_reboot_required 1\n")
        before = self.file.stat().st_ino
        self.run_script()
        self.assertNotEqual(self.file.stat().st_ino, before)
        self.assertEqual([file.name for file in self.root.glob("site.prom*")], ["site.prom"])


if __name__ == "__main__":
    unittest.main()
