"""Prints the status of the whole site as tables, and finds what needs a person and what to run then.

Each rule is a function that yields findings, each with a sentence and a command. A new rule is one
more function in RULES, and its finding one more row in tests/test_site_status.py. Rules do not
report consequences of what another rule reports.
"""

from __future__ import annotations

import ipaddress
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

WIDTH = 100  # of a terminal
BEHIND_SECONDS = 10
RECOVERING_SECONDS = 600
VISITORS_CERTIFICATE_DAYS = 14
INNER_CERTIFICATE_DAYS = 90  # long, because only a person renews them
DISK_PERCENT = 10

SHARED_GROUP_NAME = "6f6f6261-7200-4000-8000-000000000000"  # the default of earlier versions, so several sites have it
NO_PRIMARY = "No primary, and so no writes"

UNITS = {
    "mysql": ("mysql", "mysql-agent"),
    "replica": ("mysql",),
    "web": ("nginx", "foobar"),
    "balancer": ("haproxy",),
    "all": ("foobar-firewall", "chrony"),
}
# If the site has virtual addresses.
BALANCER_UNITS = ("haproxy", "keepalived")
# The service of each group that presents an internal certificate.
SHOWN_BY = {"mysql": "mysql", "replica": "mysql", "web": "nginx", "balancer": "haproxy"}


@dataclass(frozen=True)
class Server:
    name: str
    said: Mapping[str, str]  # the output of files/questions; empty if the server does not respond
    state: Mapping[str, Any]  # the state of its MySQL; empty if that does not respond
    trouble: str  # why it does not respond
    nginx_port: str = "443"
    reboot_due: tuple[str, ...] = ()  # the reasons for a reboot

    def unit(self, name: str) -> str:
        is_there = self.said.get(f"{name}.LoadState") == "loaded"
        return self.said.get(f"{name}.ActiveState", "") if is_there else "not installed"

    def is_skipped(self, name: str) -> bool:
        """Whether systemd skipped the unit because of an unmet condition."""
        return self.said.get(f"{name}.ConditionResult") == "no" and bool(self.said.get(f"{name}.ConditionTimestamp"))

    def runs(self, *units: str) -> bool:
        return all(self.unit(name) in ("active", "reloading") for name in units)

    @property
    def agent(self) -> str:
        return self.said.get("mysql-agent.StatusText", "") if self.runs("mysql-agent") else ""

    @property
    def wants_room(self) -> str:
        """mysql-agent's message about its nearly full disk; empty without one."""
        return self.agent.partition(". If that takes too long")[0] if "free for its data" in self.agent else ""

    @property
    def replication(self) -> Mapping[str, Any]:
        return json.loads(self.said.get("replication") or "{}")

    @property
    def error(self) -> str:
        return textwrap.shorten(self.replication.get("error") or "", 200, placeholder=" ...").rstrip(".")

    @property
    def is_in_group(self) -> bool:
        return bool(self.state.get("in_group"))

    @property
    def is_on_its_way(self) -> bool:
        return self.state.get("member") == "RECOVERING" or self.agent == "Joining the group"

    @property
    def is_ready(self) -> bool:
        return self.runs("foobar") and self.said.get("ready") == "200"

    @property
    def addresses(self) -> list[str]:
        return [same(address) for address in self.said.get("addresses", "").split()]

    @property
    def disk_free(self) -> int | None:
        """The free space of the database's disk in percent."""
        return self._free("disk_used")

    @property
    def root_disk_free(self) -> int | None:
        """The free space of the root disk in percent; None if the database is on the same disk."""
        return self._free("root_disk_used")

    def _free(self, name: str) -> int | None:
        used = number(self.said.get(name, "").rstrip("% "))
        return None if used is None else 100 - used


class Finding(NamedTuple):
    sentence: str
    command: str = ""


Findings = Iterator[Finding]


class Commands(NamedTuple):
    """Formats the commands that an operator has to run."""

    inventory: str
    wrapper: str
    doors: Mapping[str, str]  # the ssh destination of each host, such as admin@web-01

    def verb(self, name: str, host: str = "", *more: str) -> str:
        if self.wrapper:
            words = [self.wrapper, "up" if name == "site" else name, host, *more]
        else:
            words = ["ansible-playbook -i", self.inventory, f"{name}.yml", f"-e host={host}" if host else "", *more]
        return " ".join(filter(None, words))

    def on(self, host: str, command: str) -> str:
        return f"{self.wrapper} shell {host} {command}" if self.wrapper else f"{self.reach(host)} sudo {command}"

    def sql(self, host: str, statement: str) -> str:
        command = f"mysql --execute '{statement}'"
        return self.on(host, command) if self.wrapper else f'{self.reach(host)} "sudo {command}"'

    def reach(self, host: str) -> str:
        return f"{self.wrapper} up" if self.wrapper else f"ssh {self.doors[host]}"


class Site(NamedTuple):
    servers: Mapping[str, Server]
    groups: Mapping[str, list[str]]
    topology: str
    primaries: list[str]
    run: Commands
    addresses: list[str]  # the virtual addresses
    group_name: str  # mysql_group_name in the inventory

    def of(self, *groups: str) -> list[Server]:
        hosts = dict.fromkeys(host for group in groups for host in self.groups.get(group, []))
        return [self.servers[host] for host in hosts]

    def answering(self, *groups: str) -> list[Server]:
        """The servers whose MySQL responds."""
        return [server for server in self.of(*groups) if server.state]

    def silent(self, *groups: str) -> list[Server]:
        return [server for server in self.of(*groups) if not server.state]

    def reached(self, *groups: str) -> list[Server]:
        return [server for server in self.of(*groups) if server.said]

    @property
    def is_group(self) -> bool:
        return self.topology == "group"

    @property
    def primary(self) -> Server | None:
        return self.servers.get(self.primaries[0]) if len(self.primaries) == 1 else None

    def units(self, group: str) -> tuple[str, ...]:
        return BALANCER_UNITS if group == "balancer" and self.addresses else UNITS[group]

    def certificates(self, server: Server) -> list[int | None]:
        """The days until each of its internal certificates expires; None for one that cannot be read."""
        services = {service for group, service in SHOWN_BY.items() if server.name in self.groups.get(group, [])}
        installed = [service for service in services if server.unit(service) != "not installed"]
        return [number(server.said.get(f"{service}.certificate_days")) for service in installed]

    def holders(self, address: str) -> list[Server]:
        return [server for server in self.reached("balancer") if same(address) in server.addresses]

    def family(self, address: str) -> list[str]:
        """The virtual addresses of the same IP version; an IPv4 address and an IPv6 address move together."""
        return [other for other in self.addresses if (":" in other) == (":" in address)]

    def home(self, address: str) -> Server:
        entrances = self.of("balancer")
        return entrances[self.family(address).index(address) % len(entrances)]

    def is_member(self, server: Server) -> bool:
        return self.is_group and server.name in self.groups.get("mysql", [])

    def followers(self) -> list[Server]:
        """The servers that should replicate from another one, and whose MySQL responds."""
        meant = self.of("replica") if self.is_group else self.of("mysql", "replica")
        return [server for server in meant if server.state and server.name not in self.primaries]

    def follows(self, server: Server) -> bool:
        replicates = (server.replication.get("receiver"), server.replication.get("applier")) == ("ON", "ON")
        return replicates and (self.is_group or server.state.get("follows") in self.primaries)


def status_table(hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str) -> str:
    site = site_of(hostvars, groups, topology)
    sections = [databases(site), web_servers(site), balancers(site)]
    first = max(len(row[0]) for section in sections for row in section)
    return "\n\n".join(aligned(section, first) for section in sections)


def status_findings(
    hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str, inventory: str, wrapper: str = ""
) -> list[str]:
    doors = {host: door(host, hostvars[host]) for host in groups["all"]}
    site = site_of(hostvars, groups, topology, Commands(inventory, wrapper, doors))
    return [worded(finding) for rule in RULES for finding in rule(site)]


# The table --------------------------------------------------------------------------------


def databases(site: Site) -> list[list[str]]:
    is_pair = not site.is_group and len(site.groups["mysql"]) > 1
    semi_sync = ["semi-sync"] if is_pair else []
    rows = [["database", "role", "behind", *semi_sync, "certificate", "disk free", "mysql-agent"]]
    for server in site.of("mysql", "replica"):
        if is_pair:
            semi_sync = ["-" if server.name not in site.primaries else "on" if is_semi_synchronous(server) else "off"]
        rows.append(
            [
                *(server.name, role(site, server), behind(site, server)),
                *semi_sync,
                with_unit(first_end(site, server), "days"),
                with_unit(server.disk_free, "%"),
                server.agent or "-",
            ]
        )
    return rows


def web_servers(site: Site) -> list[list[str]]:
    entrances = site.of("balancer")
    rows = [["web server", "application", "release", "since", "nginx", *(f"at {one.name}" for one in entrances)]]
    for server in site.of("web"):
        running = server.runs("foobar")
        rows.append(
            [
                server.name,
                "ready" if server.is_ready else "not ready" if running else word(server, "foobar"),
                server.said.get("release") or "-",
                since(server) if running else "-",
                word(server, "nginx"),
                *(one.said.get(f"visitors.{server.name}", "-").lower() for one in entrances),
            ]
        )
    return rows


def balancers(site: Site) -> list[list[str]]:
    has_addresses = bool(site.addresses)
    moving = ["keepalived", "address"] if has_addresses else []
    rows = [["balancer", "HAProxy", *moving, "certificate", "maintenance"]]
    for server in site.of("balancer"):
        held = [address for address in site.addresses if server in site.holders(address)]
        rows.append(
            [
                *(server.name, word(server, "haproxy")),
                *([word(server, "keepalived"), " ".join(held) or "-"] if has_addresses else []),
                with_unit(number(server.said.get("site_certificate_days")), "days"),
                server.said.get("maintenance") or "-",
            ]
        )
    return rows


def role(site: Site, server: Server) -> str:
    member = str(server.state.get("member", ""))
    if not server.said:
        return "unreachable"
    if not server.state:
        return "no answer" if server.runs("mysql") else word(server, "mysql")
    if server.name in site.primaries:
        return "primary"
    if site.is_member(server):
        return "member" if server.is_in_group else "no majority" if member == "ONLINE" else member.lower()
    if server.state.get("writable"):
        return "takes writes"
    if not site.follows(server):
        return "not replicating" if server.state.get("follows") else "waiting"
    return "replica" if server.name in site.groups["mysql"] else "read-only replica"


def behind(site: Site, server: Server) -> str:
    is_fed = site.follows(server) or server.is_in_group or server.is_on_its_way
    has_lag = is_fed and server.name not in site.primaries and "behind" in server.replication
    return f"{server.replication['behind']} s" if has_lag else "-"


def is_semi_synchronous(primary: Server) -> bool:
    said = primary.replication
    return said.get("semi_sync") == "ON" and said.get("semi_sync_replicas") != "0"


def first_end(site: Site, server: Server) -> int | None:
    return min((days for days in site.certificates(server) if days is not None), default=None)


def word(server: Server, unit: str) -> str:
    return server.unit(unit) if server.said else "unreachable"


def since(server: Server) -> str:
    """The start of the application as day, minute and zone, from [Sat 2026-11-21 14:31:05 UTC]."""
    words = server.said.get("foobar.ActiveEnterTimestamp", "").split()
    return f"{words[1]} {words[2][:5]} {words[3]}" if len(words) == 4 else "-"


def with_unit(value: int | None, unit: str) -> str:
    return "-" if value is None else f"{value} {unit}"


def aligned(rows: list[list[str]], first: int) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = first
    lines = ("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(line if len(line) <= WIDTH else line[: WIDTH - 3] + "..." for line in lines)


# The findings: servers and services -------------------------------------------------------


def every_server_answers(site: Site) -> Findings:
    for server in site.servers.values():
        if not server.said:
            sentence = f"{server.name} cannot be asked [{server.trouble}]. Start it, or mend its network:"
            yield Finding(sentence, site.run.reach(server.name))


def every_service_runs(site: Site) -> Findings:
    for group in UNITS:
        for server in site.reached(group):
            for unit in site.units(group):
                yield from faults_of(site, server, unit)


def faults_of(site: Site, server: Server, unit: str) -> Findings:
    state = server.unit(unit)
    if server.is_skipped(unit):
        return
    if state == "not installed":
        yield Finding(f"{server.name} has no {unit} yet. Set it up:", site.run.verb("site"))
    elif state in ("activating", "deactivating"):
        yield Finding(
            f"{unit} on {server.name} starts or stops [{state}], or fails to again and again. See which:",
            site.run.on(server.name, f"journalctl --namespace +access --no-pager --lines 30 --unit {unit}"),
        )
    elif not server.runs(unit):
        yield Finding(
            f"{unit} on {server.name} does not run [{state}]. Start it; why it stopped is in its journal:",
            site.run.on(server.name, f"systemctl restart {unit}"),
        )


def every_database_answers(site: Site) -> Findings:
    for server in site.silent("mysql", "replica"):
        if server.runs("mysql"):
            yield Finding(
                f"MySQL on {server.name} runs and does not answer. See journalctl --unit mysql there; "
                "if it has nothing to do with its disk, restart it:",
                site.run.on(server.name, "systemctl restart mysql"),
            )


def every_disk_has_room(site: Site) -> Findings:
    for server in site.reached("mysql", "replica"):
        is_low = server.disk_free is not None and server.disk_free < DISK_PERCENT
        if is_low or server.wants_room:
            said = f" Its mysql-agent reports: {server.wants_room}." if server.wants_room else ""
            yield Finding(
                f"The disk of {server.name}'s database has {with_unit(server.disk_free, '%')} free.{said} "
                "See what fills it:",
                site.run.on(server.name, "du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"),
            )
    for server in site.reached("all"):
        if server.root_disk_free is not None and server.root_disk_free < DISK_PERCENT:
            yield Finding(
                f"The disk of {server.name} has {server.root_disk_free} % free. See what fills it:",
                site.run.on(server.name, "du --one-file-system --human-readable --max-depth 3 --threshold 100M /"),
            )


# The findings: the primary ----------------------------------------------------------------


def a_group_has_a_primary(site: Site) -> Findings:
    answering, silent = site.answering("mysql"), site.silent("mysql")
    is_installed = any(server.unit("mysql") != "not installed" for server in site.reached("mysql"))
    if not site.is_group or site.primaries or not is_installed:
        return
    if any(server.is_in_group for server in answering):
        if any(server.is_in_group and server.wants_room for server in answering):
            return
        yield Finding("No primary: the group is choosing one. Look again in a few seconds:", site.run.verb("status"))
    elif answering and not silent and not any(server.state.get("executed") for server in answering):
        yield Finding("No primary: the group was never started. Set it up:", site.run.verb("site"))
    elif silent:
        yield Finding(
            f"{NO_PRIMARY}: too few are left of the group. Bring back {names(silent)} first, "
            "where acknowledged writes may be that are nowhere else. Then:",
            site.run.verb("reboot-cluster"),
        )
    else:
        sentence = f"{NO_PRIMARY}: nobody is left of the group. Start it:"
        yield Finding(sentence, site.run.verb("reboot-cluster"))


def a_pair_has_a_primary(site: Site) -> Findings:
    answering, silent = site.answering("mysql"), site.silent("mysql")
    if site.is_group or site.primaries or not answering:
        return
    said = [words for words in (kept(site, server) for server in answering) if words]
    if said:
        yield Finding(f"{NO_PRIMARY}. {said[0].sentence}", said[0].command)
    elif not any(server.state.get("executed") for server in answering):
        yield Finding("No primary: the databases were never set up. Do it:", site.run.verb("site"))
    elif not silent:
        yield Finding(f"{NO_PRIMARY}. Make one of them the primary:", site.run.verb("promote", answering[0].name))
    else:
        off = [server.name for server in silent if not server.said]
        sure = f", make sure that {names(silent)} is off, and" if off else ","
        yield Finding(
            f"{NO_PRIMARY}. Bring back {names(silent)}, as above. "
            f"If that takes too long{sure} let the other take over:",
            site.run.verb("promote", answering[0].name, *(f"-e off={name}" for name in off)),
        )


def there_is_one_primary(site: Site) -> Findings:
    if len(site.primaries) > 1:
        goes, stays = site.primaries[-1], site.primaries[0]
        yield Finding(
            f"{len(site.primaries)} primaries: {' and '.join(site.primaries)} take writes. Decide which one goes on; "
            f"to go on with {stays}:",
            site.run.verb("rejoin", goes),
        )


def no_replica_takes_writes(site: Site) -> Findings:
    for server in site.answering("replica"):
        if server.state.get("writable") and server.name not in site.primaries:
            sentence = f"{server.name} takes writes, and is meant to be a read-only replica. Make it one:"
            yield Finding(sentence, site.run.verb("rejoin", server.name))


# The findings: members and replicas -------------------------------------------------------


def every_member_is_in_the_group(site: Site) -> Findings:
    for server in site.answering("mysql") if site.is_group and site.primaries else []:
        if not server.is_in_group and not server.is_on_its_way and not server.wants_room:
            member = str(server.state.get("member", ""))
            state = "no majority" if member == "ONLINE" else member.lower()
            sentence = f"{server.name} is no member of the group [{state}]"
            refused = re.match(r"The group did not take this server in, (\d+) times", server.agent)
            yield not_taken_in(site, server, sentence, refused[1]) if refused else brought_back(site, server, f"{sentence}.")


def not_taken_in(site: Site, server: Server, sentence: str, times: str) -> Finding:
    """Does not suggest rejoin.yml, because that does the same as mysql-agent, which keeps trying."""
    said = f" MySQL says: {server.error}." if server.error else ""
    return Finding(
        f"{sentence}: {times} times it was not taken in.{said} See why, and mend that; it tries again by itself:",
        site.run.on(server.name, "journalctl --no-pager --lines 30 --unit mysql"),
    )


def no_member_catches_up_for_ever(site: Site) -> Findings:
    for server in site.answering("mysql") if site.is_group else []:
        seconds = number(server.said.get("agent_message_seconds")) or 0
        if server.state.get("member") == "RECOVERING" and seconds > RECOVERING_SECONDS:
            said = f" MySQL says: {server.error}." if server.error else ""
            yield Finding(
                f"{server.name} has been catching up with the group for {seconds // 60} minutes, and is no spare "
                f"meanwhile.{said} Unless it copies all data, which takes long, see what keeps it:",
                site.run.on(server.name, "journalctl --no-pager --lines 30 --unit mysql"),
            )


def a_group_can_lose_one(site: Site) -> Findings:
    members = [server for server in site.answering("mysql") if server.is_in_group]
    left = [server for server in site.answering("mysql") if server.is_in_group or server.is_on_its_way]
    if site.is_group and site.primary and len(left) < 3 <= len(site.of("mysql")):
        missing = [server for server in site.of("mysql") if server not in left]
        yield Finding(
            f"The group of {len(site.of('mysql'))} is down to {len(members)}: one more failure stops the writes. "
            f"Bring back {names(missing)}, as above."
        )


def a_group_has_a_name_of_its_own(site: Site) -> Findings:
    running = next((str(one.state.get("group_name") or "") for one in site.of("mysql") if one.is_in_group), "")
    if not site.is_group or not running:
        return
    how = "Stop MySQL on all of its members, start it again, and run:"
    if running == SHARED_GROUP_NAME:
        yield Finding(
            f"The group has the name that other sites' groups have, too [{running}], and would take their servers for "
            f"its own. Write another mysql_group_name, while visitors see the maintenance page. {how}",
            site.run.verb("reboot-cluster"),
        )
    elif running.lower() != site.group_name.lower():
        yield Finding(
            f"The group's name is [{running}], and that of the inventory is [{site.group_name}]. Write the former, or "
            f"rename the group. {how}",
            site.run.verb("reboot-cluster"),
        )


def every_replica_follows(site: Site) -> Findings:
    for server in site.followers() if site.primary else []:
        if not site.follows(server) and not server.state.get("writable"):
            source = server.state.get("follows")
            is_astray = source and not site.is_group and source not in site.primaries
            reason = f" It follows {source}, and the primary is {site.primaries[0]}." if is_astray else ""
            yield brought_back(site, server, f"{server.name} does not replicate.{reason}")


def brought_back(site: Site, server: Server, sentence: str) -> Finding:
    said = kept(site, server, "rejoin")
    if said:
        return Finding(f"{sentence} {said.sentence}", said.command)
    why = [f"MySQL says: {server.error}."] if server.error else []
    return Finding(" ".join([sentence, *why, "Bring it back:"]), site.run.verb("rejoin", server.name))


def every_replica_keeps_up(site: Site) -> Findings:
    for server in site.answering("mysql", "replica"):
        seconds = server.replication.get("behind") or 0
        if seconds > BEHIND_SECONDS and behind(site, server) != "-" and server.state.get("member") != "RECOVERING":
            yield Finding(
                f"{server.name} is {seconds} s behind, and shows visitors what is old. See what it is busy with:",
                site.run.sql(server.name, "SHOW FULL PROCESSLIST"),
            )


def a_pair_is_semi_synchronous(site: Site) -> Findings:
    if site.is_group or not site.primary or len(site.of("mysql")) < 2 or site.primary.name not in site.groups["mysql"]:
        return
    if not is_semi_synchronous(site.primary):
        other = next(server for server in site.of("mysql") if server is not site.primary)
        yield Finding(
            f"Semi-synchronous replication has fallen back: what {site.primary.name} acknowledges is nowhere else, "
            f"and lost with it. When {other.name} runs:",
            site.run.verb("rejoin", other.name),
        )


def nobody_turns_clients_away(site: Site) -> Findings:
    for server in site.answering("mysql", "replica"):
        is_meant_to_serve = server.is_in_group if site.is_member(server) else True
        if server.state.get("offline_mode") and is_meant_to_serve:
            command = site.run.sql(server.name, "SET GLOBAL offline_mode = OFF")
            yield Finding(f"{server.name} turns its clients away [offline_mode]. Open it to them:", command)


# The findings: upkeep ---------------------------------------------------------------------


def every_certificate_is_good_for_long(site: Site) -> Findings:
    """Internal certificates. An expired one ends all of its server's connections with other servers."""
    for server in site.reached("all"):
        days = first_end(site, server)
        if None in site.certificates(server):
            yield Finding(f"{server.name} has no certificate that can be read. Give it one:", site.run.verb("site"))
        elif days is not None and days < INNER_CERTIFICATE_DAYS:
            sentence = f"The certificate of {server.name} {end(days)}. Give every server a new one:"
            yield Finding(sentence, site.run.verb("renew-internal-certificates"))


def the_authority_is_good_for_long(site: Site) -> Findings:
    days = [days for one in site.reached("all") if (days := number(one.said.get("authority_days"))) is not None]
    if days and min(days) < INNER_CERTIFICATE_DAYS:
        sentence = f"The site's own authority {end(min(days))}, and with it every certificate that servers show each other."
        yield Finding(f"{sentence} Write a new one (deploy/README.md, Certificates), then:", site.run.verb("renew-internal-certificates"))


def visitors_see_a_certificate_that_is_good_for_long(site: Site) -> Findings:
    for server in site.reached("balancer"):
        days = number(server.said.get("site_certificate_days"))
        if days is None and server.runs("haproxy"):
            yield Finding(f"{server.name} has no certificate for visitors. Give it one:", site.run.verb("site"))
        elif days is not None and days < VISITORS_CERTIFICATE_DAYS:
            sentence = f"The certificate that visitors see at {server.name} {end(days)}. Renew it, and see why nobody did:"
            yield Finding(sentence, site.run.verb("renew-certificate"))
        elif server.unit("site-certificate-renew") == "failed":
            sentence = f"{server.name} asked for a new certificate for visitors, and got none. Ask again, and hear why:"
            yield Finding(sentence, site.run.verb("renew-certificate"))


def every_firewall_is_closed(site: Site) -> Findings:
    for server in site.reached("all"):
        if server.runs("foobar-firewall") and server.said.get("firewall") != "loaded":
            yield Finding(
                f"{server.name} lets everybody in: somebody removed what its firewall had loaded. Load it again:",
                site.run.on(server.name, "systemctl restart foobar-firewall"),
            )


def no_reboot_is_due(site: Site) -> Findings:
    for server in site.reached("all"):
        if server.reboot_due:
            sentence = f"A reboot of {server.name} is due [{'; '.join(server.reboot_due)}]. Patch it:"
            yield Finding(sentence, site.run.verb("patch", server.name))


# The findings: visitors -------------------------------------------------------------------


def every_address_is_held_once(site: Site) -> Findings:
    """An address without a holder is reported only if every balancer is reachable and one of them could hold it."""
    could = [server for server in site.reached("balancer") if server.runs(*BALANCER_UNITS)]
    for address in site.addresses:
        holders = site.holders(address)
        if len(holders) > 1:
            yield Finding(
                f"{names(holders)} both have the address {address}: they do not hear each other, and visitors reach "
                f"one or the other. Look whether each lets the other's protocol 112 in, and let one take it anew:",
                site.run.on(holders[-1].name, "systemctl restart foobar-firewall keepalived"),
            )
        elif not holders and could and site.reached("balancer") == site.of("balancer"):
            yield Finding(
                f"Nobody has the address {address}, and no visitor comes in there. See why {names(could)} cannot "
                "take it:",
                site.run.on(could[0].name, "journalctl --no-pager --lines 30 --unit keepalived"),
            )


def every_address_is_at_home(site: Site) -> Findings:
    """With two addresses of an IP version each balancer holds one, or one holds both after the other has failed."""
    if not any(len(site.family(address)) > 1 for address in site.addresses):
        return
    for address in site.addresses:
        holders, home = site.holders(address), site.home(address)
        if len(holders) == 1 and home not in holders and home.said and home.runs(*BALANCER_UNITS):
            yield Finding(
                f"{holders[0].name} has the address {address} of {home.name}, which is well again. Share them anew:",
                site.run.verb("site"),
            )


def nobody_is_shown_the_maintenance_page(site: Site) -> Findings:
    entrances = [server for server in site.reached("balancer") if server.said.get("maintenance")]
    closed = [server for server in entrances if server.said["maintenance"] == "on"]
    if closed:
        part = "" if len(closed) == len(entrances) else f", at {names(closed)} only"
        yield Finding(
            f"Visitors see the maintenance page{part}. When the work is done:",
            site.run.verb("maintenance", "", "-e state=off"),
        )


def every_instance_is_ready(site: Site) -> Findings:
    for server in site.reached("web"):
        if server.runs("foobar") and not server.is_ready and site.primary:
            answer = server.said.get("ready", "000").replace("000", "no answer")
            yield Finding(
                f"The application on {server.name} is not ready [{answer}]. See why:",
                site.run.on(server.name, "journalctl --no-pager --lines 30 --unit foobar"),
            )


def every_instance_is_the_same(site: Site) -> Findings:
    releases = {server.name: server.said["release"] for server in site.reached("web") if server.said.get("release")}
    if len(set(releases.values())) > 1:
        which = ", ".join(f"{release} on {host}" for host, release in releases.items())
        sentence = f"The web servers run different releases: {which}. Unless a roll-out is under way, choose one:"
        yield Finding(sentence, site.run.verb("rollback", "", f"-e release={next(iter(releases.values()))}"))


def every_web_server_has_visitors(site: Site) -> Findings:
    entrances = [server for server in site.reached("balancer") if server.runs("haproxy")]
    for server in site.of("web"):
        for entrance in entrances:
            yield from faults_at(site, entrance, server)
        yield from drained(site, entrances, server)


def faults_at(site: Site, entrance: Server, server: Server) -> Findings:
    """Ignores a server that is coming up, with a status such as DOWN 1/2."""
    status = entrance.said.get(f"visitors.{server.name}", "")
    if not status:
        yield Finding(f"{entrance.name} knows no {server.name}. Tell it:", site.run.verb("site"))
    elif status == "DOWN" and server.is_ready and server.runs("nginx"):
        port = "" if server.nginx_port == "443" else f":{server.nginx_port}"
        curl = "curl --no-progress-meter --include --max-time 3 --cacert /etc/haproxy/tls/authority.pem"
        yield Finding(
            f"{server.name} is ready, and {entrance.name} does not reach it. See what it says:",
            site.run.on(entrance.name, f"{curl} https://{server.name}{port}/readyz"),
        )


def drained(site: Site, entrances: list[Server], server: Server) -> Findings:
    states = {one.name: one.said.get(f"visitors.{server.name}", "") for one in entrances}
    closed = [one for one in entrances if states[one.name].startswith(("DRAIN", "MAINT"))]
    others = [one for one in entrances if one not in closed]
    if not closed:
        return
    status, give = states[closed[0].name], "gives" if len(closed) == 1 else "give"
    meanwhile, ended = (f" while {names(others)} may", "was cut short") if others else ("", "failed")
    yield Finding(
        f"{names(closed)} {give} {server.name} no visitors [{status}]{meanwhile}, as a patch or a roll-out that "
        f"{ended} leaves it. When it is ready:",
        site.run.verb("site"),
    )


RULES = (
    every_server_answers,
    every_service_runs,
    every_database_answers,
    every_disk_has_room,
    a_group_has_a_primary,
    a_pair_has_a_primary,
    there_is_one_primary,
    no_replica_takes_writes,
    every_member_is_in_the_group,
    no_member_catches_up_for_ever,
    a_group_can_lose_one,
    a_group_has_a_name_of_its_own,
    every_replica_follows,
    every_replica_keeps_up,
    a_pair_is_semi_synchronous,
    nobody_turns_clients_away,
    every_certificate_is_good_for_long,
    the_authority_is_good_for_long,
    visitors_see_a_certificate_that_is_good_for_long,
    every_firewall_is_closed,
    no_reboot_is_due,
    every_address_is_held_once,
    every_address_is_at_home,
    nobody_is_shown_the_maintenance_page,
    every_instance_is_ready,
    every_instance_is_the_same,
    every_web_server_has_visitors,
)


# Formatting -------------------------------------------------------------------------------


def kept(site: Site, server: Server, verb: str = "[a-z-]+") -> Finding | None:
    """mysql-agent's message as a finding, if it names a playbook to run."""
    found = re.fullmatch(rf"(.*?)(?:\. Run|,? run) ({verb})\.yml((?: -e \w+=\S+)*)", server.agent)
    if not found:
        return None
    words, name, arguments = found.groups()
    host = re.search(r" -e host=(\S+)", arguments)
    more = [f"-e {argument}" for argument in re.findall(r"-e (\S+)", arguments) if not argument.startswith("host=")]
    return Finding(f"Its mysql-agent reports: {words}:", site.run.verb(name, host[1] if host else "", *more))


def names(servers: Iterable[Server]) -> str:
    *some, last = [server.name for server in servers]
    return f"{', '.join(some)} and {last}" if some else last


def worded(finding: Finding) -> str:
    text = textwrap.fill(
        finding.sentence, WIDTH, initial_indent="- ", subsequent_indent="  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return f"{text}\n    {finding.command}" if finding.command else text


def end(days: int) -> str:
    """The end of a certificate's validity, in words."""
    return f"ends in {days} days" if days > 0 else "ends today" if days == 0 else "has ended"


def same(address: str) -> str:
    """The canonical form of an address, because an IPv6 address has many spellings."""
    return str(ipaddress.ip_address(address))


def number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?[0-9]+", value.strip()) else None


# The servers' responses -------------------------------------------------------------------


def site_of(
    hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str, run: Commands = Commands("", "", {})
) -> Site:
    servers = {host: server_of(host, hostvars[host]) for host in groups["all"]}
    primaries = next((one for host in groups["mysql"] if (one := hostvars[host].get("mysql_primaries"))), [])
    addresses = next((one for host in groups["all"] if (one := hostvars[host].get("site_addresses"))), [])
    moving = [addresses] if isinstance(addresses, str) else list(addresses)
    name = next((str(one) for host in groups["mysql"] if (one := hostvars[host].get("mysql_group_name"))), "")
    return Site(servers, groups, topology, list(primaries), run, moving, name)


def server_of(host: str, variables: Mapping[str, Any]) -> Server:
    answers = [variables.get("status_answer") or {}, variables.get("mysql_answer") or {}]
    lines = [line.split("=", 1) for line in str(answers[0].get("stdout") or "").splitlines() if "=" in line]
    trouble = next((str(answer["msg"]) for answer in answers if answer.get("msg")), "no answer in time")
    port = str(variables.get("nginx_port") or Server.nginx_port)
    due = str((variables.get("status_reboot_due") or {}).get("stdout") or "").splitlines()
    return Server(host, dict(lines), variables.get("mysql_state") or {}, reason(trouble), port, tuple(due))


def door(host: str, variables: Mapping[str, Any]) -> str:
    return "@".join(filter(None, (variables.get("ansible_user"), variables.get("ansible_host") or host)))


def reason(trouble: str) -> str:
    """ssh's own error message, without Ansible's words around it."""
    last = trouble.strip().splitlines()[-1].rstrip(".: ")
    return re.sub(r"^.* over ssh: |^.* via ssh: ", "", last)


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"status_table": status_table, "status_findings": status_findings}
