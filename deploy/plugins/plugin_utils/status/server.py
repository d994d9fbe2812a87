"""A server as it describes itself: the output of the role status, and the state of its MySQL."""

from __future__ import annotations

import ipaddress
import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Server:
    name: str
    answers: Mapping[str, str]  # the output of files/server-status; empty if the server does not respond
    mysql: Mapping[str, Any]  # the state of its MySQL; empty if that does not respond
    connection_error: str  # why it does not respond
    nginx_port: str = "443"
    reboot_reasons: tuple[str, ...] = ()

    def unit_state(self, unit: str) -> str:
        is_installed = self.answers.get(f"{unit}.LoadState") == "loaded"
        return self.answers.get(f"{unit}.ActiveState", "") if is_installed else "not installed"

    def is_skipped(self, unit: str) -> bool:
        """Whether systemd skipped the unit because of an unmet condition."""
        was_checked = bool(self.answers.get(f"{unit}.ConditionTimestamp"))
        return self.answers.get(f"{unit}.ConditionResult") == "no" and was_checked

    def runs(self, *units: str) -> bool:
        return all(self.unit_state(unit) in ("active", "reloading") for unit in units)

    @property
    def agent_message(self) -> str:
        return self.answers.get("mysql-agent.StatusText", "") if self.runs("mysql-agent") else ""

    @property
    def disk_message(self) -> str:
        """mysql-agent's message about its nearly full disk; empty without one."""
        message = self.agent_message
        return message.partition(". If that takes too long")[0] if "free for its data" in message else ""

    @property
    def replication(self) -> Mapping[str, Any]:
        return json.loads(self.answers.get("replication") or "{}")

    @property
    def replication_error(self) -> str:
        return textwrap.shorten(self.replication.get("error") or "", 200, placeholder=" ...").rstrip(".")

    @property
    def has_semi_synchronous_replica(self) -> bool:
        its = self.replication
        return its.get("semi_sync") == "ON" and its.get("semi_sync_replicas") != "0"

    @property
    def is_in_group(self) -> bool:
        return bool(self.mysql.get("in_group"))

    @property
    def member_state(self) -> str:
        """The state of a server that is not in the group."""
        member = str(self.mysql.get("member", ""))
        return "no majority" if member == "ONLINE" else member.lower()

    @property
    def is_recovering(self) -> bool:
        return self.mysql.get("member") == "RECOVERING"

    @property
    def is_joining(self) -> bool:
        return self.is_recovering or self.agent_message == "Joining the group"

    @property
    def is_application_ready(self) -> bool:
        return self.runs("foobar") and self.answers.get("ready") == "200"

    @property
    def addresses(self) -> list[str]:
        return [canonical(address) for address in self.answers.get("addresses", "").split()]

    @property
    def disk_free(self) -> int | None:
        """The free space of the database's disk in percent."""
        return self._free("disk_used")

    @property
    def root_disk_free(self) -> int | None:
        """The free space of the root disk in percent; None if the database is on the same disk."""
        return self._free("root_disk_used")

    def _free(self, name: str) -> int | None:
        used = parse_number(self.answers.get(name, "").rstrip("% "))
        return None if used is None else 100 - used


def server_of(host: str, variables: Mapping[str, Any]) -> Server:
    """The server from the variables that playbooks/gather-mysql.yml and the role status have registered."""
    results = [variables.get("status_query") or {}, variables.get("mysql_state_query") or {}]
    lines = [line.split("=", 1) for line in str(results[0].get("stdout") or "").splitlines() if "=" in line]
    error = next((str(result["msg"]) for result in results if result.get("msg")), "no answer in time")
    port = str(variables.get("nginx_port") or Server.nginx_port)
    reasons = str((variables.get("status_reboot_due") or {}).get("stdout") or "").splitlines()
    return Server(host, dict(lines), variables.get("mysql_state") or {}, ssh_error(error), port, tuple(reasons))


def ssh_error(message: str) -> str:
    """ssh's own error message, without Ansible's words around it."""
    last = message.strip().splitlines()[-1].rstrip(".: ")
    return re.sub(r"^.* over ssh: |^.* via ssh: ", "", last)


def canonical(address: str) -> str:
    """The canonical form of an address, because an IPv6 address has many spellings."""
    return str(ipaddress.ip_address(address))


def parse_number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?[0-9]+", value.strip()) else None
