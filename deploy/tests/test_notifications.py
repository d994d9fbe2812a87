"""Prometheus and Alertmanager as rendered, with the receivers of the lab: notifications of alerts are sent, by mail and by
webhook, and the dead man's switch is called every minute.
"""

import email
import email.message
import email.policy
import json
import re
import subprocess
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

from monitoring_case import DEPLOY, LOCAL, OPERATOR, MonitoringCase

RULES = """
groups:
  - name: test
    rules:
      - alert: Watchdog
        expr: vector(1)
        labels: { severity: none }
      - alert: NoPrimary
        expr: vector(1)
        labels: { severity: page }
        annotations:
          summary: No database takes writes.
          description: Run status.yml.
          runbook_url: https://foobar.test/MONITORING.md#noprimary
      - alert: WritesWaiting
        expr: vector(1)
        labels: { severity: ticket }
      - alert: RebootDue
        expr: vector(1)
        labels: { severity: ticket, instance: web-01 }
        annotations: { summary: web-01 should be rebooted. }
      - alert: NoneOfIts
        expr: up{job="prometheus"} == 0 or up{job="alertmanager"} == 0
        labels: { severity: page, instance: own }
"""


class NotificationsTests(MonitoringCase):
    def test_notifications_reach_their_receivers(self) -> None:
        self.render("example", address="127.0.0.1", prometheus_scrape_interval_seconds=1)
        (self.directory / "rules").mkdir()
        (self.directory / "rules" / "test.yml").write_text(RULES)
        for name in ("consoles", "console_libraries", "web"):
            (self.directory / name).mkdir()
        self.start_receivers()
        self.start_alertmanager()
        self.start(*self.command_of("prometheus.conf"))

        page = self.await_one("the mail of the page", lambda: self.mail_with("NoPrimary"))
        self.assertEqual(page["Subject"], "PAGE NoPrimary: No database takes writes.")
        self.assertEqual(page.get_all("X-Recipient"), ["me@foobar.test", "you@foobar.test"])
        text = page.get_body().get_content().replace("\r\n", "\n")
        self.assertIn("NoPrimary (page)\nNo database takes writes.\nRun status.yml.\nsince 20", text)
        self.assertIn("https://foobar.test/MONITORING.md#noprimary\n", text)
        self.await_one("the webhook of the page", lambda: self.webhook_with("NoPrimary"))

        ticket = self.await_one("the mail of the ticket", lambda: self.mail_with("RebootDue"))
        self.assertEqual(ticket["Subject"], "TICKET RebootDue web-01: web-01 should be rebooted.")
        self.await_one("a second call of the dead man's switch", lambda: self.received("dead-mans-switch")[1:])

        # There is no notification of what follows from another alert, nor are Prometheus and Alertmanager hidden from each other.
        received = "".join(path.read_text() for path in (*self.received("mail"), *self.received("webhook")))
        self.assertNotIn("WritesWaiting", received)
        self.assertNotIn("NoneOfIts", received)

        for port in (9090, 9093):
            self.assertEqual(self.status_of(port, ""), "401")
            self.assertEqual(self.status_of(port, "operator:wrong"), "401")
            self.assertEqual(self.status_of(port, f"operator:{OPERATOR}"), "200")
            self.assertEqual(self.status_of(port, f"local:{LOCAL}"), "200")

        fires = self.amtool("--output=json", "alert", "query", "alertname=RebootDue")
        self.assertEqual([alert["status"]["state"] for alert in json.loads(fires)], ["active"])
        self.amtool("silence", "add", "--author=me", "--comment=why", "--duration=1h", "alertname=RebootDue")
        fires = self.amtool("--output=json", "alert", "query", "--silenced", "alertname=RebootDue")
        self.assertEqual([alert["status"]["state"] for alert in json.loads(fires)], ["suppressed"])

    def test_mail_is_sent_by_tls_from_the_start(self) -> None:
        """Alertmanager does so at port 465 alone."""
        self.render("example", address="127.0.0.1", alertmanager_smtp_port=465)
        self.start_receivers()
        self.start_alertmanager()
        self.add_alert("NoPrimary", "severity=page")
        mail = self.await_one("the mail", lambda: self.mail_with("NoPrimary"))
        self.assertEqual(mail.get_all("X-Recipient"), ["me@foobar.test", "you@foobar.test"])

    def test_what_a_missing_target_inhibits(self) -> None:
        self.render("example", address="127.0.0.1")
        self.start_alertmanager()
        self.add_alert("TargetMissing", "severity=ticket", "job=nginx", "instance=web-01")
        self.add_alert("DiskNearlyFull", "severity=ticket", "instance=web-01")
        self.add_alert("TargetMissing", "severity=ticket", "job=node", "instance=lb-01")
        self.add_alert("DiskNearlyFull", "severity=ticket", "instance=lb-01")
        self.add_alert("DiskFull", "severity=page", "instance=lb-01")
        self.add_alert("GroupMembersMissing", "severity=ticket")
        self.assertEqual(self.inhibited(), {("DiskNearlyFull", "lb-01")})
        self.add_alert("TargetMissing", "severity=ticket", "job=mysqld", "instance=ops-01")
        self.assertEqual(self.inhibited(), {("DiskNearlyFull", "lb-01"), ("GroupMembersMissing", None)})

    def inhibited(self) -> set[tuple[str, str | None]]:
        alerts = json.loads(self.amtool("--output=json", "alert", "query", "--inhibited"))
        labels = [alert["labels"] for alert in alerts if alert["status"]["inhibitedBy"]]
        return {(one["alertname"], one.get("instance")) for one in labels}

    def add_alert(self, *labels: str) -> None:
        self.amtool("alert", "add", *labels)

    def start_receivers(self) -> None:
        self.start(
            *(str(DEPLOY / "tests" / "receivers"), "--directory", str(self.directory / "received")),
            *("--certificate", str(self.directory / "certificate.pem"), "--key", str(self.directory / "key.pem")),
            *("--password-file", str(self.directory / "credentials" / "smtp-password")),
            *("--smtp-port", "1587", "--https-port", "1443"),
        )

    def start_alertmanager(self) -> None:
        self.start(*self.command_of("alertmanager.conf"))
        self.assertEqual(self.status_of(9093, f"operator:{OPERATOR}"), "200")

    def command_of(self, unit: str) -> list[str]:
        text = (self.directory / unit).read_text().replace("\\\n", " ")
        return re.search(r"^ExecStart=(/.*)", text, re.MULTILINE)[1].split()

    def start(self, *command: str) -> None:
        log = (self.directory / f"{Path(command[0]).name}.log").open("w")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(log.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

    def await_one(self, what: str, find: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + 150
        while not (found := find()):
            logs = "\n".join(path.read_text()[-2000:] for path in self.directory.glob("*.log"))
            self.assertLess(time.monotonic(), deadline, f"{what} did not come:\n{logs}")
            time.sleep(0.5)
        return found

    def received(self, kind: str) -> list[Path]:
        return sorted((self.directory / "received" / kind).glob("[0-9]*"))

    def mail_with(self, text: str) -> email.message.EmailMessage | None:
        policy = email.policy.default
        mails = (email.message_from_bytes(path.read_bytes(), policy=policy) for path in self.received("mail"))
        return next((mail for mail in mails if text in mail["Subject"]), None)

    def webhook_with(self, text: str) -> Path | None:
        return next((path for path in self.received("webhook") if text in path.read_text()), None)

    def status_of(self, port: int, user: str) -> str:
        configuration = f'cacert = "{self.directory}/server-tls/authority.pem"\n'
        configuration += f'user = "{user}"\n' if user else ""
        url = f"https://127.0.0.1:{port}/api/v2/status" if port == 9093 else f"https://127.0.0.1:{port}/api/v1/rules"
        # Until it listens.
        retry = ("--retry", "60", "--retry-connrefused", "--retry-delay", "1")
        options = ("--silent", *retry, "--config", "-", "--output", "/dev/null", "--write-out", "%{http_code}")
        return self.run_command("curl", *options, url, input=configuration).stdout

    def amtool(self, *arguments: str) -> str:
        http = f"--http.config.file={self.directory / 'amtool-http.yml'}"
        return self.run_command("amtool", "--alertmanager.url=https://127.0.0.1:9093", http, *arguments).stdout


if __name__ == "__main__":
    unittest.main()
