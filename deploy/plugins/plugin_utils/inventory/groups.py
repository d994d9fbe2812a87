"""Checks the groups of hosts.yml: that each required group has a host, that there are no others, and who monitors."""

from __future__ import annotations

from plugin_utils.inventory.model import GROUPS, HOSTS, REQUIRED_GROUPS, Faults, Inventory, join_names

PROMETHEUS = "prometheus"  # the name in the certificate with which Prometheus scrapes


def check_required_groups(inventory: Inventory) -> Faults:
    for group in REQUIRED_GROUPS:
        if not inventory.members(group):
            yield f"{HOSTS} has no host in the group [{group}]: write {group}:, below it hosts:, and below that one"


def check_group_names(inventory: Inventory) -> Faults:
    for group in sorted(set(inventory.groups) - {*GROUPS, "all", "ungrouped"}):
        yield f"{HOSTS}: the group [{group}] is none of {', '.join(GROUPS)}: rename it, or remove it"
    for host in inventory.members("ungrouped"):
        yield f"{HOSTS}: {host} is in no group: write it below hosts: of one of {', '.join(GROUPS)}"


def check_ops_size(inventory: Inventory) -> Faults:
    hosts = inventory.members("ops")
    if len(hosts) > 1:
        yield f"{HOSTS}: {join_names(hosts)} are in the group ops, which has one server: remove the others"


def check_server_names(inventory: Inventory) -> Faults:
    """A server of this name would have the name in its certificate, and could read every server's metrics."""
    if PROMETHEUS in inventory.members("all"):
        yield f"{HOSTS}: a server is called {PROMETHEUS}, the name with which Prometheus scrapes: rename it"
