"""Checks the addresses and ports of each server in hosts.yml: valid, in an own network, and not used twice."""

from __future__ import annotations

import ipaddress
import itertools
from collections import defaultdict

from plugin_utils.inventory.model import (
    EXAMPLE_NETWORKS,
    HOSTS,
    PORTS,
    SITE,
    Address,
    Faults,
    Inventory,
    is_within,
    join_names,
    parse_address,
    parse_network,
    parse_number,
    text,
)

ADDRESSES = ("address", "ipv6_address", "ansible_host")
NGINX_PORT = "443"  # the default of nginx_port
HAPROXY_PORTS = ("80", "443", "10443", "10444")  # visitors, visitors over TLS, peers, the frontend health
# What else listens on a web server that is monitored: exporters, nginx's metrics, and its page for the exporter.
MONITORING_PORTS = ("9100", "9104", "9113", "9443", "10445")
HAPROXY_METRICS_PORT = "8405"


def check_addresses(inventory: Inventory) -> Faults:
    for host in inventory.members("all"):
        address = text(inventory.hosts[host], "address")
        if not address:
            yield f"{HOSTS}: {host} has no address: write {host}: {{ address: ... }}"
        elif parse_address(address) is None:
            yield f"{HOSTS}: the address [{address}] of {host} is no IP address: write {host}: {{ address: ... }}"


def check_ipv6_addresses(inventory: Inventory) -> Faults:
    for host in inventory.members("all"):
        value = text(inventory.hosts[host], "ipv6_address")
        if value and not isinstance(parse_address(value), ipaddress.IPv6Address):
            yield (
                f"{HOSTS}: the ipv6_address [{value}] of {host} is no IPv6 address: "
                f'write {host}: {{ ipv6_address: "2a00:1:2::11" }}, or leave it out'
            )


def check_own_addresses(inventory: Inventory) -> Faults:
    networks = [parse_network(value) for value in inventory.own_networks]
    for host, name in itertools.product(inventory.members("all"), ADDRESSES):
        value = text(inventory.hosts[host], name)
        address = parse_address(value)
        if address is None:
            continue
        if is_within(address, EXAMPLE_NETWORKS):
            yield f"{HOSTS}: the {name} [{value}] of {host} still has the example's value: write the server's own"
        elif networks and None not in networks and not is_within(address, networks):
            yield (
                f"{HOSTS}: the {name} [{value}] of {host} is not an address of yours: "
                f"write one in {', '.join(map(str, networks))}, or add its network to own_networks in {SITE}"
            )


def check_duplicate_hosts(inventory: Inventory) -> Faults:
    """Compares the names, the addresses and the ssh addresses of all hosts."""
    hosts_at: dict[Address | str, list[str]] = defaultdict(list)
    for host in inventory.members("all"):
        values = [text(inventory.hosts[host], name) for name in ADDRESSES]
        for place in dict.fromkeys([host, *(parse_address(value) or value for value in values if value)]):
            hosts_at[place].append(host)
    for place, hosts in hosts_at.items():
        if len(hosts) > 1:
            yield f"{HOSTS}: {join_names(hosts)} lead to [{place}]: write each with its own address, or leave one"


def check_nginx_ports(inventory: Inventory) -> Faults:
    haproxy_ports = (*HAPROXY_PORTS, HAPROXY_METRICS_PORT) if inventory.is_monitored else HAPROXY_PORTS
    for host in inventory.members("web"):
        port = text(inventory.hosts[host], "nginx_port") or NGINX_PORT
        write = f"write {host}: {{ nginx_port: 8443 }}"
        if parse_number(port) not in PORTS:
            yield f"{HOSTS}: the nginx_port [{port}] of {host} is no port: {write}, or leave it out for {NGINX_PORT}"
        elif inventory.is_monitored and port in MONITORING_PORTS:
            yield f"{HOSTS}: the nginx_port [{port}] of {host} is a port of the monitoring: {write}"
        elif host in inventory.members("balancer") and port in haproxy_ports:
            yield (
                f"{HOSTS}: {host} is in the groups balancer and web, and HAProxy and nginx would both take the port "
                f"[{port}]: {write}, or leave it in one"
            )
