"""MySQL servers: the topology, the number of members, server IDs, weights, disk limits and the group's name."""

import unittest

from inventory_builder import InventoryBuilder, valid, valid_pair
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import HOSTS, SECRETS, SITE
from plugin_utils.inventory.mysql import MAKE_UUID, SHARED_GROUP_NAME

ADD_MEMBER = "add one, such as ops-01: { address: ..., mysql_server_id: ..., mysql_weight: 10 } to break ties"
GROUP_NAME = f"write mysql_group_name: with what this prints: {MAKE_UUID}"

VALID = {
    "three members, two of which are web servers": valid(),
    "mysql_topology: group": valid().variable(mysql_topology="group"),
    "five members": valid().members(4, 5),
    "nine members": valid().members(4, 9),
    "a replica beside a group": valid().database("db-04", 4, "replica"),
    "a pair": valid_pair(),
    "a pair with two replicas": valid_pair().database("db-03", 3, "replica").database("db-04", 4, "replica"),
    "a single server": valid_pair().group("mysql", "web-01"),
    "slow queries by fractions of a second": valid().variable(mysql_slow_query_seconds=0.25),
    "numbers as text": valid().host("web-01", mysql_server_id="1", mysql_weight="100"),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "one member": (
        valid().group("mysql", "ops-01"),
        f"{HOSTS} has 1 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"add two, or write mysql_topology: async in {SITE}",
    ),
    "two members": (
        valid().group("mysql", "web-01", "ops-01"),
        f"{HOSTS} has 2 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"{ADD_MEMBER}, or write mysql_topology: async in {SITE}",
    ),
    "four members": (
        valid().members(4, 4),
        f"{HOSTS} has 4 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"{ADD_MEMBER}, or move one to the group replica",
    ),
    "eleven members": (
        valid().members(4, 11),
        f"{HOSTS} has 11 voters in the group mysql, where a majority takes 3, 5, 7 or 9: move 2 to the group replica",
    ),
    "three servers in a pair": (
        valid().variable(mysql_topology="async"),
        f"{HOSTS} has 3 hosts in the group mysql, where the topology async has one or two: "
        f"move the others to the group replica, or write mysql_topology: group in {SITE}",
    ),
    "a member that is a replica, too": (
        valid().group("replica", "ops-01"),
        f"{HOSTS}: ops-01 is in the groups mysql and replica: remove it from one",
    ),
    "a MySQL server without an ID": (
        valid().host("ops-01", mysql_server_id=None),
        f"{HOSTS}: ops-01 has no mysql_server_id: write ops-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "a replica without an ID": (
        valid().database("db-04", 4, "replica").host("db-04", mysql_server_id=None),
        f"{HOSTS}: db-04 has no mysql_server_id: write db-04: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "an ID too small": (
        valid().host("web-01", mysql_server_id=0),
        f"{HOSTS}: the mysql_server_id [0] of web-01 is not from 1 to 4294967295: "
        f"write web-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "an ID too large": (
        valid().host("web-01", mysql_server_id=2**32),
        f"{HOSTS}: the mysql_server_id [4294967296] of web-01 is not from 1 to 4294967295: "
        f"write web-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "an ID twice": (
        valid().host("web-02", mysql_server_id=1),
        f"{HOSTS}: web-01 and web-02 have the mysql_server_id [1]: write each with a number of its own",
    ),
    "an ID twice, once on a replica": (
        valid().database("db-04", 4, "replica").host("db-04", mysql_server_id=3),
        f"{HOSTS}: ops-01 and db-04 have the mysql_server_id [3]: write each with a number of its own",
    ),
    "a weight out of range": (
        valid().host("ops-01", mysql_weight=101),
        f"{HOSTS}: the mysql_weight [101] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a weight in words": (
        valid().host("ops-01", mysql_weight="low"),
        f"{HOSTS}: the mysql_weight [low] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a weight of 0": (
        valid().host("ops-01", mysql_weight=0),
        f"{HOSTS}: the mysql_weight [0] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a disk limit too low": (
        valid().host("ops-01", mysql_disk_min_mb=0),
        f"{SITE}: the mysql_disk_min_mb [0] of ops-01 is not from 64 to 1048576: "
        f"write mysql_disk_min_mb: 1024, or leave it out for that",
    ),
    "a disk limit too high": (
        valid().host("ops-01", mysql_disk_min_percent="95%"),
        f"{SITE}: the mysql_disk_min_percent [95%] of ops-01 is not from 0 to 50: "
        f"write mysql_disk_min_percent: 5, or leave it out for that",
    ),
    "slow queries with a unit": (
        valid().variable(mysql_slow_query_seconds="500ms"),
        f"{SITE}: mysql_slow_query_seconds is [500ms], which is no number of seconds: "
        f"write mysql_slow_query_seconds: 0.5, or leave it out for that",
    ),
    "slow queries by a negative number": (
        valid().variable(mysql_slow_query_seconds=-1),
        f"{SITE}: mysql_slow_query_seconds is [-1], which is no number of seconds: "
        f"write mysql_slow_query_seconds: 0.5, or leave it out for that",
    ),
    "an unknown topology": (
        valid().variable(mysql_topology="cluster"),
        f"{SITE}: mysql_topology is [cluster]: write group or async",
    ),
    "a group without a name": (
        valid().variable(mysql_group_name=None),
        f"{SECRETS} has no mysql_group_name: {GROUP_NAME}; for a site that already runs without one, "
        f"{SHARED_GROUP_NAME}",
    ),
    "a group's name with the example's value": (
        valid().variable(mysql_group_name="change-me"),
        f"{SECRETS}: mysql_group_name still has the example's value: {GROUP_NAME}",
    ),
    "a group's name that is no UUID": (
        valid().variable(mysql_group_name="foobar"),
        f"{SECRETS}: mysql_group_name is [foobar], which is no UUID: {GROUP_NAME}",
    ),
}


class MySqlTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
