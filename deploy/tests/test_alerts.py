"""The tables of what fires and of what is silenced, from what Alertmanager 0.28 answers."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from alerts import alerts_table, silences_table  # noqa: E402


def alert(name: str, severity: str | None, instance: str | None = None, **status: list[str]) -> dict[str, Any]:
    labels = {"alertname": name, "severity": severity, "instance": instance}
    return {
        "annotations": {"summary": f"{name} is on."},
        "endsAt": "2026-11-30T08:55:02.103Z",
        "fingerprint": "0123456789abcdef",
        "receivers": [{"name": "pages"}],
        "startsAt": "2026-11-30T08:41:02.103Z",
        "status": {"inhibitedBy": [], "silencedBy": [], "state": "active", **status},
        "updatedAt": "2026-11-30T08:51:02.103Z",
        "labels": {key: value for key, value in labels.items() if value},
    }


def silence(*matchers: tuple[str, str, bool, bool], state: str = "active") -> dict[str, Any]:
    return {
        "id": "6f1b5f0e-6b0a-4f0e-8c53-7b7d4c1f2a11",
        "status": {"state": state},
        "updatedAt": "2026-11-30T08:41:02.103Z",
        "comment": "new disk",
        "createdBy": "ada",
        "endsAt": "2026-11-30T10:41:02.103Z",
        "matchers": [
            {"name": name, "value": value, "isRegex": regex, "isEqual": equal} for name, value, regex, equal in matchers
        ],
        "startsAt": "2026-11-30T08:41:02.103Z",
    }


class AlertsTests(unittest.TestCase):
    maxDiff = None

    def test_pages_come_first(self) -> None:
        alerts = [
            alert("RebootDue", "ticket", "web-01"),
            alert("NoPrimary", "page"),
            alert("DiskNearlyFull", "ticket", "lb-02", silencedBy=["6f1b5f0e"]),
            alert("DiskNearlyFull", "ticket", "lb-01", inhibitedBy=["0123456789abcdef"]),
        ]
        self.assertEqual(
            alerts_table(alerts).splitlines(),
            [
                "severity  alert           server  since                 notified   what",
                "page      NoPrimary       -       2026-11-30 08:41 UTC  yes        NoPrimary is on.",
                "ticket    DiskNearlyFull  lb-01   2026-11-30 08:41 UTC  inhibited  DiskNearlyFull is on.",
                "ticket    DiskNearlyFull  lb-02   2026-11-30 08:41 UTC  silenced   DiskNearlyFull is on.",
                "ticket    RebootDue       web-01  2026-11-30 08:41 UTC  yes        RebootDue is on.",
            ],
        )

    def test_the_dead_mans_switch_is_no_alert(self) -> None:
        self.assertEqual(alerts_table([alert("Watchdog", "none")]), "")

    def test_an_alert_without_a_severity_is_shown(self) -> None:
        self.assertIn("-         Odd    -", alerts_table([alert("Odd", None)]))

    def test_silences(self) -> None:
        silences = [
            silence(("alertname", "DiskFull", False, True), ("instance", "lb-.*", True, True)),
            silence(("severity", "page", False, False), ("job", "n.*", True, False)),
            silence(("alertname", "Former", False, True), state="expired"),
        ]
        self.assertEqual(
            silences_table(silences).splitlines(),
            [
                "silence                               of                                   until                 by   why",
                "6f1b5f0e-6b0a-4f0e-8c53-7b7d4c1f2a11  alertname=DiskFull, instance=~lb-.*  2026-11-30 10:41 UTC  ada  new disk",
                "6f1b5f0e-6b0a-4f0e-8c53-7b7d4c1f2a11  severity!=page, job!~n.*             2026-11-30 10:41 UTC  ada  new disk",
            ],
        )  # fmt: skip

    def test_no_silence(self) -> None:
        self.assertEqual(silences_table([]), "")


if __name__ == "__main__":
    unittest.main()
