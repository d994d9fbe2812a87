"""Checks the group of MySQL servers: that every member is in it, that it can lose one, and that its name is its own."""

from __future__ import annotations

import re

from plugin_utils.inventory.mysql import SHARED_GROUP_NAME
from plugin_utils.status.finding import Finding, Findings, join_names
from plugin_utils.status.replication import rejoin_finding
from plugin_utils.status.server import Server, parse_number
from plugin_utils.status.site import Site


def check_members_are_in_group(site: Site) -> Findings:
    for server in site.mysql_up("mysql") if site.is_group and site.primaries else []:
        if not server.is_in_group and not server.is_joining and not server.disk_message:
            sentence = f"{server.name} is no member of the group [{server.member_state}]"
            refused = re.match(r"The group did not take this server in, (\d+) times", server.agent_message)
            if refused:
                yield refused_finding(site, server, sentence, refused[1])
            else:
                yield rejoin_finding(site, server, f"{sentence}.")


def refused_finding(site: Site, server: Server, sentence: str, times: str) -> Finding:
    """Does not suggest rejoin.yml, because that does the same as mysql-agent, which keeps trying."""
    error = f" MySQL says: {server.replication_error}." if server.replication_error else ""
    return Finding(
        f"{sentence}: {times} times it was not taken in.{error} See why, and mend that; it tries again by itself:",
        site.commands.shell(server.name, "journalctl --no-pager --lines 30 --unit mysql"),
    )


def check_recovery_time(site: Site) -> Findings:
    for server in site.mysql_up("mysql") if site.is_group else []:
        seconds = parse_number(server.answers.get("agent_message_seconds")) or 0
        if server.is_recovering and seconds > site.thresholds.recovery_seconds:
            error = f" MySQL says: {server.replication_error}." if server.replication_error else ""
            yield Finding(
                f"{server.name} has been catching up with the group for {seconds // 60} minutes, and is no spare "
                f"meanwhile.{error} Unless it copies all data, which takes long, see what keeps it:",
                site.commands.shell(server.name, "journalctl --no-pager --lines 30 --unit mysql"),
            )


def check_group_redundancy(site: Site) -> Findings:
    servers = site.members("mysql")
    members = [server for server in site.mysql_up("mysql") if server.is_in_group]
    present = [server for server in site.mysql_up("mysql") if server.is_in_group or server.is_joining]
    if site.is_group and site.primary and len(present) < site.thresholds.group_members <= len(servers):
        missing = [server for server in servers if server not in present]
        yield Finding(
            f"The group of {len(servers)} is down to {len(members)}: one more failure stops the writes. "
            f"Bring back {join_names(missing)}, as above."
        )


def check_group_name(site: Site) -> Findings:
    members = [server for server in site.members("mysql") if server.is_in_group]
    name = next((str(server.mysql.get("group_name") or "") for server in members), "")
    if not site.is_group or not name:
        return
    rename = "Stop MySQL on all of its members, start it again, and run:"
    if name == SHARED_GROUP_NAME:
        yield Finding(
            f"The group has the name that other sites' groups have, too [{name}], and would take their servers for "
            f"its own. Write another mysql_group_name, while visitors see the maintenance page. {rename}",
            site.commands.playbook("reboot-cluster"),
        )
    elif name.lower() != site.group_name.lower():
        yield Finding(
            f"The group's name is [{name}], and that of the inventory is [{site.group_name}]. Write the former, or "
            f"rename the group. {rename}",
            site.commands.playbook("reboot-cluster"),
        )
