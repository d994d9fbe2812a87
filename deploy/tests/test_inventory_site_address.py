"""The site's URL, and the virtual addresses that the balancers share."""

import unittest

from inventory_builder import InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import SITE

URL = "write site_url: with what visitors type, without a path, such as https://www.yours.org"
VIRTUAL_ADDRESSES = "write virtual_addresses: with one or two that no server has, such as [10.1.2.10]"

VALID = {
    "a URL with a port": valid().variable(site_url="http://localhost:8088"),
    "a URL with an IP address": valid().variable(site_url="https://[fd00:1::11]:8443"),
    "two balancers": valid().balancers("10.0.0.10"),
    "two balancers with two addresses": valid().balancers("10.0.0.10", "10.0.0.9"),
    "an IPv4 and an IPv6 address": valid().balancers("10.0.0.10", "fd00:1::10"),
    "two addresses of each IP version": valid().balancers("10.0.0.10", "10.0.0.9", "fd00:1::10", "fd00:1::9"),
    "two balancers with a public address": valid().balancers("8.8.8.8"),
    "two balancers without virtual addresses": valid().balancers(),
    "a virtual address that is no list": valid().balancers().variable(virtual_addresses="10.0.0.10"),
    "an empty list of addresses": valid().variable(virtual_addresses=[]),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no URL": (valid().variable(site_url=None), f"{SITE}: site_url is []: {URL}"),
    "a URL without http": (valid().variable(site_url="www.foobar.org"), f"{SITE}: site_url is [www.foobar.org]: {URL}"),
    "a URL with a path": (
        valid().variable(site_url="https://www.foobar.org/"),
        f"{SITE}: site_url is [https://www.foobar.org/]: {URL}",
    ),
    "a URL with a port that is none": (
        valid().variable(site_url="https://www.foobar.org:99999"),
        f"{SITE}: site_url is [https://www.foobar.org:99999]: {URL}",
    ),
    "a URL with the example's value": (
        valid().variable(site_url="http://www.example.com"),
        f"{SITE}: site_url is [http://www.example.com], which is the example's value: {URL}",
    ),
    "a URL of another example domain": (
        valid().variable(site_url="https://example.org:8443"),
        f"{SITE}: site_url is [https://example.org:8443], which is the example's value: {URL}",
    ),
    "a URL without TLS": (
        valid().variable(site_url="http://www.foobar.org"),
        f"{SITE}: site_url is [http://www.foobar.org], which is not encrypted, so others could read and change what "
        f"visitors send: {URL}",
    ),
    "a virtual address with the example's value": (
        valid().balancers("192.0.2.10"),
        f"{SITE}: [192.0.2.10] in virtual_addresses still has the example's value: {VIRTUAL_ADDRESSES}",
    ),
    "a name as virtual address": (
        valid().balancers("www.foobar.org"),
        f"{SITE}: [www.foobar.org] in virtual_addresses is no IP address: {VIRTUAL_ADDRESSES}",
    ),
    "the address of a server": (
        valid().balancers("10.0.0.11"),
        f"{SITE}: [10.0.0.11] in virtual_addresses is the address of lb-01, where it stays: {VIRTUAL_ADDRESSES}",
    ),
    "a private address outside own_networks": (
        valid().balancers("10.7.0.10"),
        f"{SITE}: [10.7.0.10] in virtual_addresses is neither public nor yours: {VIRTUAL_ADDRESSES}, "
        f"or add its network to own_networks",
    ),
    "three IPv4 addresses": (
        valid().balancers("10.0.0.8", "10.0.0.9", "10.0.0.10"),
        f"{SITE}: virtual_addresses has 3 addresses of IPv4, where the balancers hold one or two: {VIRTUAL_ADDRESSES}",
    ),
    "three IPv6 addresses": (
        valid().balancers("10.0.0.8", "fd00:1::8", "fd00:1::9", "fd00:1::10"),
        f"{SITE}: virtual_addresses has 3 addresses of IPv6, where the balancers hold one or two: {VIRTUAL_ADDRESSES}",
    ),
    "the IPv6 address of a server": (
        valid().host("lb-01", ipv6_address="fd00:1::11").balancers("fd00:1::11"),
        f"{SITE}: [fd00:1::11] in virtual_addresses is the address of lb-01, where it stays: {VIRTUAL_ADDRESSES}",
    ),
    "one address twice": (
        valid().balancers("10.0.0.10", "10.0.0.10"),
        f"{SITE}: virtual_addresses has [10.0.0.10] twice: {VIRTUAL_ADDRESSES}",
    ),
    "two balancers without virtual_addresses": (
        valid().balancers().variable(virtual_addresses=None),
        f"{SITE} has no virtual_addresses that lb-01 and lb-02 could take from each other: "
        f"write virtual_addresses: with one or two that no server has, or [] where DNS has each one's own, "
        f"or leave one balancer",
    ),
    "a virtual address with one balancer": (
        valid().variable(virtual_addresses=["10.0.0.10"]),
        f"{SITE} has virtual_addresses, but no other balancer could take them from lb-01: "
        f"leave them out, or add a balancer",
    ),
}


class SiteAddressTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
