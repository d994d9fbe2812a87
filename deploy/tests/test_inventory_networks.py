"""The networks of operators, of the servers, and of an owner's own Prometheus."""

import unittest

from inventory_builder import InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import FIREWALL, SITE

OWN_NETWORKS = "write own_networks: [10.1.2.0/24], with the networks that your servers' addresses are in"
OPERATOR_NETWORKS = "write operator_networks: [203.0.1.7/32], with where you sign in from"
MONITORING_NETWORKS = "write monitoring_networks: [10.3.2.1/32], with where your own Prometheus scrapes from"

VALID = {
    "no monitoring_networks": valid().variable(monitoring_networks=[]),
    "monitoring_networks": valid().monitored(monitoring_networks=["10.3.2.1/32", "fd00:3::/64"]).group("ops"),
    "a monitoring network that is no list": valid().monitored(monitoring_networks="10.3.2.0/24"),
    "a network that is no list": valid().variable(own_networks="10.0.0.0/24"),
    "the widest allowed network": valid().variable(own_networks=["10.0.0.0/8"]),
    "an operator network that is no list": valid().variable(operator_networks="fd00:1::/64"),
    "operators from anywhere, confirmed": valid().variable(
        operator_networks=["0.0.0.0/0", "::/0"], operators_anywhere=True
    ),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no operator_networks": (
        valid().variable(operator_networks=[]),
        f"{SITE} has no operator_networks: {OPERATOR_NETWORKS}",
    ),
    "a name as operator network": (
        valid().variable(operator_networks=["office"]),
        f"{SITE}: [office] in operator_networks is no network: {OPERATOR_NETWORKS}",
    ),
    "an operator network with the example's value": (
        valid().variable(operator_networks=["198.51.100.7/32"]),
        f"{SITE}: [198.51.100.7/32] in operator_networks still has the example's value: {OPERATOR_NETWORKS}",
    ),
    "the whole IPv4 Internet as operator network": (
        valid().variable(operator_networks=["0.0.0.0/0"]),
        f"{SITE}: [0.0.0.0/0] in operator_networks lets everybody try to sign in: {OPERATOR_NETWORKS}, "
        f"or operators_anywhere: true if that is meant",
    ),
    "half of the IPv4 Internet as operator network": (
        valid().variable(operator_networks=["0.0.0.0/1"], operators_anywhere=False),
        f"{SITE}: [0.0.0.0/1] in operator_networks lets everybody try to sign in: {OPERATOR_NETWORKS}, "
        f"or operators_anywhere: true if that is meant",
    ),
    "no own_networks": (valid().variable(own_networks=None), f"{SITE} has no own_networks: {OWN_NETWORKS}"),
    "an empty list of own_networks": (valid().variable(own_networks=[]), f"{SITE} has no own_networks: {OWN_NETWORKS}"),
    "an invalid network": (
        valid().variable(own_networks=["10.0.0.0/24", "mine"]),
        f"{SITE}: [mine] in own_networks is no network: {OWN_NETWORKS}",
    ),
    "a network with host bits": (
        valid().variable(own_networks=["10.0.0.1/24"]),
        f"{SITE}: [10.0.0.1/24] in own_networks is no network: {OWN_NETWORKS}",
    ),
    "a network that is too wide": (
        valid().variable(own_networks=["0.0.0.0/0"]),
        f"{SITE}: [0.0.0.0/0] in own_networks is too wide for a check of addresses: write networks of /8 or narrower",
    ),
    "an IPv6 network that is too wide": (
        valid().variable(own_networks=["10.0.0.0/24", "2000::/3"]),
        f"{SITE}: [2000::/3] in own_networks is too wide for a check of addresses: write networks of /16 or narrower",
    ),
    "a network with the example's value": (
        valid().variable(own_networks=["10.0.0.0/24", "192.0.2.0/24"]),
        f"{SITE}: [192.0.2.0/24] in own_networks still has the example's value: {OWN_NETWORKS}",
    ),
    "a name as monitoring network": (
        valid().monitored(monitoring_networks=["prometheus"]),
        f"{SITE}: [prometheus] in monitoring_networks is no network: {MONITORING_NETWORKS}, or leave it out",
    ),
    "a monitoring network left at its example": (
        valid().monitored(monitoring_networks=["203.0.113.0/24"]),
        f"{SITE}: [203.0.113.0/24] in monitoring_networks still has the example's value: {MONITORING_NETWORKS}, "
        f"or leave it out",
    ),
    "a monitoring network that is too wide": (
        valid().monitored(monitoring_networks=["0.0.0.0/0"]),
        f"{SITE}: [0.0.0.0/0] in monitoring_networks opens the metrics' ports to everybody: {MONITORING_NETWORKS}",
    ),
    "monitoring_networks without the firewall's row": (
        valid().monitored().group("ops").variable(monitoring_networks=["10.3.2.1/32"]).firewall_row_replaced(
            {"to": "all"}, to="web"
        ),
        f"{FIREWALL}: no row lets Prometheus in at port [9100] of lb-01, ops-01: "
        f"write - {{ to: all, from: monitoring, tcp: [9100] }}",
    ),
}


class NetworksTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
