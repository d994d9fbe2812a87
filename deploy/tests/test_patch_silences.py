"""The silences of patch.yml, with a real Alertmanager: its own play, in which one task stands for the upgrade and the
reboot.
"""

import json
import subprocess
import tempfile
import time
import unittest
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from ansible_playbook import DEPLOY, run_playbook

ADDRESS = "127.0.0.1:9393"
OF_WEB_01 = {"instance": "web-01", "severity": "ticket"}


class PatchSilencesTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.during = self.directory / "during.json"
        self.amtool_at(ADDRESS)

    def amtool_at(self, address: str) -> None:
        """amtool of the play, which on a server has its settings in a file of root's."""
        script = self.directory / "amtool"
        script.write_text(f'#!/bin/sh\nexec /usr/bin/amtool --alertmanager.url=http://{address} "$@"\n')
        script.chmod(0o700)

    def start_alertmanager(self) -> None:
        (self.directory / "alertmanager.yml").write_text("{ route: { receiver: none }, receivers: [{ name: none }] }\n")
        process = subprocess.Popen(
            (
                *("prometheus-alertmanager", f"--config.file={self.directory}/alertmanager.yml"),
                *(f"--storage.path={self.directory}/data", f"--web.listen-address={ADDRESS}"),
                "--cluster.listen-address=",
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 60
        while subprocess.run((self.directory / "amtool", "config", "show"), capture_output=True).returncode:
            self.assertLess(time.monotonic(), deadline, "Alertmanager does not start")
            time.sleep(0.2)

    def test_alerts_are_silenced_until_the_reboot_is_over(self) -> None:
        self.start_alertmanager()
        out = self.patch("group", "true")
        self.assertTrue(self.succeeded, out)
        self.assert_silences(json.loads(self.during.read_text()), timedelta(minutes=30), OF_WEB_01)
        self.assert_silences(self.silences(), timedelta(minutes=2), OF_WEB_01)

    def test_silences_end_after_a_failure_and_a_pair_has_one_more(self) -> None:
        self.start_alertmanager()
        out = self.patch("pair", "false")
        self.assertFalse(self.succeeded, out)
        silences = (OF_WEB_01, {"alertname": "SemiSyncFallenBack"})
        self.assert_silences(json.loads(self.during.read_text()), timedelta(minutes=30), *silences)
        self.assert_silences(self.silences(), timedelta(minutes=2), *silences)

    def test_an_alertmanager_that_does_not_answer_is_no_failure(self) -> None:
        self.amtool_at("127.0.0.1:1")
        out = self.patch("group", "true")
        self.assertTrue(self.succeeded, out)
        self.assertRegex(out, "Alerts are not silenced, .* Alertmanager on ops-01: .*connection refused")

    def test_a_server_of_ops_that_cannot_be_reached_is_no_failure(self) -> None:
        out = self.patch("group", "true", ops={"ops-01": {"ansible_connection": "ssh"}})
        self.assertTrue(self.succeeded, out)
        self.assertIn("Alertmanager on ops-01: it cannot be reached", out)

    def test_without_a_group_ops_nothing_is_silenced(self) -> None:
        out = self.patch("group", "true", ops={})
        self.assertTrue(self.succeeded, out)
        self.assertNotIn("Alertmanager", out)
        self.assertNotIn("TASK [alertmanager", out)

    def patch(self, inventory: str, upgrade: str, ops: dict[str, Any] | None = None) -> str:
        """Runs the play that upgrades web-01, with a command in place of its tasks that upgrade and reboot."""
        plays = yaml.safe_load((DEPLOY / "patch.yml").read_text())
        play, block = next((play, task) for play in plays for task in play.get("tasks", []) if "always" in task)
        own = [task for task in block["block"] if "alertmanager_silence" in json.dumps(task)]
        command = f"amtool --output=json silence query > {self.during}; {upgrade}"
        tasks = [block | {"block": [*own, {"name": "Upgrade", "ansible.builtin.shell": {"cmd": command}}]}]
        environment = {"PATH": f"{self.directory}:/usr/bin:/bin"}
        playbook = self.directory / "patch.yml"
        playbook.write_text(yaml.safe_dump([play | {"tasks": tasks, "environment": environment}]))
        hosts = self.inventory(inventory, {"ops-01": None} if ops is None else ops)
        result = run_playbook("-i", str(hosts), str(playbook), "-e", "host=web-01")
        self.succeeded = result.returncode == 0
        return result.stdout

    def inventory(self, name: str, ops: dict[str, Any]) -> Path:
        """That of the lab, in which each server is this one."""
        groups = yaml.safe_load((DEPLOY / "inventory" / "lab" / f"{name}.yml").read_text())
        groups["ops"] = {"hosts": ops}
        groups.setdefault("all", {}).setdefault("vars", {}).update(
            ansible_become=False, ansible_connection="local", ansible_host="127.0.0.1",
            ansible_port=1,  # where nobody listens
        )  # fmt: skip
        hosts = self.directory / "hosts.yml"
        hosts.write_text(yaml.safe_dump(groups))
        return hosts

    def silences(self) -> list[dict[str, Any]]:
        command = (self.directory / "amtool", "--output=json", "silence", "query")
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    def assert_silences(self, found: list[dict[str, Any]], last: timedelta, *expected: dict[str, str]) -> None:
        self.assertCountEqual(
            [{one["name"]: one["value"] for one in silence["matchers"]} for silence in found], expected
        )  # fmt: skip
        for silence in found:
            self.assertEqual(silence["comment"], "patch.yml -e host=web-01")
            made, end = (datetime.fromisoformat(silence[key]) for key in ("updatedAt", "endsAt"))
            self.assertAlmostEqual(end - made, last, delta=timedelta(seconds=5))


if __name__ == "__main__":
    unittest.main()
