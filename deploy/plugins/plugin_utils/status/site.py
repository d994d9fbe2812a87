"""The site as the table and the checks read it: its servers, groups, primaries and virtual addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugin_utils.status.finding import Commands
from plugin_utils.status.server import Server, canonical, parse_number, server_of

# The services of each group, which status asks for, and which site-metrics of role exporters writes for the alerts.
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
CERTIFICATE_SERVICES = {"mysql": "mysql", "replica": "mysql", "web": "nginx", "balancer": "haproxy"}
# Those of a server that is monitored, and of the one that monitors.
MONITORING_CERTIFICATES = ("exporters", "prometheus", "prometheus-client")


class Thresholds(NamedTuple):
    """From when on a value is a finding: the variables of role thresholds, without their prefix."""

    site_certificate_days: int
    internal_certificate_days: int
    group_members: int
    recovery_seconds: int
    lag_seconds: int
    disk_free_percent: int


def thresholds_of(values: Mapping[str, Any]) -> Thresholds:
    """The thresholds from the inventory, where a number may be a text."""
    return Thresholds(**{name: int(value) for name, value in values.items()})


def group_units(group: str, has_addresses: bool) -> tuple[str, ...]:
    return BALANCER_UNITS if group == "balancer" and has_addresses else UNITS[group]


def host_units(host: str, groups: Mapping[str, list[str]], addresses: list[str] | None) -> list[str]:
    """The services that should run on the host, for role exporters."""
    of_host = [group for group in UNITS if host in groups.get(group, [])]
    return list(dict.fromkeys(unit for group in of_host for unit in group_units(group, bool(addresses))))


class Site(NamedTuple):
    servers: Mapping[str, Server]
    groups: Mapping[str, list[str]]
    topology: str
    primaries: list[str]
    commands: Commands
    addresses: list[str]  # the virtual addresses
    group_name: str  # mysql_group_name in the inventory
    thresholds: Thresholds

    def members(self, *groups: str) -> list[Server]:
        hosts = dict.fromkeys(host for group in groups for host in self.groups.get(group, []))
        return [self.servers[host] for host in hosts]

    def reachable(self, *groups: str) -> list[Server]:
        return [server for server in self.members(*groups) if server.answers]

    def mysql_up(self, *groups: str) -> list[Server]:
        """The servers whose MySQL responds."""
        return [server for server in self.members(*groups) if server.mysql]

    def mysql_down(self, *groups: str) -> list[Server]:
        return [server for server in self.members(*groups) if not server.mysql]

    @property
    def is_group(self) -> bool:
        return self.topology == "group"

    @property
    def primary(self) -> Server | None:
        return self.servers.get(self.primaries[0]) if len(self.primaries) == 1 else None

    def units(self, group: str) -> tuple[str, ...]:
        return group_units(group, bool(self.addresses))

    def internal_certificates(self, server: Server) -> list[int | None]:
        """The days until each of its internal certificates expires; None for one that cannot be read."""
        groups = [group for group, hosts in self.groups.items() if server.name in hosts]
        services = {service for group, service in CERTIFICATE_SERVICES.items() if group in groups}
        installed = [service for service in services if server.unit_state(service) != "not installed"]
        installed += [name for name in MONITORING_CERTIFICATES if f"{name}.certificate_days" in server.answers]
        return [parse_number(server.answers.get(f"{service}.certificate_days")) for service in installed]

    def first_expiry(self, server: Server) -> int | None:
        return min((days for days in self.internal_certificates(server) if days is not None), default=None)

    def holders(self, address: str) -> list[Server]:
        """The balancers that have the virtual address."""
        return [server for server in self.reachable("balancer") if canonical(address) in server.addresses]

    def is_member(self, server: Server) -> bool:
        return self.is_group and server.name in self.groups.get("mysql", [])

    def replicas(self) -> list[Server]:
        """The servers that should replicate from another one, and whose MySQL responds."""
        servers = self.mysql_up("replica") if self.is_group else self.mysql_up("mysql", "replica")
        return [server for server in servers if server.name not in self.primaries]

    def replicates(self, server: Server) -> bool:
        runs = (server.replication.get("receiver"), server.replication.get("applier")) == ("ON", "ON")
        return runs and (self.is_group or server.mysql.get("follows") in self.primaries)

    def lag_seconds(self, server: Server) -> int | None:
        """How far the server is behind the primary; None if it does not apply the primary's transactions."""
        applies = self.replicates(server) or server.is_in_group or server.is_joining
        return server.replication.get("behind") if applies and server.name not in self.primaries else None


def site_of(
    hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str, commands: Commands,
    thresholds: Thresholds,
) -> Site:  # fmt: skip
    servers = {host: server_of(host, hostvars[host]) for host in groups["all"]}
    primaries = first_value(hostvars, groups["mysql"], "mysql_primaries") or []
    addresses = first_value(hostvars, groups["all"], "virtual_addresses") or []
    virtual = [addresses] if isinstance(addresses, str) else list(addresses)
    group_name = str(first_value(hostvars, groups["mysql"], "mysql_group_name") or "")
    return Site(servers, groups, topology, list(primaries), commands, virtual, group_name, thresholds)


def first_value(hostvars: Mapping[str, Any], hosts: list[str], name: str) -> Any:
    """The variable's value on the first host that has one."""
    return next((value for host in hosts if (value := hostvars[host].get(name))), None)
