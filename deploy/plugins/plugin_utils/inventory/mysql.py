"""Checks the MySQL servers: the topology, the number of members, and each server's ID, weight and disk limits."""

from __future__ import annotations

import re
from collections import defaultdict

from plugin_utils.inventory.model import (
    HOSTS,
    SECRETS,
    SITE,
    TOPOLOGIES,
    Faults,
    Inventory,
    is_placeholder,
    join_names,
    parse_number,
    placeholder_fault,
    text,
)

GROUP_SIZES = (3, 5, 7, 9)  # MySQL allows nine members in a group
SERVER_IDS = range(1, 2**32)
WEIGHTS = range(1, 101)  # without 0, which mysql-agent sets on a member with a full disk
# The variables that limit the use of the disk, each with its range and its default.
DISK_LIMITS = {"mysql_disk_min_mb": (range(64, 2**20 + 1), 1024), "mysql_disk_min_percent": (range(0, 51), 5)}
SLOW_QUERY_SECONDS = "mysql_slow_query_seconds"
SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")

GROUP_NAME = "mysql_group_name"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MAKE_UUID = "python3 -c 'import uuid; print(uuid.uuid4())'"
SHARED_GROUP_NAME = "6f6f6261-7200-4000-8000-000000000000"  # the default of earlier versions, so several sites have it


def check_group_size(inventory: Inventory) -> Faults:
    count = len(inventory.members("mysql"))
    if inventory.topology != "group" or count in (0, *GROUP_SIZES):
        return
    fault = f"{HOSTS} has {count} voters in the group mysql, where a majority takes 3, 5, 7 or 9"
    if count > max(GROUP_SIZES):
        yield f"{fault}: move {count - max(GROUP_SIZES)} to the group replica"
        return
    add = "add one, such as ops-01: { address: ..., mysql_server_id: ..., mysql_weight: 10 } to break ties"
    if count > 3:
        yield f"{fault}: {add}, or move one to the group replica"
    elif count == 2:
        yield f"{fault}: {add}, or write mysql_topology: async in {SITE}"
    else:
        yield f"{fault}: add two, or write mysql_topology: async in {SITE}"


def check_pair_size(inventory: Inventory) -> Faults:
    count = len(inventory.members("mysql"))
    if inventory.topology == "async" and count > 2:
        yield (
            f"{HOSTS} has {count} hosts in the group mysql, where the topology async has one or two: "
            f"move the others to the group replica, or write mysql_topology: group in {SITE}"
        )


def check_no_member_is_replica(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql"):
        if host in inventory.members("replica"):
            yield f"{HOSTS}: {host} is in the groups mysql and replica: remove it from one"


def check_topology(inventory: Inventory) -> Faults:
    if inventory.topology not in TOPOLOGIES:
        yield f"{SITE}: mysql_topology is [{inventory.topology}]: write {' or '.join(TOPOLOGIES)}"


def check_server_ids(inventory: Inventory) -> Faults:
    owners: dict[int, list[str]] = defaultdict(list)
    for host in inventory.members("mysql", "replica"):
        value = text(inventory.hosts[host], "mysql_server_id")
        write = f"write {host}: {{ mysql_server_id: ... }} with a number of its own"
        if not value:
            yield f"{HOSTS}: {host} has no mysql_server_id: {write}"
        elif parse_number(value) not in SERVER_IDS:
            yield f"{HOSTS}: the mysql_server_id [{value}] of {host} is not from 1 to {SERVER_IDS[-1]}: {write}"
        else:
            owners[parse_number(value)].append(host)
    for value, hosts in owners.items():
        if len(hosts) > 1:
            owned = f"{HOSTS}: {join_names(hosts)} have the mysql_server_id [{value}]"
            yield f"{owned}: write each with a number of its own"


def check_weights(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql", "replica"):
        value = text(inventory.hosts[host], "mysql_weight")
        if value and parse_number(value) not in WEIGHTS:
            yield (
                f"{HOSTS}: the mysql_weight [{value}] of {host} is not from {WEIGHTS[0]} to {WEIGHTS[-1]}: "
                f"write {host}: {{ mysql_weight: 10 }}, or leave it out for 50"
            )


def check_disk_limits(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql"):
        for name, (allowed, default) in DISK_LIMITS.items():
            value = text(inventory.hosts[host], name)
            if value and parse_number(value) not in allowed:
                yield (
                    f"{SITE}: the {name} [{value}] of {host} is not from {allowed[0]} to {allowed[-1]}: "
                    f"write {name}: {default}, or leave it out for that"
                )


def check_slow_query_seconds(inventory: Inventory) -> Faults:
    value = text(inventory.site, SLOW_QUERY_SECONDS)
    if value and not SECONDS.fullmatch(value):
        yield (
            f"{SITE}: {SLOW_QUERY_SECONDS} is [{value}], which is no number of seconds: "
            f"write {SLOW_QUERY_SECONDS}: 0.5, or leave it out for that"
        )


def check_group_name(inventory: Inventory) -> Faults:
    """The name is no secret, but is generated once like the secrets."""
    name = text(inventory.site, GROUP_NAME)
    write = f"write {GROUP_NAME}: with what this prints: {MAKE_UUID}"
    if inventory.topology != "group":
        return
    if is_placeholder(name):
        existing = "" if name else f"; for a site that already runs without one, {SHARED_GROUP_NAME}"
        yield f"{placeholder_fault(GROUP_NAME, name, write)}{existing}"
    elif not UUID.fullmatch(name):
        yield f"{SECRETS}: {GROUP_NAME} is [{name}], which is no UUID: {write}"
