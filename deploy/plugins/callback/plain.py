"""A callback that prints Ansible's output for people: messages as plain text, and the time of each task."""

from __future__ import annotations

import sys
from pathlib import Path

from ansible import constants as C
from ansible import context
from ansible.plugins.callback.default import CallbackModule as Default

sys.path.append(str(Path(__file__).resolve().parents[1]))  # Ansible does not do that for plugins

from plugin_utils.task_times import TaskTimes  # noqa: E402

DOCUMENTATION = """
name: plain
type: stdout
short_description: messages as plain text, and the time of each task
description:
  - Prints the same as Ansible's default output, but messages of debug, assert and fail, and of
    unreachable servers, are plain text.
  - Prints the time of each task that changed something, failed or took a second, and a table of the
    slowest of them before the recap.
  - For a play whose variable quiet is true, prints only messages, and failures without a rescue.
  - With -v prints the default output and the times.
extends_documentation_fragment:
  - default_callback
  - result_format_callback
"""


def is_rescued(task) -> bool:
    """Whether a block around the task has a rescue section."""
    while task := task._parent:
        if getattr(task, "rescue", None):
            return True
    return False


class CallbackModule(Default):
    CALLBACK_NAME = "plain"

    def __init__(self) -> None:
        super().__init__()
        self._times = TaskTimes()
        self._is_quiet = False

    def v2_playbook_on_start(self, playbook):
        super().v2_playbook_on_start(playbook)
        if context.CLIARGS["check"]:
            self._display.display("Dry run: nothing is changed", color=C.COLOR_HIGHLIGHT)

    def v2_playbook_on_play_start(self, play):
        self._finish_task()
        self._is_quiet = bool(play.vars.get("quiet")) and not self._display.verbosity
        if self._is_quiet:
            self._play = play
        else:
            super().v2_playbook_on_play_start(play)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._begin_task(task)
        super().v2_playbook_on_task_start(task, is_conditional)

    def v2_playbook_on_handler_task_start(self, task):
        self._begin_task(task)
        super().v2_playbook_on_handler_task_start(task)

    def v2_playbook_on_include(self, included_file):
        if not self._is_quiet:
            super().v2_playbook_on_include(included_file)

    def v2_playbook_on_stats(self, stats):
        if self._is_quiet:
            return
        self._finish_task()
        self._print_times()
        super().v2_playbook_on_stats(stats)

    def v2_runner_on_ok(self, result):
        self._add_result(result, is_relevant=result.is_changed())
        if not result.task.loop and self._has_message(result, "debug"):
            self._print_message(result)
        elif not self._is_quiet:
            super().v2_runner_on_ok(result)

    def v2_runner_item_on_ok(self, result):
        if self._has_message(result, "debug"):
            self._print_message(result)
        elif not self._is_quiet:
            super().v2_runner_item_on_ok(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if self._is_quiet and (ignore_errors or is_rescued(result.task)):
            return
        is_refusal = not result.task.loop and self._has_message(result, "assert", "fail")
        self._add_result(result, is_relevant=not is_refusal)
        if not is_refusal:
            super().v2_runner_on_failed(result, ignore_errors)
        elif self._is_quiet:
            self._print_message(result, C.COLOR_ERROR)
        else:
            self._print_failure(result, f"fatal: {self._host_prefix(result)}FAILED!", ignore_errors)

    def v2_runner_item_on_failed(self, result):
        if self._has_message(result, "assert", "fail"):
            self._print_failure(result, f"failed: {self._host_prefix(result)}{self._get_item_label(result.result)}")
        else:
            super().v2_runner_item_on_failed(result)

    def v2_runner_on_unreachable(self, result):
        if self._is_quiet and result.task.ignore_unreachable:
            return
        self._add_result(result, is_relevant=True)
        if self._has_message(result, result.task.action):
            title = f"fatal: [{self.host_label(result)}]: UNREACHABLE!"
            self._print_failure(result, title, result.task.ignore_unreachable)
        else:
            super().v2_runner_on_unreachable(result)

    # Messages -----------------------------------------------------------------------------

    def _has_message(self, result, *actions: str) -> bool:
        action = result.task.action
        is_action = action in actions or action.removeprefix("ansible.builtin.") in actions
        return is_action and "msg" in result.result and not self._display.verbosity

    def _message(self, result) -> str:
        message = result.result["msg"]
        return "\n".join(map(str, message if isinstance(message, list) else [message])).rstrip()

    def _host_prefix(self, result) -> str:
        """Empty if one host ran the task for all, because it does not matter which one."""
        return "" if result.task.run_once else f"[{self.host_label(result)}]: "

    def _print_message(self, result, color: str | None = None) -> None:
        """Prints the message without the task's name, because the message is complete."""
        if self._last_task_banner != result.task._uuid:
            self._display.display("")
            self._last_task_banner = result.task._uuid
        self._display.display(self._message(result), color=color)

    def _print_failure(self, result, title: str, is_ignored: bool = False) -> None:
        if self._last_task_banner != result.task._uuid:
            self._print_task_banner(result.task)
        self._handle_warnings(result.result)
        self._display.display(f"{title}\n{self._message(result)}", color=C.COLOR_ERROR)
        if is_ignored:
            self._display.display("...ignoring", color=C.COLOR_SKIP)

    # Times --------------------------------------------------------------------------------

    def _begin_task(self, task) -> None:
        self._finish_task()
        if not self._is_quiet:
            self._times.begin((task.name or task.get_name()).strip())

    def _add_result(self, result, is_relevant: bool) -> None:
        self._times.add_result(None if result.task.run_once else result.host.get_name(), is_relevant)

    def _finish_task(self) -> None:
        line = self._times.finish()
        if line:
            self._display.display(line)

    def _print_times(self) -> None:
        lines = self._times.table()
        if lines:
            self._display.banner("TIMES")
        for line in lines:
            self._display.display(line)
