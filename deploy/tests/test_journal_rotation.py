"""journal-remote-rotate: how received journals are removed by age."""

import os
import subprocess
import time
import unittest
from pathlib import Path

from journal_case import Entry, JournalCase

SCRIPT = Path(__file__).parents[1] / "roles" / "journal_remote" / "files" / "journal-remote-rotate"
HOUR = 3600


class JournalRotationTests(JournalCase):
    def rotate(self, days: int = 14) -> None:
        result = subprocess.run((SCRIPT, self.journals, str(days)), capture_output=True, text=True, timeout=60)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def names(self) -> list[str]:
        return sorted(file.name for file in self.journals.iterdir())

    def aged(self, name: str, hours: float) -> None:
        file = self.journals / name
        file.touch()
        os.utime(file, times=(time.time() - hours * HOUR,) * 2)

    def test_a_file_gets_the_name_of_a_full_one(self) -> None:
        self.journal("web-01", Entry(1_790_000_000, "web-01", "foobar", "one"))
        self.rotate()
        (name,) = self.names()
        self.assertRegex(name, rf"^web-01@[0-9a-f]{{32}}-0{{15}}1-{1_790_000_000_000_000:016x}\.journal$")

    def test_its_lines_stay_readable_and_new_ones_go_to_another_file(self) -> None:
        for message in ("one", "two"):
            self.journal("web-01", Entry(1_790_000_000, "web-01", "foobar", message))
            self.rotate()
        command = ("journalctl", "--quiet", "--directory", str(self.journals), "--output", "cat")
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual((sorted(lines), len(self.names())), (["one", "two"], 2))

    def test_a_file_without_lines_stays_as_it_is(self) -> None:
        self.journal("web-01")
        names = self.names()
        self.rotate()
        self.assertEqual(self.names(), names)

    def test_no_line_is_kept_longer_than_the_days(self) -> None:
        """A file has the lines of the day before its last one."""
        for hours in (12, 12 * 24, 13 * 24 + 1, 90 * 24):
            self.aged(f"web-01@{hours}.journal", hours)
        self.aged("web-02@broken.journal~", 90 * 24)
        self.rotate()
        self.assertEqual(self.names(), ["web-01@12.journal", f"web-01@{12 * 24}.journal"])

    def test_the_fewest_days_keep_the_last_day(self) -> None:
        self.aged("web-01@1.journal", 1)
        self.aged("web-01@25.journal", 25)
        self.rotate(days=2)
        self.assertEqual(self.names(), ["web-01@1.journal"])

    def test_an_empty_directory_is_no_error(self) -> None:
        self.rotate()
        self.assertEqual(self.names(), [])


if __name__ == "__main__":
    unittest.main()
