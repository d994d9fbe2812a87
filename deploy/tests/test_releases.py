"""Which releases and files of theirs are kept on a web server: what the tasks run there, in a directory."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import yaml

APPLICATION = Path(__file__).parents[1] / "roles" / "application"
TASKS = APPLICATION / "tasks"


class ReleasesTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        (self.directory / "assets").mkdir()
        self.brought = 0

    def test_a_file_stays_as_long_as_a_release_has_it(self) -> None:
        for release in ("one", "two", "three", "four"):
            self.roll_out(release, "site-1.css", f"{release}.js")
        self.assertEqual(self.names("releases"), {"two", "three", "four"})
        self.assertEqual(self.names("assets"), {"site-1.css", "two.js", "three.js", "four.js"})

    def test_a_second_run_changes_nothing(self) -> None:
        self.roll_out("one", "site-1.css")
        self.roll_out("two", "site-1.css")
        self.assertEqual(self.run_task("publish-assets") + self.run_task("prune-releases"), "")

    def test_what_was_left_half_unpacked_goes(self) -> None:
        self.bring("one.new", "half.css")
        self.roll_out("one", "site-1.css")
        self.assertEqual(self.names("releases"), {"one"})
        self.assertEqual(self.names("assets"), {"site-1.css"})

    def test_a_release_without_files_leaves_none(self) -> None:
        self.roll_out("one")
        self.assertEqual(self.names("assets"), set())

    def test_a_file_with_other_content_has_another_time(self) -> None:
        times = [self.taken_out("favicon.ico", content) for content in (b"one", b"two", b"one")]
        self.assertNotEqual(times[0], times[1])
        self.assertEqual(times[0], times[2])

    def taken_out(self, name: str, content: bytes) -> float:
        with zipfile.ZipFile(self.directory / "foobar.jar", "w") as jar:
            jar.writestr(zipfile.ZipInfo(f"static/{name}"), content)
        subprocess.run([sys.executable, APPLICATION / "files" / "extract-assets"], cwd=self.directory, check=True)
        return (self.directory / "static" / name).stat().st_mtime

    def roll_out(self, release: str, *files: str) -> None:
        self.bring(release, *files)
        self.run_task("publish-assets")
        current = self.directory / "current"
        if current.is_symlink():
            current.replace(self.directory / "previous")
        current.symlink_to(f"releases/{release}")
        self.run_task("prune-releases")

    def bring(self, release: str, *files: str) -> None:
        assets = self.directory / "releases" / release / "assets"
        assets.mkdir(parents=True)
        for file in files:
            (assets / file).touch()
        self.brought += 1
        os.utime(assets.parent, (self.brought, self.brought))

    def run_task(self, name: str) -> str:
        """What it says that it has changed."""
        (task,) = yaml.safe_load((TASKS / f"{name}.yml").read_text())
        arguments = task.get("ansible.builtin.shell") or task["ansible.builtin.command"]
        command = ("sh", "-ec", arguments["cmd"])
        return subprocess.run(command, cwd=self.directory, check=True, stdout=subprocess.PIPE, text=True).stdout

    def names(self, directory: str) -> set[str]:
        return {path.name for path in (self.directory / directory).iterdir()}


if __name__ == "__main__":
    unittest.main()
