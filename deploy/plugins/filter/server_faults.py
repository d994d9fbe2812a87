"""Finds differences between the servers in the inventory and what the servers report themselves.

Input: hostvars with the variable identity that check-servers.yml has registered, and the hosts to check.
Output: a message for each fault.
"""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MIN_DEBIAN = 13  # the oldest release that has the packages every server needs
UNSTABLE = "unstable"


class Server(NamedTuple):
    machine_id: str
    addresses: list[str]
    distribution: str  # debian, as /etc/os-release has it
    version: str  # such as 13, or unstable
    release: str  # the pretty name, for people


def server_faults(hostvars: Mapping[str, Mapping[str, Any]], hosts: list[str]) -> list[str]:
    identities = {host: hostvars[host].get("identity", {}).get("stdout", "") for host in hosts}
    servers = {host: parse_identity(text) for host, text in identities.items() if text}
    addresses = {host: str(hostvars[host]["address"]) for host in hosts}
    sources = {host: hostvars[host].get("apt_sources") for host in hosts}
    return [
        *unreachable_faults(identities),
        *address_faults(addresses, servers),
        *duplicate_faults(servers),
        *release_faults(servers),
        *unstable_faults(servers, sources),
    ]


def parse_identity(identity: str) -> Server:
    facts = dict(re.findall(r"^(machine|addresses|release) ?(.*)$", identity, re.MULTILINE))
    distribution, version, release = [*facts["release"].split(" ", 2), "", "", ""][:3]
    return Server(facts["machine"], facts["addresses"].split(), distribution, version, release)


def unreachable_faults(identities: Mapping[str, str]) -> Iterator[str]:
    for host in (host for host, text in identities.items() if not text):
        yield f"{host} does not answer: start it, or leave it out: --limit 'all:!{host}'"


def address_faults(addresses: Mapping[str, str], servers: Mapping[str, Server]) -> Iterator[str]:
    for host, server in servers.items():
        if ipaddress.ip_address(addresses[host]) not in map(ipaddress.ip_address, server.addresses):
            yield (
                f"{host} does not have the address [{addresses[host]}] but [{' '.join(server.addresses)}]: "
                f"correct hosts.yml, or the server's network"
            )


def duplicate_faults(servers: Mapping[str, Server]) -> Iterator[str]:
    hosts_of_machine: dict[str, list[str]] = defaultdict(list)
    for host, server in servers.items():
        hosts_of_machine[server.machine_id].append(host)
    for hosts in hosts_of_machine.values():
        if len(hosts) > 1:
            yield (
                f"{', '.join(hosts[:-1])} and {hosts[-1]} are one machine: correct hosts.yml; or, where one was "
                f"copied from the other, run on the copy: rm /etc/machine-id && systemd-machine-id-setup"
            )


def release_faults(servers: Mapping[str, Server]) -> Iterator[str]:
    for host, server in servers.items():
        if server.distribution != "debian":
            yield f"{host} runs [{server.release}], not Debian: set it up anew with Debian {MIN_DEBIAN}"
        elif server.version.isdigit() and int(server.version) < MIN_DEBIAN:
            yield f"{host} runs [{server.release}], which is too old: upgrade it to Debian {MIN_DEBIAN}"


def unstable_faults(
    servers: Mapping[str, Server], sources_of: Mapping[str, list[Mapping[str, Any]] | None]
) -> Iterator[str]:
    """A source without a key is a release of Debian, and the role apt would block most of unstable's packages."""
    for host, server in servers.items():
        sources = sources_of[host]
        if server.version == UNSTABLE and (sources is None or any("key" not in source for source in sources)):
            yield (
                f"{host} runs [{server.release}], whose own sources have everything: "
                f"write apt_sources: [] in group_vars/all/site.yml"
            )


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"server_faults": server_faults}
