"""Groups of hosts.yml: each required one, and no others."""

import unittest

from inventory_builder import InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import HOSTS

GROUPS = "balancer, web, mysql, replica, ops"

VALID = {
    "an empty group of replicas": valid().group("replica"),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no balancer": (
        valid().without_group("balancer").group("web", "web-01", "web-02", "lb-01"),
        f"{HOSTS} has no host in the group [balancer]: write balancer:, below it hosts:, and below that one",
    ),
    "an empty group": (
        valid().group("web"),
        f"{HOSTS} has no host in the group [web]: write web:, below it hosts:, and below that one",
    ),
    "no database": (
        valid().without_group("mysql").group("web", "web-01", "web-02", "ops-01"),
        f"{HOSTS} has no host in the group [mysql]: write mysql:, below it hosts:, and below that one",
    ),
    "an unknown group": (
        valid().group("replicas", "web-01"),
        f"{HOSTS}: the group [replicas] is none of {GROUPS}: rename it, or remove it",
    ),
    "a host in no group": (
        valid().host("web-03", address="10.0.0.23"),
        f"{HOSTS}: web-03 is in no group: write it below hosts: of one of {GROUPS}",
    ),
}


class GroupsTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
