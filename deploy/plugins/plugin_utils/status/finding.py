"""A finding of the checks, the command that an operator has to run then, and the text of both."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from plugin_utils.status.server import Server

WIDTH = 100  # of a terminal


class Finding(NamedTuple):
    sentence: str
    command: str = ""


Findings = Iterator[Finding]


class Commands(NamedTuple):
    """Formats the commands that an operator has to run."""

    inventory: str
    wrapper: str  # a script that runs the playbooks, such as the lab's; empty for ansible-playbook
    ssh_destinations: Mapping[str, str]  # of each host, such as admin@web-01

    def playbook(self, name: str, host: str = "", *arguments: str) -> str:
        if self.wrapper:
            words = [self.wrapper, "up" if name == "site" else name, host, *arguments]
        else:
            host_argument = f"-e host={host}" if host else ""
            words = ["ansible-playbook -i", self.inventory, f"{name}.yml", host_argument, *arguments]
        return " ".join(filter(None, words))

    def shell(self, host: str, command: str) -> str:
        return f"{self.wrapper} shell {host} {command}" if self.wrapper else f"{self.connect(host)} sudo {command}"

    def sql(self, host: str, statement: str) -> str:
        command = f"mysql --execute '{statement}'"
        return self.shell(host, command) if self.wrapper else f'{self.connect(host)} "sudo {command}"'

    def connect(self, host: str) -> str:
        return f"{self.wrapper} up" if self.wrapper else f"ssh {self.ssh_destinations[host]}"


def agent_finding(commands: Commands, server: Server, playbook: str = "[a-z-]+") -> Finding | None:
    """mysql-agent's message as a finding, if it names a playbook to run."""
    found = re.fullmatch(rf"(.*?)(?:\. Run|,? run) ({playbook})\.yml((?: -e \w+=\S+)*)", server.agent_message)
    if not found:
        return None
    message, name, arguments = found.groups()
    host = re.search(r" -e host=(\S+)", arguments)
    others = [f"-e {argument}" for argument in re.findall(r"-e (\S+)", arguments) if not argument.startswith("host=")]
    return Finding(f"Its mysql-agent reports: {message}:", commands.playbook(name, host[1] if host else "", *others))


def join_names(servers: Iterable[Server]) -> str:
    *others, last = [server.name for server in servers]
    return f"{', '.join(others)} and {last}" if others else last


def format_finding(finding: Finding) -> str:
    text = textwrap.fill(
        finding.sentence, WIDTH, initial_indent="- ", subsequent_indent="  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return f"{text}\n    {finding.command}" if finding.command else text
