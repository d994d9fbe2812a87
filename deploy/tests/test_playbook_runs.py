"""That a run of Ansible is told from one that is over."""

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
from playbook_runs import is_over  # noqa: E402

THIS = LookupModule().run([])[0]


def run(process: int, machine: str = "") -> str:
    return re.sub(r"process \d+$", f"process {process}", THIS.replace(platform.node(), machine or platform.node()))


class PlaybookRunsTests(unittest.TestCase):
    def test_a_run_says_which_process_it_is(self) -> None:
        self.assertRegex(THIS, rf"@{platform.node()}( \([0-9a-f]{{8}}\))?, process {os.getpid()}$")

    def test_a_machine_is_the_same_each_time(self) -> None:
        command = "from playbook_run import LookupModule; print(LookupModule().run([])[0])"
        path = Path(__file__).parents[1] / "plugins" / "lookup"
        said = subprocess.run([sys.executable, "-c", command], cwd=path, capture_output=True, text=True, check=True)
        self.assertTrue(is_over(said.stdout.strip(), THIS), said.stdout)

    def test_a_run_is_over_when_its_process_has_ended(self) -> None:
        ended = subprocess.Popen(["true"])
        ended.wait()
        self.assertTrue(is_over(run(ended.pid), THIS))
        self.assertFalse(is_over(run(os.getpid()), THIS))

    def test_nobody_knows_of_runs_of_other_machines(self) -> None:
        self.assertFalse(is_over(run(2**22 + 1, "elsewhere"), THIS))
        self.assertFalse(is_over(run(2**22 + 1).replace(", process", " (00000000), process"), THIS))
        self.assertFalse(is_over("somebody's own unit", THIS))


if __name__ == "__main__":
    unittest.main()
