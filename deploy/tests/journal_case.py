"""Makes journals for tests, with systemd-journal-remote, as the server in the group ops has them."""

import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any, NamedTuple

BOOT = "0123456789abcdef0123456789abcdef"
WRITER = "/usr/lib/systemd/systemd-journal-remote"


class Entry(NamedTuple):
    seconds: float
    host: str
    program: str
    message: str | bytes

    def exported(self) -> bytes:
        """The entry in systemd's export format, in which a field that is no line of text has its length in front."""
        microseconds = round(self.seconds * 1_000_000)
        fields: dict[str, Any] = {
            "__REALTIME_TIMESTAMP": microseconds,
            "__MONOTONIC_TIMESTAMP": microseconds % 10**12,
            "_BOOT_ID": BOOT,
            "_HOSTNAME": self.host,
            "SYSLOG_IDENTIFIER": self.program,
        }
        message = self.message if isinstance(self.message, bytes) else self.message.encode()
        text = "".join(f"{name}={value}\n" for name, value in fields.items()).encode()
        return text + b"MESSAGE\n" + len(message).to_bytes(8, "little") + message + b"\n\n"


class JournalCase(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.journals = self.directory / "journals"
        self.journals.mkdir()

    def journal(self, server: str, *entries: Entry) -> Path:
        """Writes the entries to the server's journal, in this order."""
        file = self.journals / f"{server}.journal"
        data = b"".join(entry.exported() for entry in entries)
        result = subprocess.run((WRITER, f"--output={file}", "-"), input=data, capture_output=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)
        return file
