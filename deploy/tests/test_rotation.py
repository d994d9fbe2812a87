"""Drains a web server at a HAProxy that is two scripts here."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROTATION = Path(__file__).parents[1] / "roles" / "haproxy" / "files" / "rotation"
SOCAT = """#!/bin/sh
read -r asked
echo "$asked" >>{directory}/asked
case $asked in "show stat") cat {directory}/stat ;; esac
"""
HEAD = "# pxname,svname,qcur,qmax,scur,smax,...\n"


class RotationTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.command("socat", SOCAT.format(directory=self.directory))
        for name in ("systemctl", "haproxy-remember"):
            self.command(name, "#!/bin/sh\n")

    def test_a_server_is_drained_in_every_backend(self) -> None:
        self.stat(line("ready", "web-01"), line("alive", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.rotation("drain", "web-01", "1"), (0, "drained\n", ""))
        asked = (self.directory / "asked").read_text()
        self.assertIn("set server ready/web-01 state drain\nset server alive/web-01 state drain\n", asked)
        self.assertNotIn("/web-02", asked)

    def test_visitors_are_waited_for(self) -> None:
        self.stat(line("ready", "web-01", visitors=2))
        self.assertEqual(self.rotation("drain", "web-01", "0"), (0, "2 requests are still under way after 0 s\n", ""))

    def test_who_is_asked_and_says_nothing_has_drained_nobody(self) -> None:
        (self.directory / "stat").write_text("")
        for verb in ("look", "drain", "undrain"):
            code, said, error = self.rotation(verb, "web-01", "1")
            self.assertEqual((code, said), (1, ""))
            self.assertIn("HAProxy does not say how its servers are\n", error)

    def test_who_cannot_be_asked_has_drained_nobody(self) -> None:
        self.command("socat", "#!/bin/sh\nexit 1\n")
        self.assertEqual(self.rotation("drain", "web-01", "1")[:2], (1, ""))

    def test_a_server_that_is_not_known_is_not_drained(self) -> None:
        self.stat(line("ready", "web-02"))
        self.assertEqual(self.rotation("look", "web-01"), (0, "unknown\n", ""))
        self.assertEqual(self.rotation("drain", "web-01", "1"), (1, "", "HAProxy knows no web server web-01\n"))

    def test_the_last_one_is_told_from_one_that_can_be_spared(self) -> None:
        self.stat(line("ready", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.rotation("look", "web-01"), (0, "spare\n", ""))
        self.stat(line("ready", "web-01"), line("ready", "web-02", "DOWN"))
        self.assertEqual(self.rotation("look", "web-01"), (0, "last\n", ""))
        self.assertEqual(self.rotation("look", "web-02"), (0, "idle\n", ""))
        self.stat(line("ready", "web-01", "DRAIN"))
        self.assertEqual(self.rotation("look", "web-01"), (0, "drained\n", ""))
        self.stat(line("ready", "web-01", "MAINT"))
        self.assertEqual(self.rotation("look", "web-01"), (0, "drained\n", ""))

    def test_answers_are_counted_in_every_backend(self) -> None:
        self.stat(line("ready", "web-01"), line("alive", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.rotation("count", "web-01"), (0, "28 10\n", ""))

    def command(self, name: str, content: str) -> None:
        (self.directory / name).write_text(content)
        (self.directory / name).chmod(0o700)

    def stat(self, *lines: str) -> None:
        (self.directory / "stat").write_text(HEAD + "".join(lines))

    def rotation(self, *arguments: str) -> tuple[int, str, str]:
        path = f"{self.directory}:{os.environ['PATH']}"
        its = subprocess.run(
            ["bash", str(ROTATION), *arguments], env={"PATH": path}, capture_output=True, text=True, timeout=30
        )
        return its.returncode, its.stdout, its.stderr


def line(backend: str, server: str, state: str = "UP", visitors: int = 0) -> str:
    """With what is looked at: 3 waiting, 5 visitors, 18 how it is, 40 to 44 answers with 1xx to 5xx."""
    return f"{backend},{server},0,0,{visitors},{',' * 12}{state},{',' * 21}1,2,3,4,5,\n"


if __name__ == "__main__":
    unittest.main()
