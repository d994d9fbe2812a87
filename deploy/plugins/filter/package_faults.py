"""Finds in apt's output packages that a server cannot install, or would install from a forbidden source.

Input: the output of apt-cache policy, and of the simulated installation. Output: a message for each fault; and
for the role apt, the missing packages and the sources that a server needs.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

NONE = "(none)"
# Prefixes of the packages that Debian 13 lacks or has too old; the vendors' packages have the same prefixes.
EXTERNAL_PREFIXES = ("mysql", "haproxy")


class Policy(NamedTuple):
    """The versions of a package in apt-cache policy, each of which may be NONE."""

    installed: str
    candidate: str

    @property
    def version(self) -> str:
        """The installed version or else the candidate; empty if there is neither."""
        version = self.candidate if self.installed == NONE else self.installed
        return "" if version == NONE else version


class Installation(NamedTuple):
    """A line Inst in the output of apt-get --simulate."""

    package: str
    version: str
    origins: str  # such as Debian:unstable


def needed_sources(sources: list[Mapping[str, Any]], packages: list[str]) -> list[Mapping[str, Any]]:
    """The sources that have at least one of the packages."""
    return [source for source in sources if any(fnmatch.filter(packages, name) for name in source["packages"])]


def missing_packages(policy: str) -> list[str]:
    """The packages in the output of apt-cache policy that are not installed."""
    return [name for name, versions in parse_policies(policy).items() if versions.installed == NONE]


def package_faults(hostvars: Mapping[str, Mapping[str, Any]], hosts: list[str]) -> list[str]:
    """The faults of all hosts, from the variables that check-packages.yml has registered on each of them."""
    return [fault for host in hosts for fault in host_faults(host, hostvars[host])]


def host_faults(host: str, variables: Mapping[str, Any]) -> Iterator[str]:
    policies = parse_policies(variables["package_policy"]["stdout"])
    unavailable = list(unavailable_packages(variables["needed_packages"], policies))
    if not any(policy.version for policy in policies.values()):
        yield f"{host} has no package lists: run apt-get update there"
    elif unavailable:
        yield f"{host} lacks {', '.join(unavailable)}"
    else:
        yield from simulation_faults(variables["apt_simulation"], host)


def unavailable_packages(needed: Mapping[str, Any], policies: Mapping[str, Policy]) -> Iterator[str]:
    """The packages of which apt has no version, or one below the needed one; each with the source to take it from."""
    for name, minimum in needed.items():
        version = policies[name].version if name in policies else ""
        if version_numbers(version) < version_numbers(str(minimum)):
            source = (
                "a source of apt_sources has to provide it: Debian unstable, or its vendor's, as REAL-SERVERS.md says"
                if name.startswith(EXTERNAL_PREFIXES)
                else "Debian 13 has it: check that its own sources are in /etc/apt there, and run apt-get update"
            )
            yield f"{name} {minimum} (apt has {version or 'none'}; {source})"


def simulation_faults(simulation: str, host: str) -> list[str]:
    """The faults in apt_simulation, which tasks/simulate.yml of the role apt has set."""
    return list(find_simulation_faults(simulation, host))


def find_simulation_faults(simulation: str, host: str) -> Iterator[str]:
    errors = re.findall(r"^E: (.*(?:\n {2,}.*)*)", simulation, re.MULTILINE)
    if errors:
        yield f"{host} cannot install what it needs. apt says: {' '.join(' '.join(errors).split())}"
    removed = re.findall(r"^Remv (\S+)", simulation, re.MULTILINE)
    if removed:
        yield f"{host} would remove {', '.join(removed)} to install what it needs: take another source in apt_sources"
    allowed = parse_policies(simulation)
    forbidden = [
        f"{each.package} {each.version} ({each.origins})"
        for each in parse_installations(simulation)
        if each.package in allowed and each.version != allowed[each.package].candidate
    ]
    if forbidden:
        yield (
            f"{host} would need from a source that may not provide it: {', '.join(forbidden)}. Take another source in "
            f"apt_sources; or, if it is not libc6, and you know what else uses it there, add it to libraries"
        )


def parse_installations(simulation: str) -> list[Installation]:
    found = re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+) (.*?) \[", simulation, re.MULTILINE)
    return [Installation(*each) for each in found]


def parse_policies(text: str) -> dict[str, Policy]:
    found = re.findall(r"^(\S+):\n  Installed: (.*)\n  Candidate: (.*)$", text, re.MULTILINE)
    return {name: Policy(installed, candidate) for name, installed, candidate in found}


def version_numbers(version: str) -> list[int]:
    """The numbers of a Debian version for comparison, such as 9.7.4 of 1:9.7.4-2; empty if there is no version."""
    found = re.match(r"(?:\d+:)?(\d+(?:\.\d+)*)", version)
    return [int(part) for part in found[1].split(".")] if found else []


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {
            "missing_packages": missing_packages,
            "needed_sources": needed_sources,
            "package_faults": package_faults,
            "simulation_faults": simulation_faults,
        }
