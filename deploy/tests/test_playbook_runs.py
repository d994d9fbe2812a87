"""The lookup that identifies a run of Ansible, and the filter that finds out whether it has ended."""

import os
import platform
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))
sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "lookup"))

from playbook_run import LookupModule  # noqa: E402
from playbook_run_ended import playbook_run_ended  # noqa: E402

THIS = LookupModule().run([])[0]


def run(process: int, machine: str = "") -> str:
    return re.sub(r"process \d+$", f"process {process}", THIS.replace(platform.node(), machine or platform.node()))


class PlaybookRunsTests(unittest.TestCase):
    def test_a_run_is_identified_by_its_process(self) -> None:
        self.assertRegex(THIS, rf"@{platform.node()}( \([0-9a-f]{{8}}\))?, process {os.getpid()}$")

    def test_a_machine_has_the_same_name_in_every_run(self) -> None:
        command = "from playbook_run import LookupModule; print(LookupModule().run([])[0])"
        path = Path(__file__).parents[1] / "plugins" / "lookup"
        said = subprocess.run([sys.executable, "-c", command], cwd=path, capture_output=True, text=True, check=True)
        self.assertTrue(playbook_run_ended(said.stdout.strip(), THIS), said.stdout)

    def test_a_run_has_ended_with_its_process(self) -> None:
        ended = subprocess.Popen(["true"])
        ended.wait()
        self.assertTrue(playbook_run_ended(run(ended.pid), THIS))
        self.assertFalse(playbook_run_ended(run(os.getpid()), THIS))

    def test_runs_on_other_machines_are_unknown(self) -> None:
        self.assertFalse(playbook_run_ended(run(2**22 + 1, "elsewhere"), THIS))
        self.assertFalse(playbook_run_ended(run(2**22 + 1).replace(", process", " (00000000), process"), THIS))
        self.assertFalse(playbook_run_ended("somebody's own unit", THIS))


if __name__ == "__main__":
    unittest.main()
