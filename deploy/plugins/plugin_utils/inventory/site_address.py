"""Checks the site's own address in site.yml: the URL, and the virtual addresses that the balancers share."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from urllib.parse import urlsplit

from plugin_utils.inventory.model import (
    EXAMPLE_DOMAIN,
    EXAMPLE_NETWORKS,
    SITE,
    Faults,
    Inventory,
    is_within,
    join_names,
    parse_address,
    parse_network,
    text,
    texts,
)

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
MAX_ADDRESSES = 2  # for each of IPv4 and IPv6
WRITE_ADDRESSES = "write virtual_addresses: with one or two that no server has, such as [10.1.2.10]"


def check_site_url(inventory: Inventory) -> Faults:
    url = text(inventory.site, "site_url")
    write = "write site_url: with what visitors type, without a path, such as https://www.yours.org"
    if not is_site_url(url):
        yield f"{SITE}: site_url is [{url}]: {write}"
    elif EXAMPLE_DOMAIN.fullmatch(urlsplit(url).hostname or ""):
        yield f"{SITE}: site_url is [{url}], which is the example's value: {write}"
    elif urlsplit(url).scheme != "https" and urlsplit(url).hostname not in LOOPBACK_HOSTS:
        yield f"{SITE}: site_url is [{url}], which is not encrypted, so others could read and change what visitors send: {write}"


def check_virtual_addresses(inventory: Inventory) -> Faults:
    values = texts(inventory.site, "virtual_addresses")
    versions = Counter(address.version for address in map(parse_address, values) if address)
    for version in (version for version, count in versions.items() if count > MAX_ADDRESSES):
        yield (
            f"{SITE}: virtual_addresses has {versions[version]} addresses of IPv{version}, "
            f"where the balancers hold one or two: {WRITE_ADDRESSES}"
        )
    if len(set(map(parse_address, values))) < len(values):
        yield f"{SITE}: virtual_addresses has [{values[0]}] twice: {WRITE_ADDRESSES}"
    for value in dict.fromkeys(values):
        yield from virtual_address_faults(inventory, value)


def virtual_address_faults(inventory: Inventory, value: str) -> Faults:
    networks = [network for network in map(parse_network, inventory.own_networks) if network]
    owners = {
        parse_address(text(inventory.hosts[host], name)): host
        for host, name in itertools.product(inventory.members("all"), ("address", "ipv6_address"))
    }
    address = parse_address(value)
    fault = f"{SITE}: [{value}] in virtual_addresses"
    if address is None:
        yield f"{fault} is no IP address: {WRITE_ADDRESSES}"
    elif is_within(address, EXAMPLE_NETWORKS):
        yield f"{fault} still has the example's value: {WRITE_ADDRESSES}"
    elif address in owners:
        yield f"{fault} is the address of {owners[address]}, where it stays: {WRITE_ADDRESSES}"
    elif not address.is_global and networks and not is_within(address, networks):
        yield f"{fault} is neither public nor yours: {WRITE_ADDRESSES}, or add its network to own_networks"


def check_balancer_failover(inventory: Inventory) -> Faults:
    """An empty list is valid, because most providers bind an address to a machine."""
    balancers, has_addresses = inventory.members("balancer"), bool(texts(inventory.site, "virtual_addresses"))
    if len(balancers) > 1 and inventory.site.get("virtual_addresses") is None:
        yield (
            f"{SITE} has no virtual_addresses that {join_names(balancers)} could take from each other: "
            f"write virtual_addresses: with one or two that no server has, or [] where DNS has each one's own, "
            f"or leave one balancer"
        )
    elif len(balancers) == 1 and has_addresses:
        yield (
            f"{SITE} has virtual_addresses, but no other balancer could take them from {balancers[0]}: "
            f"leave them out, or add a balancer"
        )


def is_site_url(url: str) -> bool:
    try:
        return bool(re.fullmatch(r"https?://[^/?#@\s]+", url) and urlsplit(url).hostname and urlsplit(url).port != 0)
    except ValueError:
        return False


def site_host_name(inventory: Inventory) -> str:
    """The host name in site_url; empty if that is no URL."""
    url = text(inventory.site, "site_url")
    return (urlsplit(url).hostname or "") if is_site_url(url) else ""
