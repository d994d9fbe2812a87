"""Evaluates firewall_table: the connections that each server accepts, and their sources.

Input: hostvars, groups and a host. Output: the host's nft rules, its public ports, whether it accepts the
operator's session, and the expected result of a scan. plugin_utils/inventory/firewall_table.py validates the table.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ANYONE = "anyone"
OPERATORS = "operators"
MONITORING = "monitoring"
EVERY_SERVER = "all"
PORTS = ("tcp", "udp")
PROTOCOLS = {"vrrp": 112}


class Rule(NamedTuple):
    """One row of the table, evaluated for one server."""

    comment: str  # the groups of the row
    sources: list[Network] | None  # None means anyone
    matches: list[str]  # such as tcp/443, or protocol/112

    def accepts(self, address: Address) -> bool:
        return self.sources is None or any(address in source for source in self.sources)


def rules(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], host: str
) -> list[Rule]:
    """The rules of one server. The table is read from the host's own variables, because a row may contain variables."""
    table = hostvars[host].get("firewall_table") or []
    found = (rule(row, hostvars, groups, host) for row in table if applies_to(row, groups, host))
    return [one for one in found if one.matches and one.sources != []]


def applies_to(row: Mapping[str, Any], groups: Mapping[str, list[str]], host: str) -> bool:
    return any(name == EVERY_SERVER or host in groups.get(name, []) for name in as_list(row["to"]))


def rule(row: Mapping[str, Any], hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], host: str) -> Rule:
    names = as_list(row["from"])
    matches = [f"{kind}/{int(port)}" for kind in PORTS for port in as_list(row.get(kind))]
    matches += [f"protocol/{PROTOCOLS[name]}" for name in as_list(row.get("protocol"))]
    comment = f"{' and '.join(names)} to {' and '.join(as_list(row['to']))}"
    if ANYONE in names:
        return Rule(comment, None, matches)
    networks: list[Network] = []
    for name in names:
        if name == OPERATORS:
            networks += map(ipaddress.ip_network, as_list(hostvars[host].get("operator_networks")))
        elif name == MONITORING:
            networks += map(ipaddress.ip_network, as_list(hostvars[host].get("monitoring_networks")))
            networks += addresses_of_others(hostvars, groups.get("ops", []), host)
        else:
            networks += addresses_of_others(hostvars, groups.get(name, []), host)
    return Rule(comment, networks, matches)


def addresses_of_others(hostvars: Mapping[str, Any], hosts: list[str], host: str) -> list[Network]:
    """Without the host itself, because its loopback traffic is not filtered."""
    return [ipaddress.ip_network(str(hostvars[other]["address"])) for other in hosts if other != host]


def firewall_nft_rules(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], host: str
) -> list[str]:
    """The rules of one server in nft's syntax."""
    return [line for one in rules(hostvars, groups, host) for line in nft_lines(one)]


def firewall_public_ports(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], host: str
) -> dict[str, list[str]]:
    """The ports that host opens to anyone, by protocol: tcp or udp."""
    matches = [match for one in rules(hostvars, groups, host) if one.sources is None for match in one.matches]
    found = {
        kind: list(dict.fromkeys(match.removeprefix(f"{kind}/") for match in matches if match.startswith(f"{kind}/")))
        for kind in PORTS
    }
    return {kind: ports for kind, ports in found.items() if ports}


def nft_lines(rule: Rule) -> list[str]:
    lines = [f"# {rule.comment}"]
    for source in nft_sources(rule):
        for kind in PORTS:
            ports = [match.removeprefix(f"{kind}/") for match in rule.matches if match.startswith(f"{kind}/")]
            if ports:
                lines.append(f"{source}{kind} dport {{ {', '.join(ports)} }} accept")
        for match in rule.matches:
            if match.startswith("protocol/"):
                lines.append(f"{source}meta l4proto {match.removeprefix('protocol/')} accept")
    return lines


def nft_sources(rule: Rule) -> list[str]:
    if rule.sources is None:
        return [""]
    found = []
    for family, version in (("ip", 4), ("ip6", 6)):
        of_it = (network for network in rule.sources if network.version == version)
        # collapsed, because nft rejects duplicates and overlaps
        networks = [format_network(network) for network in ipaddress.collapse_addresses(of_it)]
        if networks:
            found.append(f"{family} saddr {{ {', '.join(networks)} }} ")
    return found


def firewall_accepted_traffic(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], host: str, address: str
) -> list[str]:
    """The protocols and ports that host accepts from address, such as tcp/443, udp/443 or protocol/112."""
    source = ipaddress.ip_address(address.partition("%")[0])  # without the interface of a link-local address
    found = (match for one in rules(hostvars, groups, host) if one.accepts(source) for match in one.matches)
    return list(dict.fromkeys(found))


def firewall_expected_scan(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], external_hosts: Mapping[str, list[str]]
) -> list[str]:
    """The expected result of a scan from every host, and from external hosts with their addresses, over IPv4 and IPv6.

    Each line has the source, the target's address, the port or protocol, and must or may: may if only some of
    the balancers that can hold a virtual address accept it.
    """
    hosts = {host: addresses_of(hostvars[host]) for host in groups["all"]}
    virtual = as_list(hostvars[groups["all"][0]].get("virtual_addresses"))
    targets = {address: [host] for host, addresses in hosts.items() for address in addresses}
    targets |= {address: groups["balancer"] for address in virtual}
    return [
        f"{source} {target} {match} {'must' if all(match in traffic for traffic in accepted) else 'may'}"
        for source, addresses in (hosts | dict(external_hosts)).items()
        for address in addresses
        for target, owners in targets.items()
        if target != address and (":" in target) == (":" in address)
        for accepted in [[firewall_accepted_traffic(hostvars, groups, owner, address) for owner in owners]]
        for match in dict.fromkeys(match for traffic in accepted for match in traffic)
    ]


def addresses_of(variables: Mapping[str, Any]) -> list[str]:
    return [str(variables[name]) for name in ("address", "ipv6_address") if variables.get(name)]


def as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def format_network(network: Network) -> str:
    return str(network.network_address) if network.num_addresses == 1 else str(network)


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {
            "firewall_nft_rules": firewall_nft_rules,
            "firewall_public_ports": firewall_public_ports,
            "firewall_accepted_traffic": firewall_accepted_traffic,
            "firewall_expected_scan": firewall_expected_scan,
        }
