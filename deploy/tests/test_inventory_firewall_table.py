"""The rows of firewall_table, that operators can sign in, and that Prometheus can scrape."""

import unittest

from inventory_builder import MONITORING, SSH, InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import FIREWALL

GROUPS = "balancer, web, mysql, replica, ops"

VALID = {
    "ssh at another port": valid().variable(
        firewall_table=[{"to": "all", "from": "web", "tcp": ["2222", 22]}]
    ).host("ops-01", ansible_port=2222),
    "a row with several groups": valid().firewall_row(
        to=["mysql", "replica"], from_=["web", "all"], tcp="3306", protocol="vrrp"
    ),
    "all rows of the monitoring": valid().monitored(),
    "the rows of the monitoring, without anybody who monitors": valid().variable(firewall_table=[SSH, *MONITORING]),
    "a host's own table": valid().host("web-01", firewall_table=[SSH | {"tcp": [22, "8443"]}]),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no firewall_table": (
        valid().variable(firewall_table=None),
        f"{FIREWALL} has no firewall_table: copy {FIREWALL} from inventory/example",
    ),
    "a firewall_table that is text": (
        valid().variable(firewall_table="closed").firewall_table_per_host(),
        f"{FIREWALL}: firewall_table is no list: copy {FIREWALL} from inventory/example",
    ),
    "a row that is text": (
        valid().variable(firewall_table=[SSH, "ssh"]),
        f"{FIREWALL}: the row [ssh] is none: write - {{ to: ..., from: ..., tcp: [...] }}",
    ),
    "a row with an unknown column": (
        valid().firewall_row(to="web", from_="anyone", tcp=[443], sctp=[9]),
        f"{FIREWALL}: the row [to: web, from: anyone, tcp: [443], sctp: [9]] has [sctp], which is none of "
        f"to, from, tcp, udp, protocol: rename it, or remove it",
    ),
    "a row without a target": (
        valid().firewall_row(from_="web", tcp=[3306]),
        f"{FIREWALL}: the row [from: web, tcp: [3306]] has no [to]: write one of {GROUPS}, all",
    ),
    "a row to an unknown group": (
        valid().firewall_row(to="database", from_="web", tcp=[3306]),
        f"{FIREWALL}: the row [to: database, from: web, tcp: [3306]] has [database] in to, "
        f"which is none of {GROUPS}, all",
    ),
    "a row from an unknown source": (
        valid().firewall_row(to="mysql", from_=["web", "office"], tcp=[3306]),
        f"{FIREWALL}: the row [to: mysql, from: ['web', 'office'], tcp: [3306]] has [office] in from, "
        f"which is none of {GROUPS}, all, operators, monitoring, anyone",
    ),
    "a row without ports or protocol": (
        valid().firewall_row(to="mysql", from_="web"),
        f"{FIREWALL}: the row [to: mysql, from: web] lets nothing in: write tcp: [...], udp: [...] or protocol: vrrp",
    ),
    "a port that is a name": (
        valid().firewall_row(to="mysql", from_="web", tcp=["mysql"]),
        f"{FIREWALL}: [mysql] in the row [to: mysql, from: web, tcp: ['mysql']] is no port: write one from 1 to 65535",
    ),
    "a port too high": (
        valid().firewall_row(to="mysql", from_="web", udp=65536),
        f"{FIREWALL}: [65536] in the row [to: mysql, from: web, udp: 65536] is no port: write one from 1 to 65535",
    ),
    "an unknown protocol": (
        valid().firewall_row(to="mysql", from_="web", protocol="icmp"),
        f"{FIREWALL}: the row [to: mysql, from: web, protocol: icmp] has the protocol [icmp]: "
        f"write vrrp, or tcp or udp with ports",
    ),
    "an invalid port in a host's own table": (
        valid().host("web-01", firewall_table=[SSH, {"to": "web", "from": "balancer", "tcp": [0]}]),
        f"{FIREWALL}: [0] in the row [to: web, from: balancer, tcp: [0]] is no port: write one from 1 to 65535",
    ),
    "a server that no row opens for ssh": (
        valid().variable(firewall_table=[SSH | {"to": ["balancer", "web"]}]),
        f"{FIREWALL}: no row lets ssh in at port [22] of ops-01, and you would be locked out: "
        f"write - {{ to: all, from: operators, tcp: [22] }}",
    ),
    "ssh at a closed port": (
        valid().host("ops-01", ansible_port=2222),
        f"{FIREWALL}: no row lets ssh in at port [2222] of ops-01, and you would be locked out: "
        f"write - {{ to: all, from: operators, tcp: [2222] }}",
    ),
    "no row for Prometheus to the web servers' nginx": (
        valid().monitored(firewall_table=[SSH, *(row for row in MONITORING if row["to"] != "web")]).firewall_row_added(
            to="web", from_="monitoring", tcp=[9113]
        ),
        f"{FIREWALL}: no row lets Prometheus in at port [9443] of web-01, web-02: "
        f"write - {{ to: web, from: monitoring, tcp: [9443] }}",
    ),
    "a row for Prometheus that leaves a database out": (
        valid().monitored().database("db-01", 4, "replica").firewall_row_replaced(
            {"to": ["mysql", "replica"]}, to="mysql"
        ),
        f"{FIREWALL}: no row lets Prometheus in at port [9104] of db-01: "
        f"write - {{ to: [mysql, replica], from: monitoring, tcp: [9104] }}",
    ),
    "a row for Prometheus from elsewhere": (
        valid().monitored().firewall_row_replaced({"to": "balancer"}, from_="operators"),
        f"{FIREWALL}: no row lets Prometheus in at port [8405] of lb-01: "
        f"write - {{ to: balancer, from: monitoring, tcp: [8405] }}",
    ),
}


class FirewallTableTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
