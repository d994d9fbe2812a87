"""The releases and static files that stay on a web server. Runs the commands of the tasks in a directory."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import yaml

APPLICATION = Path(__file__).parents[1] / "roles" / "application"

# The tasks under test, each by its file and its name.
PUBLISH = ("publish-assets", "Link the static files of all releases for nginx")
PRUNE = ("main", "Remove old releases and their static files")


class ReleasesTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        (self.directory / "assets").mkdir()
        self.unpacked = 0

    def test_a_file_stays_as_long_as_a_release_contains_it(self) -> None:
        for release in ("one", "two", "three", "four"):
            self.roll_out(release, "site-1.css", f"{release}.js")
        self.assertEqual(self.names("releases"), {"two", "three", "four"})
        self.assertEqual(self.names("assets"), {"site-1.css", "two.js", "three.js", "four.js"})

    def test_a_second_run_changes_nothing(self) -> None:
        self.roll_out("one", "site-1.css")
        self.roll_out("two", "site-1.css")
        self.assertEqual(self.run_task(*PUBLISH) + self.run_task(*PRUNE), "")

    def test_a_partly_unpacked_release_is_removed(self) -> None:
        self.unpack("one.new", "half.css")
        self.roll_out("one", "site-1.css")
        self.assertEqual(self.names("releases"), {"one"})
        self.assertEqual(self.names("assets"), {"site-1.css"})

    def test_a_release_without_files_publishes_none(self) -> None:
        self.roll_out("one")
        self.assertEqual(self.names("assets"), set())

    def test_the_modification_time_depends_on_the_content(self) -> None:
        times = [self.extract("favicon.ico", content) for content in (b"one", b"two", b"one")]
        self.assertNotEqual(times[0], times[1])
        self.assertEqual(times[0], times[2])

    def extract(self, name: str, content: bytes) -> float:
        with zipfile.ZipFile(self.directory / "foobar.jar", "w") as jar:
            jar.writestr(zipfile.ZipInfo(f"static/{name}"), content)
        subprocess.run([sys.executable, APPLICATION / "files" / "extract-assets"], cwd=self.directory, check=True)
        return (self.directory / "static" / name).stat().st_mtime

    def roll_out(self, release: str, *files: str) -> None:
        self.unpack(release, *files)
        self.run_task(*PUBLISH)
        current = self.directory / "current"
        if current.is_symlink():
            current.replace(self.directory / "previous")
        current.symlink_to(f"releases/{release}")
        self.run_task(*PRUNE)

    def unpack(self, release: str, *files: str) -> None:
        assets = self.directory / "releases" / release / "assets"
        assets.mkdir(parents=True)
        for file in files:
            (assets / file).touch()
        self.unpacked += 1
        os.utime(assets.parent, (self.unpacked, self.unpacked))

    def run_task(self, file: str, name: str) -> str:
        """The output of the task, which is empty if it has changed nothing."""
        tasks = yaml.safe_load((APPLICATION / "tasks" / f"{file}.yml").read_text())
        (task,) = (task for task in tasks if task["name"] == name)
        arguments = task.get("ansible.builtin.shell") or task["ansible.builtin.command"]
        command = ("sh", "-ec", arguments["cmd"])
        return subprocess.run(command, cwd=self.directory, check=True, stdout=subprocess.PIPE, text=True).stdout

    def names(self, directory: str) -> set[str]:
        return {path.name for path in (self.directory / directory).iterdir()}


if __name__ == "__main__":
    unittest.main()
