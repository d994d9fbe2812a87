"""Compares the rendered configuration files of the lab's servers with those in golden/.

A difference that is meant is taken over with: UPDATE=1 python3 deploy/tests/test_rendered.py
"""

import difflib
import os
import re
import tempfile
import unittest
from pathlib import Path

from ansible_playbook import render

GOLDEN = Path(__file__).parent / "golden"
SERVERS = "lb-01,web-01"  # the others get the same, but for names and addresses


def without_comments(path: Path) -> list[str]:
    lines = [re.sub(r"(^|\s+)#.*", "", line) for line in path.read_text().splitlines()]
    return [line for line in lines if line.strip() and "secret" not in line]


class RenderedTests(unittest.TestCase):
    maxDiff = None

    def test_rendered_configuration_equals_the_golden_files(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            render(
                "render.yml", "-i", "inventory/lab/group.yml", "--limit", SERVERS, "-e", f"directory={directory}"
            )  # fmt: skip
            rendered = {path.name: without_comments(path) for path in sorted(Path(directory).iterdir())}
        if os.environ.get("UPDATE"):
            for name, lines in rendered.items():
                (GOLDEN / name).write_text("\n".join(lines) + "\n")
        golden = {path.name: path.read_text().splitlines() for path in sorted(GOLDEN.iterdir())}
        self.assertEqual(sorted(rendered), sorted(golden))
        for name, lines in rendered.items():
            difference = difflib.unified_diff(golden[name], lines, f"golden/{name}", "rendered", lineterm="", n=2)
            self.assertEqual("\n".join(difference), "", __doc__)

    def test_application_and_mysql_log_the_same_statements(self) -> None:
        application = (GOLDEN / "web-01-application.yaml").read_text()
        mysql = (GOLDEN / "web-01-mysqld.cnf").read_text()
        milliseconds = re.search(r"slow-statement: ([0-9]+)ms", application)[1]
        seconds = re.search(r"long_query_time = ([0-9.]+)", mysql)[1]
        self.assertEqual(int(milliseconds), float(seconds) * 1000)


if __name__ == "__main__":
    unittest.main()
