"""The traffic that each server accepts, by the rows of firewall_table."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from firewall import (  # noqa: E402
    firewall_accepted_traffic,
    firewall_expected_scan,
    firewall_nft_rules,
    firewall_public_ports,
)

TABLE = [
    {"to": "all", "from": "operators", "tcp": [22]},
    {"to": "balancer", "from": "anyone", "tcp": [80, 443], "udp": [443]},
    {"to": "balancer", "from": "balancer", "protocol": "vrrp", "tcp": 10443},
    {"to": ["mysql", "replica"], "from": ["web", "mysql"], "tcp": ["3306"]},
]
GROUPS = {
    "all": ["lb-01", "lb-02", "web-01", "db-01"],
    "balancer": ["lb-01", "lb-02"],
    "web": ["web-01"],
    "mysql": ["web-01", "db-01"],
}


class FirewallTests(unittest.TestCase):
    def setUp(self) -> None:
        addresses = ("10.0.0.11", "10.0.0.12", "fd00::21", "10.0.0.31")
        site: dict[str, Any] = {"operator_networks": ["10.9.9.0/24"], "firewall_table": TABLE}
        pairs = zip(GROUPS["all"], addresses, strict=True)
        self.hosts = {host: {**site, "address": address} for host, address in pairs}

    def test_rules_of_a_balancer(self) -> None:
        self.assertEqual(
            self.lines("lb-01"),
            [
                "# operators to all",
                "ip saddr { 10.9.9.0/24 } tcp dport { 22 } accept",
                "# anyone to balancer",
                "tcp dport { 80, 443 } accept",
                "udp dport { 443 } accept",
                "# balancer to balancer",
                "ip saddr { 10.0.0.12 } tcp dport { 10443 } accept",
                "ip saddr { 10.0.0.12 } meta l4proto 112 accept",
            ],
        )

    def test_sources_are_ipv4_or_ipv6_addresses(self) -> None:
        self.assertIn("ip6 saddr { fd00::21 } tcp dport { 3306 } accept", self.lines("db-01"))
        self.assertIn("ip saddr { 10.0.0.31 } tcp dport { 3306 } accept", self.lines("web-01"))

    def test_monitoring_is_its_networks_and_the_server_of_the_group_ops(self) -> None:
        row = {"to": "all", "from": "monitoring", "tcp": [9100]}
        for host in self.hosts.values():
            host |= {"firewall_table": [row], "monitoring_networks": ["10.3.2.0/24", "fd00:3::/64"]}
        groups = {**GROUPS, "ops": ["db-01"]}
        self.assertEqual(
            firewall_nft_rules(self.hosts, groups, "lb-01"),
            [
                "# monitoring to all",
                "ip saddr { 10.0.0.31, 10.3.2.0/24 } tcp dport { 9100 } accept",
                "ip6 saddr { fd00:3::/64 } tcp dport { 9100 } accept",
            ],
        )
        lines = firewall_nft_rules(self.hosts, groups, "db-01")
        self.assertIn("ip saddr { 10.3.2.0/24 } tcp dport { 9100 } accept", lines)

    def test_nobody_is_let_in_where_nobody_monitors(self) -> None:
        for host in self.hosts.values():
            host["firewall_table"] = [{"to": "all", "from": "monitoring", "tcp": [9100]}]
        self.assertEqual(firewall_nft_rules(self.hosts, GROUPS, "lb-01"), [])

    def test_a_row_without_sources_has_no_rule(self) -> None:
        alone = {**GROUPS, "balancer": ["lb-01"]}
        lines = firewall_nft_rules(self.hosts, alone, "lb-01")
        self.assertNotIn("# balancer to balancer", lines)

    def test_a_server_in_several_groups_gets_the_rows_of_each(self) -> None:
        lines = firewall_nft_rules(self.hosts, {**GROUPS, "mysql": ["lb-01", "web-01"]}, "lb-01")
        self.assertIn("tcp dport { 80, 443 } accept", lines)
        self.assertIn("ip6 saddr { fd00::21 } tcp dport { 3306 } accept", lines)

    def test_a_host_can_have_its_own_table(self) -> None:
        self.hosts["lb-02"]["firewall_table"] = [{"to": "balancer", "from": "anyone", "tcp": [8443]}]
        self.assertEqual(self.lines("lb-02"), ["# anyone to balancer", "tcp dport { 8443 } accept"])

    def test_overlapping_networks_are_merged(self) -> None:
        self.hosts["lb-01"]["operator_networks"] = ["10.9.0.0/16", "10.9.9.0/24", "10.9.9.7/32", "fd00:9::/64"]
        lines = self.lines("lb-01")
        self.assertEqual(lines[1], "ip saddr { 10.9.0.0/16 } tcp dport { 22 } accept")
        self.assertEqual(lines[2], "ip6 saddr { fd00:9::/64 } tcp dport { 22 } accept")

    def test_a_row_without_ports_accepts_nothing(self) -> None:
        self.hosts["lb-01"]["firewall_table"] = [{"to": "balancer", "from": "anyone", "udp": []}]
        self.assertEqual(self.lines("lb-01"), [])

    def test_public_ports(self) -> None:
        ports = firewall_public_ports(self.hosts, GROUPS, "lb-01")
        self.assertEqual(ports, {"tcp": ["80", "443"], "udp": ["443"]})
        self.assertEqual(firewall_public_ports(self.hosts, GROUPS, "web-01"), {})

    def test_accepted_traffic_depends_on_the_source(self) -> None:
        for host, address, expected in (
            ("lb-01", "10.9.9.7", ["tcp/22", "tcp/80", "tcp/443", "udp/443"]),
            ("lb-01", "10.0.0.12", ["tcp/80", "tcp/443", "udp/443", "tcp/10443", "protocol/112"]),
            ("lb-01", "fe80::1%eth0", ["tcp/80", "tcp/443", "udp/443"]),
            ("db-01", "fd00::21", ["tcp/3306"]),
            ("db-01", "8.8.8.8", []),
        ):
            with self.subTest(address):
                self.assertEqual(firewall_accepted_traffic(self.hosts, GROUPS, host, address), expected)

    def test_expected_scan_of_virtual_addresses(self) -> None:
        for variables in self.hosts.values():
            variables["virtual_addresses"] = ["10.0.0.10", "fd00::10"]
        self.hosts["lb-01"]["ipv6_address"] = "fd00::11"
        expected = firewall_expected_scan(self.hosts, GROUPS, {"external": ["10.0.0.250", "fd00::250"]})
        self.assertEqual(
            [line for line in expected if line.startswith("external")],
            [
                f"external {address} {match} must"
                for address in ("10.0.0.11", "10.0.0.12", "10.0.0.10", "fd00::11", "fd00::10")
                for match in ("tcp/80", "tcp/443", "udp/443")
            ],
        )
        self.assertIn("web-01 fd00::11 tcp/443 must", expected)
        self.assertNotIn("web-01 10.0.0.11 tcp/443 must", expected)
        self.assertIn("lb-01 10.0.0.10 tcp/10443 may", expected)
        self.assertFalse([line for line in expected if line.startswith("lb-01 10.0.0.11 ")])

    def lines(self, host: str) -> list[str]:
        return firewall_nft_rules(self.hosts, GROUPS, host)


if __name__ == "__main__":
    unittest.main()
