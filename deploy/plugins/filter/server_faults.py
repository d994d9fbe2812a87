"""Finds servers that are not what the inventory says of them, or cannot become it, in what they say themselves."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

RELEASE = "Debian unstable"


class Server(NamedTuple):
    machine: str
    addresses: list[str]
    distribution: str  # debian, as /etc/os-release has it
    release: str  # the same for people
    packages: Mapping[str, str]  # the version that is installed, or would be


def server_faults(
    hostvars: Mapping[str, Mapping[str, Any]],
    hosts: list[str],
    groups: Mapping[str, list[str]],
    packages: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    """Expects of each host what check-servers.yml asked it, and of each group what its hosts need."""
    said = {host: hostvars[host].get("said_of_itself", {}).get("stdout", "") for host in hosts}
    servers = {host: server(text) for host, text in said.items() if text}
    addresses = {host: str(hostvars[host]["address"]) for host in hosts}
    needs = {host: needed(host, groups, packages) for host in hosts}
    return [*silent(said), *strangers(addresses, servers), *doubles(servers), *unsupported(needs, servers)]


def needed(
    host: str, groups: Mapping[str, list[str]], packages: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    its = [packages[group] for group in packages if host in groups.get(group, [])]
    return {name: str(version) for each in its for name, version in each.items()}


def server(said: str) -> Server:
    facts = dict(re.findall(r"^(machine|addresses|release) ?(.*)$", said, re.MULTILINE))
    distribution, _, release = facts["release"].partition(" ")
    return Server(facts["machine"], facts["addresses"].split(), distribution, release, versions(said))


def versions(policy: str) -> dict[str, str]:
    """As apt-cache policy has them, which names a package and then two versions, each of which may be missing."""
    found = re.findall(r"^(\S+):\n  Installed: (.*)\n  Candidate: (.*)$", policy, re.MULTILINE)
    return {
        name: installed if installed != "(none)" else candidate
        for name, installed, candidate in found
        if (installed, candidate) != ("(none)", "(none)")
    }


def silent(said: Mapping[str, str]) -> Iterator[str]:
    for host in (host for host, text in said.items() if not text):
        yield f"{host} does not answer: start it, or leave it out: --limit 'all:!{host}'"


def strangers(addresses: Mapping[str, str], servers: Mapping[str, Server]) -> Iterator[str]:
    for host, its in servers.items():
        if ipaddress.ip_address(addresses[host]) not in map(ipaddress.ip_address, its.addresses):
            yield (
                f"{host} does not have the address [{addresses[host]}] but [{' '.join(its.addresses)}]: "
                f"correct hosts.yml, or the server's network"
            )


def doubles(servers: Mapping[str, Server]) -> Iterator[str]:
    names: dict[str, list[str]] = defaultdict(list)
    for host, its in servers.items():
        names[its.machine].append(host)
    for hosts in names.values():
        if len(hosts) > 1:
            yield (
                f"{', '.join(hosts[:-1])} and {hosts[-1]} are one machine: correct hosts.yml; or, where one was "
                f"copied from the other, run on the copy: rm /etc/machine-id && systemd-machine-id-setup"
            )


def unsupported(needs: Mapping[str, Mapping[str, str]], servers: Mapping[str, Server]) -> Iterator[str]:
    for host, its in servers.items():
        lacking = [
            f"{name} {least} (apt has {its.packages.get(name, 'none')})"
            for name, least in needs[host].items()
            if number(its.packages.get(name, "")) < number(least)
        ]
        if its.distribution != "debian":
            yield f"{host} runs [{its.release}], not Debian: set it up anew with {RELEASE}"
        elif lacking:
            yield (
                f"{host} with [{its.release}] lacks {', '.join(lacking)}: run apt update and apt upgrade there; "
                f"the release that has them all is {RELEASE}"
            )


def number(version: str) -> list[int]:
    """Of a Debian version what counts here: 9.7.4 of 1:9.7.4-2; less than any where there is none."""
    found = re.match(r"(?:\d+:)?(\d+(?:\.\d+)*)", version)
    return [int(part) for part in found[1].split(".")] if found else []


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"server_faults": server_faults}
