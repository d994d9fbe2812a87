"""Tests the reasons for a reboot that roles/status/files/reboot-due prints for a tree of files."""

import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "roles" / "status" / "files" / "reboot-due"
LIBRARY = "7f0a1c000000-7f0a1c001000 r-xp 00026000 fd:01 1234      /usr/lib/x86_64-linux-gnu/libssl.so.3"
UNIT = "0::/system.slice/nginx.service\n"
IN_USE = "files were replaced that are in use by "


class RebootDueTests(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name: str, text: str = "") -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def process(self, pid: int, maps: str, cgroup: str = UNIT) -> None:
        self.write(f"proc/{pid}/maps", f"{maps}\n")
        self.write(f"proc/{pid}/cgroup", cgroup)

    def assert_says(self, *lines: str) -> None:
        done = subprocess.run(["bash", str(SCRIPT), str(self.root)], capture_output=True, text=True, check=True)
        self.assertEqual((done.stdout.splitlines(), done.stderr), (list(lines), ""))

    def test_a_server_without_a_reason_prints_nothing(self) -> None:
        self.assert_says()
        self.process(7, LIBRARY)
        self.write(f"boot/vmlinuz-{os.uname().release}")
        self.write(f"boot/vmlinuz-0.1-{os.uname().release.partition('-')[2]}")
        self.assert_says()

    def test_a_reboot_requested_by_a_package_is_reported(self) -> None:
        self.write("run/reboot-required")
        self.assert_says("requested by a package")
        self.write("run/reboot-required.pkgs", "linux-image-amd64\ndbus\ndbus\n")
        self.assert_says("requested by dbus linux-image-amd64")

    def test_a_newer_kernel_than_the_running_one_is_reported(self) -> None:
        kind = os.uname().release.partition("-")[2]
        for version in (os.uname().release, f"999.9-{kind}", f"999.10-{kind}", f"999.11-another-{kind}"):
            self.write(f"boot/vmlinuz-{version}")
        self.assert_says(f"the kernel 999.10-{kind} is installed, and {os.uname().release} runs")

    def test_each_service_is_listed_once_and_in_order(self) -> None:
        self.process(10, f"{LIBRARY} (deleted)")
        self.process(11, f"{LIBRARY} (deleted)")
        self.process(9, f"{LIBRARY} (deleted)", "0::/system.slice/foobar.service\n")
        self.process(1, f"{LIBRARY} (deleted)", "0::/init.scope\n")
        self.process(12, f"{LIBRARY} (deleted)", "0::/system.slice/system-getty.slice/getty@tty1.service\n")
        self.process(13, f"{LIBRARY} (deleted)", "0::/system.slice/systemd-udevd.service/udev\n")
        self.assert_says(f"{IN_USE}foobar getty@tty1 nginx systemd systemd-udevd")

    def test_processes_that_are_no_services_are_ignored(self) -> None:
        self.process(10, f"{LIBRARY} (deleted)", "0::/user.slice/user-0.slice/session-3.scope\n")
        self.process(11, f"{LIBRARY} (deleted)", "0::/user.slice/user-0.slice/user@0.service/init.scope\n")
        self.process(12, f"{LIBRARY} (deleted)", "0::/system.slice/docker-0123.scope/system.slice/nginx.service\n")
        self.assert_says()

    def test_files_that_are_neither_programs_nor_libraries_are_ignored(self) -> None:
        for mapped in ("/memfd:doublemapper", "/dev/shm/usr/x", "/tmp/usr/lib/x", "/dev/zero", "/SYSV00000000"):
            self.process(10, f"7f0a1c000000-7f0a1c001000 rwxs 00000000 00:01 1234      {mapped} (deleted)")
            with self.subTest(mapped):
                self.assert_says()
        self.process(10, f"{LIBRARY.replace('r-xp', 'r--p')} (deleted)")
        self.assert_says()

    def test_a_replaced_program_is_found_in_a_real_process(self) -> None:
        """Uses the maps of a real process; only its control group is written by the test."""
        if not os.access("/usr/local/bin", os.W_OK):
            self.skipTest("/usr/local/bin cannot be written")
        program = Path("/usr/local/bin/foobar-reboot-due-test")
        self.addCleanup(program.unlink, missing_ok=True)
        shutil.copy("/usr/bin/sleep", program)
        process = subprocess.Popen([program, "60"])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        maps = Path(f"/proc/{process.pid}/maps")
        deadline = time.monotonic() + 10
        while str(program) not in maps.read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.process(process.pid, maps.read_text())
        self.assert_says()
        new = program.with_suffix(".new")
        shutil.copy("/usr/bin/sleep", new)
        new.rename(program)
        self.process(process.pid, maps.read_text())
        self.assert_says(f"{IN_USE}nginx")


if __name__ == "__main__":
    unittest.main()
