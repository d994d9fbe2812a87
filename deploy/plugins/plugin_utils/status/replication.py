"""Checks replication: whether replicas replicate, their lag, a pair's semi-synchronous replication, offline mode."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings, agent_finding
from plugin_utils.status.server import Server
from plugin_utils.status.site import Site


def check_replicas_replicate(site: Site) -> Findings:
    for server in site.replicas() if site.primary else []:
        if not site.replicates(server) and not server.mysql.get("writable"):
            source = server.mysql.get("follows")
            has_other_source = source and not site.is_group and source not in site.primaries
            reason = f" It follows {source}, and the primary is {site.primaries[0]}." if has_other_source else ""
            yield rejoin_finding(site, server, f"{server.name} does not replicate.{reason}")


def rejoin_finding(site: Site, server: Server, sentence: str) -> Finding:
    found = agent_finding(site.commands, server, "rejoin")
    if found:
        return Finding(f"{sentence} {found.sentence}", found.command)
    error = [f"MySQL says: {server.replication_error}."] if server.replication_error else []
    return Finding(" ".join([sentence, *error, "Bring it back:"]), site.commands.playbook("rejoin", server.name))


def check_replication_lag(site: Site) -> Findings:
    for server in site.mysql_up("mysql", "replica"):
        seconds = site.lag_seconds(server) or 0
        if seconds > site.thresholds.lag_seconds and not server.is_recovering:
            yield Finding(
                f"{server.name} is {seconds} s behind, and shows visitors what is old. See what it is busy with:",
                site.commands.sql(server.name, "SHOW FULL PROCESSLIST"),
            )


def check_semi_synchronous_replication(site: Site) -> Findings:
    servers, primary = site.members("mysql"), site.primary
    if site.is_group or not primary or len(servers) < 2 or primary not in servers:
        return
    if not primary.has_semi_synchronous_replica:
        other = next(server for server in servers if server is not primary)
        yield Finding(
            f"Semi-synchronous replication has fallen back: what {primary.name} acknowledges is nowhere else, "
            f"and lost with it. When {other.name} runs:",
            site.commands.playbook("rejoin", other.name),
        )


def check_offline_mode(site: Site) -> Findings:
    for server in site.mysql_up("mysql", "replica"):
        serves_clients = server.is_in_group if site.is_member(server) else True
        if server.mysql.get("offline_mode") and serves_clients:
            command = site.commands.sql(server.name, "SET GLOBAL offline_mode = OFF")
            yield Finding(f"{server.name} turns its clients away [offline_mode]. Open it to them:", command)
