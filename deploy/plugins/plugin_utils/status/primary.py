"""Checks that exactly one MySQL server is the primary, and takes writes."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings, join_names, agent_finding
from plugin_utils.status.site import Site

NO_PRIMARY = "No primary, and so no writes"


def check_group_has_primary(site: Site) -> Findings:
    responding, others = site.mysql_up("mysql"), site.mysql_down("mysql")
    is_installed = any(server.unit_state("mysql") != "not installed" for server in site.reachable("mysql"))
    if not site.is_group or site.primaries or not is_installed:
        return
    if any(server.is_in_group for server in responding):
        if any(server.is_in_group and server.disk_message for server in responding):
            return
        sentence = "No primary: the group is choosing one. Look again in a few seconds:"
        yield Finding(sentence, site.commands.playbook("status"))
    elif responding and not others and not any(server.mysql.get("executed") for server in responding):
        yield Finding("No primary: the group was never started. Set it up:", site.commands.playbook("site"))
    elif others:
        yield Finding(
            f"{NO_PRIMARY}: too few members of the group are left. Bring back {join_names(others)} first, "
            "which may have acknowledged writes that no other server has. Then:",
            site.commands.playbook("reboot-cluster"),
        )
    else:
        sentence = f"{NO_PRIMARY}: no member of the group is left. Start it:"
        yield Finding(sentence, site.commands.playbook("reboot-cluster"))


def check_pair_has_primary(site: Site) -> Findings:
    responding, others = site.mysql_up("mysql"), site.mysql_down("mysql")
    if site.is_group or site.primaries or not responding:
        return
    first = next((found for server in responding if (found := agent_finding(site.commands, server))), None)
    if first:
        yield Finding(f"{NO_PRIMARY}. {first.sentence}", first.command)
    elif not any(server.mysql.get("executed") for server in responding):
        yield Finding("No primary: the databases were never set up. Set them up:", site.commands.playbook("site"))
    elif not others:
        sentence = f"{NO_PRIMARY}. Make one of them the primary:"
        yield Finding(sentence, site.commands.playbook("promote", responding[0].name))
    else:
        unreachable = [server.name for server in others if not server.answers]
        precaution = f", make sure that {join_names(others)} is off, and" if unreachable else ","
        yield Finding(
            f"{NO_PRIMARY}. Bring back {join_names(others)}, as above. "
            f"If that takes too long{precaution} promote the other server:",
            site.commands.playbook("promote", responding[0].name, *(f"-e off={name}" for name in unreachable)),
        )


def check_single_primary(site: Site) -> Findings:
    if len(site.primaries) > 1:
        first, last = site.primaries[0], site.primaries[-1]
        yield Finding(
            f"{len(site.primaries)} primaries: {' and '.join(site.primaries)} accept writes. Decide which one stays the primary; "
            f"to keep {first}:",
            site.commands.playbook("rejoin", last),
        )


def check_replicas_are_read_only(site: Site) -> Findings:
    for server in site.mysql_up("replica"):
        if server.mysql.get("writable") and server.name not in site.primaries:
            sentence = f"{server.name} accepts writes, but should be a read-only replica. Make it one:"
            yield Finding(sentence, site.commands.playbook("rejoin", server.name))
