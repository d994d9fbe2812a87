"""Checks the networks in site.yml: those of the operators, of Prometheus, and of the servers."""

from __future__ import annotations

from plugin_utils.inventory.model import (
    EXAMPLE_NETWORKS,
    SITE,
    Faults,
    Inventory,
    is_within,
    parse_network,
    text,
    texts,
)

SHORTEST_PREFIX = {4: 8, 6: 16}  # by IP version


def check_operator_networks(inventory: Inventory) -> Faults:
    write = "write operator_networks: [203.0.1.7/32], with where you sign in from"
    values = texts(inventory.site, "operator_networks")
    anywhere = text(inventory.site, "operators_anywhere").lower() in ("true", "yes", "1")
    if not values:
        yield f"{SITE} has no operator_networks: {write}"
    for value in values:
        network = parse_network(value)
        if network is None:
            yield f"{SITE}: [{value}] in operator_networks is no network: {write}"
        elif is_within(network.network_address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in operator_networks still has the example's value: {write}"
        elif network.prefixlen < SHORTEST_PREFIX[network.version] and not anywhere:
            yield (
                f"{SITE}: [{value}] in operator_networks lets everybody try to sign in: {write}, "
                f"or operators_anywhere: true if that is meant"
            )


def check_own_networks(inventory: Inventory) -> Faults:
    write = "own_networks: [10.1.2.0/24], with the networks that your servers' addresses are in"
    if not inventory.own_networks:
        yield f"{SITE} has no own_networks: write {write}"
    for value in inventory.own_networks:
        network = parse_network(value)
        if network is None:
            yield f"{SITE}: [{value}] in own_networks is no network: write {write}"
        elif network.prefixlen < SHORTEST_PREFIX[network.version]:
            yield (
                f"{SITE}: [{value}] in own_networks is too wide for a check of addresses: "
                f"write networks of /{SHORTEST_PREFIX[network.version]} or narrower"
            )
        elif is_within(network.network_address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in own_networks still has the example's value: write {write}"


def check_monitoring_networks(inventory: Inventory) -> Faults:
    write = "write monitoring_networks: [10.3.2.1/32], with where your own Prometheus scrapes from"
    for value in texts(inventory.site, "monitoring_networks"):
        network = parse_network(value)
        if network is None:
            yield f"{SITE}: [{value}] in monitoring_networks is no network: {write}, or leave it out"
        elif is_within(network.network_address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in monitoring_networks still has the example's value: {write}, or leave it out"
        elif network.prefixlen < SHORTEST_PREFIX[network.version]:
            yield f"{SITE}: [{value}] in monitoring_networks opens the metrics' ports to everybody: {write}"
