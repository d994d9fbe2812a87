"""Who has the virtual addresses, and the maintenance page."""

import unittest

from site_builder import PLAYBOOK, SiteBuilder, group, group_with_two_balancers, unit
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

HEALTHY = {
    "two balancers": group_with_two_balancers(),
    "two balancers, the second of which has the address": group().two_balancers("10.0.0.10", second="10.0.0.10"),
    "two balancers with an address each": group().two_balancers(
        "fd00::a", "fd00::b", first="fd00::a", second="fd00:0::b"
    ),
    "two balancers, the second of which has an IPv4 and an IPv6 address": group().two_balancers(
        "10.0.0.10", "fd00::a", second="10.0.0.10 fd00:0::a"
    ),
    "a balancer that does not report the maintenance page": group().answer("lb-01", maintenance=""),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "an address on both balancers": (
        group().two_balancers("10.0.0.10", first="10.0.0.10", second="10.0.0.10"),
        [
            "lb-01 and lb-02 both have the address 10.0.0.10: they do not receive each other's VRRP packets. "
            "Check that each accepts protocol 112 from the other, and restart keepalived on one: "
            "ssh lb-02 sudo systemctl restart foobar-firewall keepalived"
        ],
    ),
    "an address on no balancer": (
        group().two_balancers("10.0.0.10"),
        [
            "No balancer has the address 10.0.0.10, so no visitor reaches it. See why lb-01 and lb-02 cannot take it: "
            "ssh lb-01 sudo journalctl --no-pager --lines 30 --unit keepalived"
        ],
    ),
    "an address on no balancer, because none runs": (
        group().two_balancers("10.0.0.10").answer("lb-01", **unit("keepalived", "failed"))
        .answer("lb-02", **unit("haproxy", "failed")),
        [
            "keepalived on lb-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-01 sudo systemctl restart keepalived",
            "haproxy on lb-02 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-02 sudo systemctl restart haproxy",
        ],
    ),
    "an address on an unreachable balancer": (
        group().two_balancers("10.0.0.10").unreachable("lb-01"),
        ["lb-01 is unreachable [No route to host]. Start it, or repair its network: ssh lb-01"],
    ),
    "both addresses on one balancer": (
        group().two_balancers("10.0.0.10", "10.0.0.9", first="10.0.0.10 10.0.0.9"),
        [
            "lb-01 has the address 10.0.0.9 of lb-02, which is healthy again. Distribute the addresses again: "
            f"{PLAYBOOK} site.yml"
        ],
    ),
    "four addresses on one balancer": (
        group().two_balancers(
            "10.0.0.10", "10.0.0.9", "fd00::a", "fd00::9", first="10.0.0.10 10.0.0.9 fd00::a fd00::9"
        ),
        [
            f"lb-01 has the address {address} of lb-02, which is healthy again. Distribute the addresses again: "
            f"{PLAYBOOK} site.yml"
            for address in ("10.0.0.9", "fd00::9")
        ],
    ),
    "both addresses on one balancer, because the other has failed": (
        group().two_balancers("10.0.0.10", "10.0.0.9", first="10.0.0.10 10.0.0.9")
        .answer("lb-02", **unit("haproxy", "failed")),
        [
            "haproxy on lb-02 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-02 sudo systemctl restart haproxy"
        ],
    ),
    "the maintenance page": (
        group_with_two_balancers().answer("lb-01", maintenance="on").answer("lb-02", maintenance="on"),
        [f"Visitors see the maintenance page. When the work is done: {PLAYBOOK} maintenance.yml -e state=off"],
    ),
    "the maintenance page on one balancer": (
        group_with_two_balancers().answer("lb-02", maintenance="on"),
        [
            "Visitors see the maintenance page, at lb-02 only. When the work is done: "
            f"{PLAYBOOK} maintenance.yml -e state=off"
        ],
    ),
}


class BalancersTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
