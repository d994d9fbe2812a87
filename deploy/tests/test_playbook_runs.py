"""That a run of Ansible is told from one that is over."""

import os
import platform
import subprocess
import sys
import unittest
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))
sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "lookup"))

from playbook_run import LookupModule  # noqa: E402
from playbook_runs import is_over  # noqa: E402


def run(process: int, name: str = platform.node(), number: int = uuid.getnode()) -> str:
    return f"deploy.yml by anna@{name} ({number:012x}), process {process}"


class PlaybookRunsTests(unittest.TestCase):
    def test_a_run_says_which_process_it_is(self) -> None:
        said = LookupModule().run([])[0]
        self.assertTrue(said.endswith(f"@{platform.node()} ({uuid.getnode():012x}), process {os.getpid()}"), said)

    def test_a_run_is_over_when_its_process_has_ended(self) -> None:
        ended = subprocess.Popen(["true"])
        ended.wait()
        self.assertTrue(is_over(run(ended.pid)))
        self.assertFalse(is_over(run(os.getpid())))

    def test_nobody_knows_of_runs_of_other_machines(self) -> None:
        self.assertFalse(is_over(run(2**22 + 1, "elsewhere")))
        self.assertFalse(is_over(run(2**22 + 1, number=uuid.getnode() ^ 1)))
        self.assertFalse(is_over("somebody's own unit"))


if __name__ == "__main__":
    unittest.main()
