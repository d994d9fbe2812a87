"""Measures the tasks of a run, and formats the time of each and a table of the slowest ones."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MIN_SECONDS = 1.0  # a task that took longer is reported although it changed nothing
MAX_ROWS = 20  # of the table


@dataclass
class TaskTime:
    name: str
    start: float
    end: float = 0
    hosts: set[str] = field(default_factory=set)
    is_relevant: bool = False

    @property
    def seconds(self) -> float:
        return max(0.0, self.end - self.start)

    @property
    def title(self) -> str:
        return f"{self.name} ({', '.join(self.hosts)})" if len(self.hosts) == 1 else self.name


class TaskTimes:
    def __init__(self) -> None:
        self._start = time.monotonic()
        self._current: TaskTime | None = None
        self._reported: list[TaskTime] = []

    def begin(self, name: str) -> None:
        self._current = TaskTime(name, time.monotonic())

    def add_result(self, host: str | None, is_relevant: bool) -> None:
        """Adds a host's result of the current task. A relevant one changed something or failed."""
        if self._current:
            self._current.end = time.monotonic()
            self._current.is_relevant |= is_relevant
            if host:
                self._current.hosts.add(host)

    def finish(self) -> str:
        """Ends the current task, and returns the line that reports it; empty if there is nothing to report."""
        task, self._current = self._current, None
        if not task or not (task.is_relevant or task.seconds >= MIN_SECONDS):
            return ""
        self._reported.append(task)
        return f"-- {task.title}: {task.seconds:.1f} s"

    def table(self) -> list[str]:
        """The slowest of the reported tasks in the order of the run; empty for a run of less than two."""
        if len(self._reported) < 2:
            return []
        slowest = sorted(self._reported, key=lambda task: task.seconds, reverse=True)[:MAX_ROWS]
        rows = [(task.title, task.seconds) for task in self._reported if task in slowest]
        if len(self._reported) > MAX_ROWS:
            rows.append(("Shorter ones", sum(task.seconds for task in self._reported if task not in slowest)))
        rows.append(("All, with what only looked", time.monotonic() - self._start))
        width = max(len(title) for title, _ in rows)
        return [f"{title:<{width}} {seconds:7.1f} s" for title, seconds in rows]
