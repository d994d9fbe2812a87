"""Addresses and ports of servers."""

import unittest

from inventory_builder import InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import HOSTS, SITE

VALID = {
    "another address for ssh": valid().host("web-01", ansible_host="10.0.0.121"),
    "a name for ssh": valid().host("web-01", ansible_host="bastion.foobar.org"),
    "the same address for ssh": valid().host("web-01", ansible_host="10.0.0.21"),
    "an IPv6 address": valid().host("web-01", address="fd00:1::21"),
    "nginx at a port of the monitoring that is off": valid().host("web-01", nginx_port=9443),
    "a balancer that is a web server, at another port": valid().only_balancer("web-01").host("web-01", nginx_port=8443),
    "an IPv4 and an IPv6 address": valid().host("web-01", ipv6_address="fd00:1::21"),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no address": (
        valid().host("web-01", address=None),
        f"{HOSTS}: web-01 has no address: write web-01: {{ address: ... }}",
    ),
    "an empty address": (
        valid().host("web-01", address=""),
        f"{HOSTS}: web-01 has no address: write web-01: {{ address: ... }}",
    ),
    "a name as address": (
        valid().host("web-01", address="web-01.local"),
        f"{HOSTS}: the address [web-01.local] of web-01 is no IP address: write web-01: {{ address: ... }}",
    ),
    "a number as address": (
        valid().host("web-01", address=10),
        f"{HOSTS}: the address [10] of web-01 is no IP address: write web-01: {{ address: ... }}",
    ),
    "an address outside own_networks": (
        valid().host("lb-01", address="8.8.8.8"),
        f"{HOSTS}: the address [8.8.8.8] of lb-01 is not an address of yours: "
        f"write one in 10.0.0.0/24, fd00:1::/64, or add its network to own_networks in {SITE}",
    ),
    "an ssh address outside own_networks": (
        valid().host("lb-01", ansible_host="8.8.8.8"),
        f"{HOSTS}: the ansible_host [8.8.8.8] of lb-01 is not an address of yours: "
        f"write one in 10.0.0.0/24, fd00:1::/64, or add its network to own_networks in {SITE}",
    ),
    "an IPv4 address as ipv6_address": (
        valid().host("web-01", ipv6_address="10.0.0.121"),
        f"{HOSTS}: the ipv6_address [10.0.0.121] of web-01 is no IPv6 address: "
        f'write web-01: {{ ipv6_address: "2a00:1:2::11" }}, or leave it out',
    ),
    "an IPv6 address outside own_networks": (
        valid().host("lb-01", ipv6_address="fd99::11"),
        f"{HOSTS}: the ipv6_address [fd99::11] of lb-01 is not an address of yours: "
        f"write one in 10.0.0.0/24, fd00:1::/64, or add its network to own_networks in {SITE}",
    ),
    "an address with the example's value": (
        valid().host("web-01", address="192.0.2.21"),
        f"{HOSTS}: the address [192.0.2.21] of web-01 still has the example's value: write the server's own",
    ),
    "an ssh address with the example's value": (
        valid().host("web-01", ansible_host="2001:db8::21"),
        f"{HOSTS}: the ansible_host [2001:db8::21] of web-01 still has the example's value: write the server's own",
    ),
    "an address twice": (
        valid().host("web-02", address="10.0.0.21"),
        f"{HOSTS}: web-01 and web-02 lead to [10.0.0.21]: write each with its own address, or leave one",
    ),
    "an address twice, written differently": (
        valid().host("web-01", address="fd00:1::21").host("web-02", address="FD00:1:0::21"),
        f"{HOSTS}: web-01 and web-02 lead to [fd00:1::21]: write each with its own address, or leave one",
    ),
    "an address three times": (
        valid().host("web-02", address="10.0.0.21").host("ops-01", address="10.0.0.21"),
        f"{HOSTS}: web-01, web-02 and ops-01 lead to [10.0.0.21]: write each with its own address, or leave one",
    ),
    "an ssh address twice": (
        valid().host("web-01", ansible_host="jump.local").host("web-02", ansible_host="jump.local"),
        f"{HOSTS}: web-01 and web-02 lead to [jump.local]: write each with its own address, or leave one",
    ),
    "the address of another host as ssh address": (
        valid().host("web-01", ansible_host="10.0.0.22"),
        f"{HOSTS}: web-01 and web-02 lead to [10.0.0.22]: write each with its own address, or leave one",
    ),
    "the name of another host as ssh address": (
        valid().host("web-01", ansible_host="web-02"),
        f"{HOSTS}: web-01 and web-02 lead to [web-02]: write each with its own address, or leave one",
    ),
    "nginx at HAProxy's port 443": (
        valid().only_balancer("web-01"),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [443]: "
        f"write web-01: {{ nginx_port: 8443 }}, or leave it in one",
    ),
    "nginx at HAProxy's port 80": (
        valid().only_balancer("web-01").host("web-01", nginx_port=80),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [80]: "
        f"write web-01: {{ nginx_port: 8443 }}, or leave it in one",
    ),
    "an invalid port": (
        valid().host("web-01", nginx_port="https"),
        f"{HOSTS}: the nginx_port [https] of web-01 is no port: write web-01: {{ nginx_port: 8443 }}, "
        f"or leave it out for 443",
    ),
    "nginx at a port of the monitoring": (
        valid().monitored().host("web-01", nginx_port=9443),
        f"{HOSTS}: the nginx_port [9443] of web-01 is a port of the monitoring: write web-01: {{ nginx_port: 8443 }}",
    ),
    "nginx at the port of HAProxy's metrics": (
        valid().monitored().only_balancer("web-01").host("web-01", nginx_port=8405),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [8405]: "
        f"write web-01: {{ nginx_port: 8443 }}, or leave it in one",
    ),
}


class AddressesTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
