"""The inventory as the checks read it, and the values of its variables."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Faults = Iterator[str]

HOSTS = "hosts.yml"
SITE = "group_vars/all/site.yml"
SECRETS = "group_vars/all/secrets.yml"
FIREWALL = "group_vars/all/firewall.yml"

REQUIRED_GROUPS = ("balancer", "web", "mysql")
GROUPS = (*REQUIRED_GROUPS, "replica", "ops")
TOPOLOGIES = ("group", "async")
PORTS = range(1, 2**16)

PLACEHOLDER = "change-me"
# Networks reserved for documentation, which the example has.
EXAMPLE_NETWORKS = tuple(
    map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"))
)
EXAMPLE_DOMAIN = re.compile(r"(.*\.)?example(\.com|\.net|\.org)?")


class Inventory(NamedTuple):
    groups: Mapping[str, list[str]]
    hosts: Mapping[str, Mapping[str, Any]]  # each host's variables
    site: Mapping[str, Any]  # the variables that all hosts share

    def members(self, *groups: str) -> list[str]:
        return list(dict.fromkeys(host for group in groups for host in self.groups.get(group, [])))

    @property
    def topology(self) -> str:
        return text(self.site, "mysql_topology") or TOPOLOGIES[0]

    @property
    def is_monitored(self) -> bool:
        """As monitoring_enabled of the role monitoring."""
        return bool(self.members("ops") or texts(self.site, "monitoring_networks"))

    @property
    def own_networks(self) -> list[str]:
        return texts(self.site, "own_networks")


def text(variables: Mapping[str, Any], name: str) -> str:
    """The variable's value as a string; empty if it is missing."""
    value = variables.get(name)
    return "" if value is None else str(value)


def texts(variables: Mapping[str, Any], name: str) -> list[str]:
    """The variable's values as strings: those of a list, a single one, or none."""
    value = variables.get(name)
    values = value if isinstance(value, list) else [] if value is None or value == "" else [value]
    return [str(item) for item in values]


def parse_number(value: str) -> int:
    """The number, or -1 if the value is none."""
    return int(value) if re.fullmatch(r"[0-9]+", value) else -1


def parse_address(value: str) -> Address | None:
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None


def parse_network(value: str) -> Network | None:
    try:
        return ipaddress.ip_network(value)
    except ValueError:
        return None


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def is_placeholder(secret: str) -> bool:
    """Whether the secret is missing, or still the example's."""
    return not secret or PLACEHOLDER in secret


def placeholder_fault(name: str, secret: str, write: str) -> str:
    return f"{SECRETS}: {name} still has the example's value: {write}" if secret else f"{SECRETS} has no {name}: {write}"


def join_names(hosts: list[str]) -> str:
    """Two names or more, as a sentence lists them."""
    return f"{', '.join(hosts[:-1])} and {hosts[-1]}"
