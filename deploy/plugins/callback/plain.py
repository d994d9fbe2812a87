"""A callback that prints Ansible's output for people: messages as plain text, and the time of each task."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from ansible import constants as C
from ansible import context
from ansible.plugins.callback.default import CallbackModule as Default

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

WORTH_TELLING = 1.0  # seconds; a task that took longer is printed although it changed nothing
LINES = 20  # of the table of times


@dataclass
class Step:
    name: str
    began: float = field(default_factory=time.monotonic)
    ended: float = 0
    hosts: set[str] = field(default_factory=set)
    did_something: bool = False

    @property
    def seconds(self) -> float:
        return max(0.0, self.ended - self.began)

    @property
    def is_worth_telling(self) -> bool:
        return self.did_something or self.seconds >= WORTH_TELLING

    @property
    def title(self) -> str:
        return f"{self.name} ({', '.join(self.hosts)})" if len(self.hosts) == 1 else self.name


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
        self._began = time.monotonic()
        self._step: Step | None = None
        self._told: list[Step] = []
        self._is_quiet = False

    def v2_playbook_on_start(self, playbook):
        super().v2_playbook_on_start(playbook)
        if context.CLIARGS["check"]:
            self._display.display("Dry run: nothing is changed", color=C.COLOR_HIGHLIGHT)

    def v2_playbook_on_play_start(self, play):
        self._finish_step()
        self._is_quiet = bool(play.vars.get("quiet")) and not self._display.verbosity
        if self._is_quiet:
            self._play = play
        else:
            super().v2_playbook_on_play_start(play)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._begin_step(task)
        super().v2_playbook_on_task_start(task, is_conditional)

    def v2_playbook_on_handler_task_start(self, task):
        self._begin_step(task)
        super().v2_playbook_on_handler_task_start(task)

    def v2_playbook_on_include(self, included_file):
        if not self._is_quiet:
            super().v2_playbook_on_include(included_file)

    def v2_playbook_on_stats(self, stats):
        if self._is_quiet:
            return
        self._finish_step()
        self._print_times()
        super().v2_playbook_on_stats(stats)

    def v2_runner_on_ok(self, result):
        self._note(result, did_something=result.is_changed())
        if not result.task.loop and self._has_words(result, "debug"):
            self._print_words(result)
        elif not self._is_quiet:
            super().v2_runner_on_ok(result)

    def v2_runner_item_on_ok(self, result):
        if self._has_words(result, "debug"):
            self._print_words(result)
        elif not self._is_quiet:
            super().v2_runner_item_on_ok(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if self._is_quiet and (ignore_errors or is_rescued(result.task)):
            return
        is_refusal = not result.task.loop and self._has_words(result, "assert", "fail")
        self._note(result, did_something=not is_refusal)
        if not is_refusal:
            super().v2_runner_on_failed(result, ignore_errors)
        elif self._is_quiet:
            self._print_words(result, C.COLOR_ERROR)
        else:
            self._print_failure(result, f"fatal: {self._of_host(result)}FAILED!", ignore_errors)

    def v2_runner_item_on_failed(self, result):
        if self._has_words(result, "assert", "fail"):
            self._print_failure(result, f"failed: {self._of_host(result)}{self._get_item_label(result.result)}")
        else:
            super().v2_runner_item_on_failed(result)

    def v2_runner_on_unreachable(self, result):
        if self._is_quiet and result.task.ignore_unreachable:
            return
        self._note(result, did_something=True)
        if self._has_words(result, result.task.action):
            title = f"fatal: [{self.host_label(result)}]: UNREACHABLE!"
            self._print_failure(result, title, result.task.ignore_unreachable)
        else:
            super().v2_runner_on_unreachable(result)

    # Messages -----------------------------------------------------------------------------

    def _has_words(self, result, *actions: str) -> bool:
        action = result.task.action
        is_one = action in actions or action.removeprefix("ansible.builtin.") in actions
        return is_one and "msg" in result.result and not self._display.verbosity

    def _words(self, result) -> str:
        words = result.result["msg"]
        return "\n".join(map(str, words if isinstance(words, list) else [words])).rstrip()

    def _of_host(self, result) -> str:
        """Empty if one host ran the task for all, because it does not matter which one."""
        return "" if result.task.run_once else f"[{self.host_label(result)}]: "

    def _print_words(self, result, color: str | None = None) -> None:
        """Prints the message without the task's name, because the message is complete."""
        if self._last_task_banner != result.task._uuid:
            self._display.display("")
            self._last_task_banner = result.task._uuid
        self._display.display(self._words(result), color=color)

    def _print_failure(self, result, title: str, is_ignored: bool = False) -> None:
        if self._last_task_banner != result.task._uuid:
            self._print_task_banner(result.task)
        self._handle_warnings(result.result)
        self._display.display(f"{title}\n{self._words(result)}", color=C.COLOR_ERROR)
        if is_ignored:
            self._display.display("...ignoring", color=C.COLOR_SKIP)

    # Times --------------------------------------------------------------------------------

    def _begin_step(self, task) -> None:
        self._finish_step()
        if not self._is_quiet:
            self._step = Step((task.name or task.get_name()).strip())

    def _note(self, result, did_something: bool) -> None:
        if self._step:
            self._step.ended = time.monotonic()
            if not result.task.run_once:
                self._step.hosts.add(result.host.get_name())
            self._step.did_something |= did_something

    def _finish_step(self) -> None:
        step, self._step = self._step, None
        if step and step.is_worth_telling:
            self._told.append(step)
            self._display.display(f"-- {step.title}: {step.seconds:.1f} s")

    def _print_times(self) -> None:
        if len(self._told) < 2:
            return
        slowest = sorted(self._told, key=lambda step: step.seconds, reverse=True)[:LINES]
        lines = [(step.title, step.seconds) for step in self._told if step in slowest]
        if len(self._told) > LINES:
            lines.append(("Shorter ones", sum(step.seconds for step in self._told if step not in slowest)))
        lines.append(("All, with what only looked", time.monotonic() - self._began))
        width = max(len(title) for title, _ in lines)
        self._display.banner("TIMES")
        for title, seconds in lines:
            self._display.display(f"{title:<{width}} {seconds:7.1f} s")
