"""What find-request.yml prints of a request, from journals that systemd-journal-remote has written."""

import json
import subprocess
import sys
import time
import unittest
from pathlib import Path

from journal_case import Entry, JournalCase

SCRIPT = Path(__file__).parents[1] / "roles" / "request_log" / "files" / "find-request"
AT = 1_790_000_000.25  # 2026-09-21 14:13:20.250 UTC


def request_id(seconds: float, last: str = "000000000001") -> str:
    milliseconds = f"{round(seconds * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-7c8b-9a53-{last}"


ID, OTHER = request_id(AT), request_id(AT, "000000000002")
SLOW = [
    "# Time: 2026-09-21T14:13:21.000000Z",
    "# User@Host: foobar[foobar] @ web-01 [10.0.0.21]  Id:   {number}",
    "# Query_time: 1.200000  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 9",
    "SET timestamp=1790000001;",
    "SELECT {number} FROM article;",
]


def access(seconds: float, host: str, program: str, id_: str = ID) -> Entry:
    return Entry(AT + seconds, host, program, json.dumps({"id": id_, "path": "/"}))


def statement(seconds: float, **fields: str | int) -> Entry:
    message = {"logger_name": "com.foobar.database.StatementLog", "id": ID, **fields}
    return Entry(AT + seconds, "web-01", "foobar", json.dumps(message))


def slow(seconds: float, host: str, number: int) -> list[Entry]:
    return [Entry(AT + seconds, host, "mysql-slow-log", line.format(number=number)) for line in SLOW]


class RequestLogTests(JournalCase):
    def find(self, id_: str = ID, *options: str, code: int = 0) -> str:
        command = (sys.executable, SCRIPT, id_, "--directory", self.journals, "--servers", "lb-01,web-01,web-02")
        result = subprocess.run((*command, *options), capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout if code == 0 else result.stderr

    def found(self, id_: str = ID) -> list[str]:
        """The host and the program of each line."""
        return [" ".join(line.split()[2:4]) for line in self.find(id_).splitlines() if not line.startswith("    ")]

    def test_lines_of_all_servers_are_in_order_of_time(self) -> None:
        self.journal("lb-01", access(0.4, "lb-01", "haproxy"))
        self.journal("web-01", access(0.1, "web-01", "foobar"), access(0.2, "web-01", "nginx"))
        self.assertEqual(self.found(), ["web-01 foobar", "web-01 nginx", "lb-01 haproxy"])

    def test_a_line_has_its_time_host_program_and_message(self) -> None:
        self.journal("lb-01", access(0, "lb-01", "haproxy"))
        expected = f'2026-09-21 14:13:20.250  lb-01  haproxy  {{"id": "{ID}", "path": "/"}}\n'
        self.assertEqual(self.find(), expected)
        self.assertEqual(self.find(ID.upper()), expected)

    def test_other_requests_and_programs_are_left_out(self) -> None:
        self.journal("lb-01", access(0, "lb-01", "haproxy", OTHER), access(0.1, "lb-01", "haproxy"))
        self.journal("web-01", access(0, "web-01", "sshd"))
        self.assertEqual(self.found(), ["lb-01 haproxy"])

    def test_lines_that_arrived_late_are_found(self) -> None:
        """Another namespace's newer lines are before them in the journal."""
        later = [Entry(AT + 3600 + count, "web-01", "foobar", f"later {count}") for count in range(500)]
        late = [access(count / 1000 - 0.4, "web-01", "nginx", OTHER) for count in range(300)]
        self.journal("web-01", *later, *late, access(0, "web-01", "nginx"))
        self.assertEqual(self.found(), ["web-01 nginx"])

    def test_a_line_that_was_sent_again_is_printed_once(self) -> None:
        self.journal("lb-01", access(0, "lb-01", "haproxy"), access(0, "lb-01", "haproxy"))
        self.assertEqual(self.found(), ["lb-01 haproxy"])

    def test_a_request_of_minutes_is_found(self) -> None:
        self.journal("lb-01", access(590, "lb-01", "haproxy"))
        self.assertEqual(self.found(), ["lb-01 haproxy"])

    def test_a_message_that_is_no_text_is_printed(self) -> None:
        self.journal("web-01", Entry(AT, "web-01", "foobar", b"\xff\n" + ID.encode()))
        self.assertIn(f"\ufffd\n    {ID}", self.find())

    def test_the_slow_log_of_the_connection_is_found(self) -> None:
        self.journal("web-01", statement(1, server="web-02", connection="7", message="slow"))
        self.journal("web-02", *slow(0.7, "web-02", 70), *slow(0.8, "web-02", 7), *slow(0.9, "web-02", 17))
        self.journal("ops-01", *slow(0.8, "ops-01", 7))
        self.assertEqual(self.found(), ["web-02 mysql-slow-log", "web-01 foobar"])
        self.assertIn("\n    SELECT 7 FROM article;\n", self.find())

    def test_the_error_log_of_the_connection_is_found(self) -> None:
        errors = [
            Entry(AT, "web-02", "mysqld", f"2026-09-21T14:13:20.3Z {number} [Warning] [MY-010055] [Server] lost")
            for number in (7, 70, 17)
        ]
        self.journal("web-02", *errors)
        self.journal("web-01", statement(1, message="failed: server=web-02:3306 connection=7, after 3 s"))
        self.assertEqual(self.found(), ["web-02 mysqld", "web-01 foobar"])
        self.assertIn("Z 7 [Warning]", self.find())

    def test_a_connection_number_of_another_logger_is_not_followed(self) -> None:
        entry = Entry(AT, "web-01", "foobar", json.dumps({"id": ID, "server": "web-02", "connection": 7}))
        self.journal("web-01", entry)
        self.journal("web-02", *slow(0.8, "web-02", 7))
        self.assertEqual(self.found(), ["web-01 foobar"])

    def test_who_finds_nothing_is_told_what_to_check(self) -> None:
        self.journal("lb-01", access(0, "lb-01", "haproxy", OTHER))
        text = self.find(request_id(time.time() - 60), code=1)
        self.assertRegex(text, r"No line has the id \[.*\]\. It was made at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.\n")
        self.assertRegex(text, r"lb-01: last line received \d{4}-\d\d-\d\d")
        self.assertIn("web-01: last line received never", text)
        self.assertNotIn("future", text)
        self.assertNotIn("days ago", text)

    def test_an_old_request_and_one_of_the_future_are_named(self) -> None:
        self.assertIn("more than 3 days ago", self.find(request_id(time.time() - 4 * 86400), "--days", "3", code=1))
        self.assertIn("in the future", self.find(request_id(time.time() + 3600), code=1))

    def test_what_is_no_id_is_refused(self) -> None:
        for id_ in ("", "1", ID[:-1], ID + "0", ID.replace("-7", "-4", 1), ".*", f"{ID}\n"):
            self.assertIn("is no request id", self.find(id_, code=2))

    def test_a_missing_directory_is_named(self) -> None:
        self.journals.rmdir()
        self.assertIn(f"The journals in {self.journals} cannot be read", self.find(code=2))


if __name__ == "__main__":
    unittest.main()
