"""Finds differences between the servers in the inventory and what the servers report themselves."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

DEBIAN = 13  # the oldest release that has the packages every server needs
UNSTABLE = "unstable"


class Server(NamedTuple):
    machine: str
    addresses: list[str]
    distribution: str  # debian, as /etc/os-release has it
    version: str  # such as 13, or unstable
    release: str  # the pretty name, for people


def server_faults(hostvars: Mapping[str, Mapping[str, Any]], hosts: list[str]) -> list[str]:
    """The faults of all hosts, from the variable identity that check-servers.yml has registered on each of them."""
    identities = {host: hostvars[host].get("identity", {}).get("stdout", "") for host in hosts}
    servers = {host: server(text) for host, text in identities.items() if text}
    addresses = {host: str(hostvars[host]["address"]) for host in hosts}
    sources = {host: hostvars[host].get("apt_sources") for host in hosts}
    return [
        *silent(identities),
        *strangers(addresses, servers),
        *doubles(servers),
        *unsupported(servers),
        *unstable(servers, sources),
    ]


def server(identity: str) -> Server:
    facts = dict(re.findall(r"^(machine|addresses|release) ?(.*)$", identity, re.MULTILINE))
    distribution, version, release = [*facts["release"].split(" ", 2), "", "", ""][:3]
    return Server(facts["machine"], facts["addresses"].split(), distribution, version, release)


def silent(identities: Mapping[str, str]) -> Iterator[str]:
    for host in (host for host, text in identities.items() if not text):
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


def unsupported(servers: Mapping[str, Server]) -> Iterator[str]:
    for host, its in servers.items():
        if its.distribution != "debian":
            yield f"{host} runs [{its.release}], not Debian: set it up anew with Debian {DEBIAN}"
        elif its.version.isdigit() and int(its.version) < DEBIAN:
            yield f"{host} runs [{its.release}], which is too old: upgrade it to Debian {DEBIAN}"


def unstable(servers: Mapping[str, Server], sources: Mapping[str, list[Mapping[str, Any]] | None]) -> Iterator[str]:
    """A source without a key is a release of Debian, and the role apt would block most of unstable's packages."""
    for host, its in servers.items():
        listed = sources[host]
        if its.version == UNSTABLE and (listed is None or any("key" not in source for source in listed)):
            yield (
                f"{host} runs [{its.release}], whose own sources have everything: "
                f"write apt_sources: [] in group_vars/all/site.yml"
            )


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"server_faults": server_faults}
