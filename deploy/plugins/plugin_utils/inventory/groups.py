"""Checks the groups of hosts.yml: that each required group has a host, and that there are no others."""

from __future__ import annotations

from plugin_utils.inventory.model import GROUPS, HOSTS, REQUIRED_GROUPS, Faults, Inventory


def check_required_groups(inventory: Inventory) -> Faults:
    for group in REQUIRED_GROUPS:
        if not inventory.members(group):
            yield f"{HOSTS} has no host in the group [{group}]: write {group}:, below it hosts:, and below that one"


def check_group_names(inventory: Inventory) -> Faults:
    for group in sorted(set(inventory.groups) - {*GROUPS, "all", "ungrouped"}):
        yield f"{HOSTS}: the group [{group}] is none of {', '.join(GROUPS)}: rename it, or remove it"
    for host in inventory.members("ungrouped"):
        yield f"{HOSTS}: {host} is in no group: write it below hosts: of one of {', '.join(GROUPS)}"
