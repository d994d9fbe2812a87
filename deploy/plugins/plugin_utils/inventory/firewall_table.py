"""Checks firewall_table in firewall.yml: that its rows are valid, that operators can sign in to every server, and that
Prometheus can scrape it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_utils.inventory.model import FIREWALL, GROUPS, PORTS, Faults, Inventory, parse_number, text, texts

COLUMNS = ("to", "from", "tcp", "udp", "protocol")
EVERY_SERVER = "all"
TARGETS = (*GROUPS, EVERY_SERVER)
SOURCES = (*TARGETS, "operators", "monitoring", "anyone")
PROTOCOLS = ("vrrp",)
SSH_PORT = "22"
# The ports that Prometheus scrapes, each with the groups whose servers have it.
SCRAPED_PORTS = {
    "9100": (EVERY_SERVER,),
    "9104": ("mysql", "replica"),
    "9113": ("web",),
    "9443": ("web",),
    "8405": ("balancer",),
}


def check_firewall_table(inventory: Inventory) -> Faults:
    table = inventory.site.get("firewall_table")
    copy = f"copy {FIREWALL} from inventory/example"
    if not table:
        yield f"{FIREWALL} has no firewall_table: {copy}"
    elif not isinstance(table, list):
        yield f"{FIREWALL}: firewall_table is no list: {copy}"
    else:
        tables = [table, *(table_of(inventory, host) for host in inventory.members("all"))]
        yield from dict.fromkeys(fault for rows in tables for row in rows for fault in row_faults(row))


def row_faults(row: Any) -> Faults:
    if not isinstance(row, Mapping):
        yield f"{FIREWALL}: the row [{row}] is none: write - {{ to: ..., from: ..., tcp: [...] }}"
        return
    title = f"the row [{', '.join(f'{key}: {value}' for key, value in row.items())}]"
    for key in sorted(set(row) - set(COLUMNS)):
        yield f"{FIREWALL}: {title} has [{key}], which is none of {', '.join(COLUMNS)}: rename it, or remove it"
    yield from group_faults(row, title, "to", TARGETS)
    yield from group_faults(row, title, "from", SOURCES)
    yield from traffic_faults(row, title)


def group_faults(row: Mapping[str, Any], title: str, key: str, known: tuple[str, ...]) -> Faults:
    values = texts(row, key)
    if not values:
        yield f"{FIREWALL}: {title} has no [{key}]: write one of {', '.join(known)}"
    for value in (value for value in values if value not in known):
        yield f"{FIREWALL}: {title} has [{value}] in {key}, which is none of {', '.join(known)}"


def traffic_faults(row: Mapping[str, Any], title: str) -> Faults:
    if not {"tcp", "udp", "protocol"} & set(row):
        yield f"{FIREWALL}: {title} lets nothing in: write tcp: [...], udp: [...] or protocol: vrrp"
    for value in texts(row, "tcp") + texts(row, "udp"):
        if parse_number(value) not in PORTS:
            yield f"{FIREWALL}: [{value}] in {title} is no port: write one from 1 to {PORTS[-1]}"
    for value in texts(row, "protocol"):
        if value not in PROTOCOLS:
            write = f"write {', '.join(PROTOCOLS)}, or tcp or udp with ports"
            yield f"{FIREWALL}: {title} has the protocol [{value}]: {write}"


def check_ssh_access(inventory: Inventory) -> Faults:
    if not inventory.site.get("firewall_table"):
        return
    for host in inventory.members("all"):
        port = text(inventory.hosts[host], "ansible_port") or SSH_PORT
        rows = [row for row in table_of(inventory, host) if isinstance(row, Mapping)]
        if not any(port in texts(row, "tcp") and applies_to(inventory, row, host) for row in rows):
            yield (
                f"{FIREWALL}: no row lets ssh in at port [{port}] of {host}, and you would be locked out: "
                f"write - {{ to: all, from: operators, tcp: [{port}] }}"
            )


def check_monitoring_access(inventory: Inventory) -> Faults:
    if not inventory.is_monitored or not inventory.site.get("firewall_table"):
        return
    for port, groups in SCRAPED_PORTS.items():
        closed = [host for host in inventory.members(*groups) if not lets_prometheus_in(inventory, host, port)]
        if closed:
            to = groups[0] if len(groups) == 1 else f"[{', '.join(groups)}]"
            yield (
                f"{FIREWALL}: no row lets Prometheus in at port [{port}] of {', '.join(closed)}: "
                f"write - {{ to: {to}, from: monitoring, tcp: [{port}] }}"
            )


def lets_prometheus_in(inventory: Inventory, host: str, port: str) -> bool:
    rows = [row for row in table_of(inventory, host) if isinstance(row, Mapping)]
    return any(
        port in texts(row, "tcp") and "monitoring" in texts(row, "from") and applies_to(inventory, row, host)
        for row in rows
    )


def applies_to(inventory: Inventory, row: Mapping[str, Any], host: str) -> bool:
    return any(group == EVERY_SERVER or host in inventory.members(group) for group in texts(row, "to"))


def table_of(inventory: Inventory, host: str) -> list[Any]:
    """The table with the host's own variables, because a row may contain variables."""
    table = inventory.hosts[host].get("firewall_table", inventory.site.get("firewall_table"))
    return list(table) if isinstance(table, list) else []
