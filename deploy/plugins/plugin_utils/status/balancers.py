"""Checks the balancers: who has the virtual addresses, and whether visitors see the maintenance page."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings, join_names
from plugin_utils.status.server import Server
from plugin_utils.status.site import BALANCER_UNITS, Site


def check_address_holders(site: Site) -> Findings:
    """An address without a holder is reported only if every balancer is reachable and one of them could hold it."""
    candidates = [server for server in site.reachable("balancer") if server.runs(*BALANCER_UNITS)]
    for address in site.addresses:
        holders = site.holders(address)
        if len(holders) > 1:
            yield Finding(
                f"{join_names(holders)} both have the address {address}: they do not receive each other's VRRP "
                "packets. Check that each accepts protocol 112 from the other, and restart keepalived on one:",
                site.commands.shell(holders[-1].name, "systemctl restart foobar-firewall keepalived"),
            )
        elif not holders and candidates and site.reachable("balancer") == site.members("balancer"):
            yield Finding(
                f"No balancer has the address {address}, so no visitor reaches it. See why {join_names(candidates)} "
                "cannot take it:",
                site.commands.shell(candidates[0].name, "journalctl --no-pager --lines 30 --unit keepalived"),
            )


def check_address_distribution(site: Site) -> Findings:
    """With two addresses of an IP version each balancer holds one, or one holds both after the other has failed."""
    if not any(len(same_version(site, address)) > 1 for address in site.addresses):
        return
    for address in site.addresses:
        holders, owner = site.holders(address), preferred_holder(site, address)
        if len(holders) == 1 and owner not in holders and owner.answers and owner.runs(*BALANCER_UNITS):
            yield Finding(
                f"{holders[0].name} has the address {address} of {owner.name}, which is healthy again. Distribute the addresses again:",
                site.commands.playbook("site"),
            )


def same_version(site: Site, address: str) -> list[str]:
    """The virtual addresses of the same IP version; an IPv4 address and an IPv6 address move together."""
    return [other for other in site.addresses if (":" in other) == (":" in address)]


def preferred_holder(site: Site, address: str) -> Server:
    """The balancer that has the address while all of them are well."""
    balancers = site.members("balancer")
    return balancers[same_version(site, address).index(address) % len(balancers)]


def check_maintenance_page(site: Site) -> Findings:
    known = [server for server in site.reachable("balancer") if server.answers.get("maintenance")]
    closed = [server for server in known if server.answers["maintenance"] == "on"]
    if closed:
        part = "" if len(closed) == len(known) else f", at {join_names(closed)} only"
        yield Finding(
            f"Visitors see the maintenance page{part}. When the work is done:",
            site.commands.playbook("maintenance", "", "-e state=off"),
        )
