"""What each server lets in, by the rows of a table."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from firewall import firewall_lets_in, firewall_lines, firewall_open_to_all, firewall_scan  # noqa: E402

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

    def test_a_balancer_lets_in_visitors_operators_and_the_other_balancer(self) -> None:
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

    def test_a_server_is_known_by_its_address_whatever_its_family(self) -> None:
        self.assertIn("ip6 saddr { fd00::21 } tcp dport { 3306 } accept", self.lines("db-01"))
        self.assertIn("ip saddr { 10.0.0.31 } tcp dport { 3306 } accept", self.lines("web-01"))

    def test_a_server_alone_in_its_group_has_no_row_for_the_others(self) -> None:
        alone = {**GROUPS, "balancer": ["lb-01"]}
        lines = firewall_lines(self.hosts, alone, "lb-01")
        self.assertNotIn("# balancer to balancer", lines)

    def test_a_server_in_several_groups_gets_the_rows_of_each(self) -> None:
        lines = firewall_lines(self.hosts, {**GROUPS, "mysql": ["lb-01", "web-01"]}, "lb-01")
        self.assertIn("tcp dport { 80, 443 } accept", lines)
        self.assertIn("ip6 saddr { fd00::21 } tcp dport { 3306 } accept", lines)

    def test_a_variable_is_each_server_s_own(self) -> None:
        self.hosts["lb-02"]["firewall_table"] = [{"to": "balancer", "from": "anyone", "tcp": [8443]}]
        self.assertEqual(self.lines("lb-02"), ["# anyone to balancer", "tcp dport { 8443 } accept"])

    def test_networks_that_overlap_are_one(self) -> None:
        self.hosts["lb-01"]["operator_networks"] = ["10.9.0.0/16", "10.9.9.0/24", "10.9.9.7/32", "fd00:9::/64"]
        lines = self.lines("lb-01")
        self.assertEqual(lines[1], "ip saddr { 10.9.0.0/16 } tcp dport { 22 } accept")
        self.assertEqual(lines[2], "ip6 saddr { fd00:9::/64 } tcp dport { 22 } accept")

    def test_a_row_without_ports_lets_nothing_in(self) -> None:
        self.hosts["lb-01"]["firewall_table"] = [{"to": "balancer", "from": "anyone", "udp": []}]
        self.assertEqual(self.lines("lb-01"), [])

    def test_what_is_open_to_all_is_not_tracked(self) -> None:
        open_to_all = firewall_open_to_all(self.hosts, GROUPS, "lb-01")
        self.assertEqual(open_to_all, {"tcp": ["80", "443"], "udp": ["443"]})
        self.assertEqual(firewall_open_to_all(self.hosts, GROUPS, "web-01"), {})

    def test_who_comes_from_where_is_let_in_where(self) -> None:
        for host, address, expected in (
            ("lb-01", "10.9.9.7", ["tcp/22", "tcp/80", "tcp/443", "udp/443"]),
            ("lb-01", "10.0.0.12", ["tcp/80", "tcp/443", "udp/443", "tcp/10443", "protocol/112"]),
            ("lb-01", "fe80::1%eth0", ["tcp/80", "tcp/443", "udp/443"]),
            ("db-01", "fd00::21", ["tcp/3306"]),
            ("db-01", "8.8.8.8", []),
        ):
            with self.subTest(address):
                self.assertEqual(firewall_lets_in(self.hosts, GROUPS, host, address), expected)

    def test_a_scan_finds_the_same_at_an_address_that_moves(self) -> None:
        for variables in self.hosts.values():
            variables["site_addresses"] = ["10.0.0.10", "fd00::10"]
        self.hosts["lb-01"]["ipv6_address"] = "fd00::11"
        ways = firewall_scan(self.hosts, GROUPS, {"stranger": ["10.0.0.250", "fd00::250"]})
        self.assertEqual(
            [way for way in ways if way.startswith("stranger")],
            [
                f"stranger {address} {match} must"
                for address in ("10.0.0.11", "10.0.0.12", "10.0.0.10", "fd00::11", "fd00::10")
                for match in ("tcp/80", "tcp/443", "udp/443")
            ],
        )
        self.assertIn("web-01 fd00::11 tcp/443 must", ways)
        self.assertNotIn("web-01 10.0.0.11 tcp/443 must", ways)
        self.assertIn("lb-01 10.0.0.10 tcp/10443 may", ways)
        self.assertFalse([way for way in ways if way.startswith("lb-01 10.0.0.11 ")])

    def lines(self, host: str) -> list[str]:
        return firewall_lines(self.hosts, GROUPS, host)


if __name__ == "__main__":
    unittest.main()
