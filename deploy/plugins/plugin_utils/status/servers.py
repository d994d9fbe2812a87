"""Checks each server: that it responds, that its services run, that its disks have room, and that no reboot is due."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings
from plugin_utils.status.server import Server
from plugin_utils.status.site import UNITS, Site


def check_reachable(site: Site) -> Findings:
    for server in site.servers.values():
        if not server.answers:
            sentence = f"{server.name} cannot be asked [{server.connection_error}]. Start it, or mend its network:"
            yield Finding(sentence, site.commands.connect(server.name))


def check_services(site: Site) -> Findings:
    for group in UNITS:
        for server in site.reachable(group):
            for unit in site.units(group):
                yield from unit_findings(site, server, unit)


def unit_findings(site: Site, server: Server, unit: str) -> Findings:
    state = server.unit_state(unit)
    if server.is_skipped(unit):
        return
    if state == "not installed":
        yield Finding(f"{server.name} has no {unit} yet. Set it up:", site.commands.playbook("site"))
    elif state in ("activating", "deactivating"):
        yield Finding(
            f"{unit} on {server.name} starts or stops [{state}], or fails to again and again. See which:",
            site.commands.shell(server.name, f"journalctl --namespace +access --no-pager --lines 30 --unit {unit}"),
        )
    elif not server.runs(unit):
        yield Finding(
            f"{unit} on {server.name} does not run [{state}]. Start it; why it stopped is in its journal:",
            site.commands.shell(server.name, f"systemctl restart {unit}"),
        )


def check_mysql_responds(site: Site) -> Findings:
    for server in site.mysql_down("mysql", "replica"):
        if server.runs("mysql"):
            yield Finding(
                f"MySQL on {server.name} runs and does not answer. See journalctl --unit mysql there; "
                "if it has nothing to do with its disk, restart it:",
                site.commands.shell(server.name, "systemctl restart mysql"),
            )


def check_database_disks(site: Site) -> Findings:
    for server in site.reachable("mysql", "replica"):
        free = server.disk_free
        is_low = free is not None and free < site.thresholds.disk_free_percent
        if is_low or server.disk_message:
            share = "-" if free is None else f"{free} %"
            message = f" Its mysql-agent reports: {server.disk_message}." if server.disk_message else ""
            command = "du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"
            yield Finding(
                f"The disk of {server.name}'s database has {share} free.{message} See what fills it:",
                site.commands.shell(server.name, command),
            )


def check_root_disks(site: Site) -> Findings:
    for server in site.reachable("all"):
        free = server.root_disk_free
        if free is not None and free < site.thresholds.disk_free_percent:
            command = "du --one-file-system --human-readable --max-depth 3 --threshold 100M /"
            yield Finding(
                f"The disk of {server.name} has {free} % free. See what fills it:",
                site.commands.shell(server.name, command),
            )


def check_firewall(site: Site) -> Findings:
    for server in site.reachable("all"):
        if server.runs("foobar-firewall") and server.answers.get("firewall") != "loaded":
            yield Finding(
                f"{server.name} lets everybody in: somebody removed what its firewall had loaded. Load it again:",
                site.commands.shell(server.name, "systemctl restart foobar-firewall"),
            )


def check_reboot(site: Site) -> Findings:
    for server in site.reachable("all"):
        if server.reboot_reasons:
            sentence = f"A reboot of {server.name} is due [{'; '.join(server.reboot_reasons)}]. Patch it:"
            yield Finding(sentence, site.commands.playbook("patch", server.name))
