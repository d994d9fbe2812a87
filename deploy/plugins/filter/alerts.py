"""Prints what fires, and what is silenced, as tables.

Input: the alerts and the silences that tasks/query.yml of the role alertmanager has read. Output: a table each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SEVERITIES = ("page", "ticket")
DEAD_MANS_SWITCH = "Watchdog"  # always fires
WIDTH = 160
INACTIVE = "expired"


def alerts_table(alerts: list[Mapping[str, Any]]) -> str:
    """What fires, pages first; empty if nothing does."""
    found = [alert for alert in alerts if alert["labels"]["alertname"] != DEAD_MANS_SWITCH]
    rows = [
        [
            labels.get("severity", "-"),
            labels["alertname"],
            labels.get("instance", "-"),
            time_of(alert["startsAt"]),
            state(alert),
            alert.get("annotations", {}).get("summary", ""),
        ]
        for alert in sorted(found, key=alert_order)
        for labels in [alert["labels"]]
    ]
    return format_rows([["severity", "alert", "server", "since", "notified", "what"], *rows]) if rows else ""


def alert_order(alert: Mapping[str, Any]) -> tuple[int, str, str]:
    severity = alert["labels"].get("severity", "")
    rank = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return rank, alert["labels"]["alertname"], alert["labels"].get("instance", "")


def state(alert: Mapping[str, Any]) -> str:
    """Whether notifications of the alert are sent; of one that is inhibited by another they are not."""
    status = alert["status"]
    if status.get("silencedBy"):
        return "silenced"
    return "inhibited" if status.get("inhibitedBy") else "yes"


def silences_table(silences: list[Mapping[str, Any]]) -> str:
    """The silences that are not over; empty if there is none."""
    rows = [
        [
            silence["id"],
            ", ".join(matcher_text(matcher) for matcher in silence["matchers"]),
            time_of(silence["endsAt"]),
            silence["createdBy"],
            silence["comment"],
        ]
        for silence in sorted(silences, key=lambda silence: silence["endsAt"])
        if silence["status"]["state"] != INACTIVE
    ]
    return format_rows([["silence", "of", "until", "by", "why"], *rows]) if rows else ""


def matcher_text(matcher: Mapping[str, Any]) -> str:
    equal = matcher.get("isEqual", True)
    operator = ("=~" if equal else "!~") if matcher["isRegex"] else ("=" if equal else "!=")
    return f"{matcher['name']}{operator}{matcher['value']}"


def time_of(timestamp: str) -> str:
    """2026-11-30 08:41 UTC, from 2026-11-30T08:41:02.103Z."""
    return f"{timestamp[:10]} {timestamp[11:16]} UTC"


def format_rows(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(line if len(line) <= WIDTH else line[: WIDTH - 3] + "..." for line in lines)


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"alerts_table": alerts_table, "silences_table": silences_table}
