"""The times of tasks that the callback plain prints."""

import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins"))

from plugin_utils.task_times import MAX_ROWS, TaskTimes  # noqa: E402


class TaskTimesTests(unittest.TestCase):
    def setUp(self) -> None:
        clock = mock.patch("time.monotonic", lambda: self.now)
        self.now = 0.0
        clock.start()
        self.addCleanup(clock.stop)
        self.times = TaskTimes()

    def test_a_task_is_reported_if_it_changed_something_or_took_a_second(self) -> None:
        self.assertEqual(self.run_task("Write", 0.1, is_relevant=True), "-- Write: 0.1 s")
        self.assertEqual(self.run_task("Wait", 1.0, is_relevant=False), "-- Wait: 1.0 s")
        self.assertEqual(self.run_task("Read", 0.9, is_relevant=False), "")

    def test_a_task_of_one_host_has_its_name(self) -> None:
        self.assertEqual(self.run_task("Write", 2, "web-01"), "-- Write (web-01): 2.0 s")
        self.assertEqual(self.run_task("Write", 2, "web-01", "web-02"), "-- Write: 2.0 s")

    def test_the_table_has_the_slowest_tasks_in_their_order(self) -> None:
        self.run_task("Only one", 1)
        self.assertEqual(self.times.table(), [])
        for second in range(2, MAX_ROWS + 2):
            self.run_task(f"Task {second}", second)
        table = self.times.table()
        self.assertEqual(len(table), MAX_ROWS + 2)
        self.assertEqual(table[0].split(), ["Task", "2", "2.0", "s"])
        self.assertEqual(table[-2].split(), ["Shorter", "ones", "1.0", "s"])
        self.assertEqual(table[-1].split(), ["All,", "with", "what", "only", "looked", "231.0", "s"])

    def run_task(self, name: str, seconds: float, *hosts: str, is_relevant: bool = True) -> str:
        self.times.begin(name)
        self.now += seconds
        for host in hosts or (None,):
            self.times.add_result(host, is_relevant)
        return self.times.finish()


if __name__ == "__main__":
    unittest.main()
