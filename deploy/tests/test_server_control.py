"""Tests how server-control drains a web server, with scripts in place of HAProxy's socket and systemctl."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SERVER_CONTROL = Path(__file__).parents[1] / "roles" / "haproxy" / "files" / "server-control"
SOCAT = """#!/bin/sh
read -r command
echo "$command" >>{directory}/commands
case $command in "show stat") cat {directory}/stat ;; esac
"""
HEADER = "# pxname,svname,qcur,qmax,scur,smax,...\n"


class ServerControlTests(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        self.command("socat", SOCAT.format(directory=self.directory))
        for name in ("systemctl", "haproxy-save-state"):
            self.command(name, "#!/bin/sh\n")

    def test_server_is_drained_in_every_backend(self) -> None:
        self.stat(line("ready", "web-01"), line("alive", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.server_control("drain", "web-01", "1"), (0, "drained\n", ""))
        commands = (self.directory / "commands").read_text()
        self.assertIn("set server ready/web-01 state drain\nset server alive/web-01 state drain\n", commands)
        self.assertNotIn("/web-02", commands)

    def test_drain_waits_for_requests_in_progress(self) -> None:
        self.stat(line("ready", "web-01", sessions=2))
        self.assertEqual(
            self.server_control("drain", "web-01", "0"), (0, "2 requests are still in progress after 0 s\n", "")
        )

    def test_drain_saves_the_state_on_a_balancer_of_an_earlier_release(self) -> None:
        (self.directory / "haproxy-save-state").unlink()
        self.command("haproxy-remember", f"#!/bin/sh\ntouch {self.directory}/saved\n")
        self.stat(line("ready", "web-01"))
        self.assertEqual(self.server_control("drain", "web-01", "1"), (0, "drained\n", ""))
        self.assertTrue((self.directory / "saved").exists())

    def test_empty_output_of_haproxy_is_an_error(self) -> None:
        (self.directory / "stat").write_text("")
        for command in ("state", "drain", "undrain"):
            code, output, error = self.server_control(command, "web-01", "1")
            self.assertEqual((code, output), (1, ""))
            self.assertIn("HAProxy does not print the state of its servers\n", error)

    def test_unreachable_socket_is_an_error(self) -> None:
        self.command("socat", "#!/bin/sh\nexit 1\n")
        self.assertEqual(self.server_control("drain", "web-01", "1")[:2], (1, ""))

    def test_unknown_server_is_not_drained(self) -> None:
        self.stat(line("ready", "web-02"))
        self.assertEqual(self.server_control("state", "web-01"), (0, "unknown\n", ""))
        self.assertEqual(self.server_control("drain", "web-01", "1"), (1, "", "HAProxy knows no web server web-01\n"))

    def test_state_tells_the_last_server_that_is_up(self) -> None:
        self.stat(line("ready", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.server_control("state", "web-01"), (0, "up\n", ""))
        self.stat(line("ready", "web-01"), line("ready", "web-02", "DOWN"))
        self.assertEqual(self.server_control("state", "web-01"), (0, "last-up\n", ""))
        self.assertEqual(self.server_control("state", "web-02"), (0, "down\n", ""))
        self.stat(line("ready", "web-01", "DRAIN"))
        self.assertEqual(self.server_control("state", "web-01"), (0, "drained\n", ""))
        self.stat(line("ready", "web-01", "MAINT"))
        self.assertEqual(self.server_control("state", "web-01"), (0, "drained\n", ""))

    def test_responses_are_counted_in_every_backend(self) -> None:
        self.stat(line("ready", "web-01"), line("alive", "web-01"), line("ready", "web-02"))
        self.assertEqual(self.server_control("responses", "web-01"), (0, "28 10\n", ""))

    def command(self, name: str, content: str) -> None:
        (self.directory / name).write_text(content)
        (self.directory / name).chmod(0o700)

    def stat(self, *lines: str) -> None:
        (self.directory / "stat").write_text(HEADER + "".join(lines))

    def server_control(self, *arguments: str) -> tuple[int, str, str]:
        path = f"{self.directory}:{os.environ['PATH']}"
        result = subprocess.run(
            ["bash", str(SERVER_CONTROL), *arguments], env={"PATH": path}, capture_output=True, text=True, timeout=30
        )
        return result.returncode, result.stdout, result.stderr


def line(backend: str, server: str, status: str = "UP", sessions: int = 0) -> str:
    """With the fields that are read: 3 queued requests, 5 sessions, 18 status, 40 to 44 responses with 1xx to 5xx."""
    return f"{backend},{server},0,0,{sessions},{',' * 12}{status},{',' * 21}1,2,3,4,5,\n"


if __name__ == "__main__":
    unittest.main()
