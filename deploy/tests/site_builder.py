"""Builds sites for the tests of the status: a healthy one, and what a test changes in it."""

import copy
import json
import sys
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from site_status import status_findings, status_table  # noqa: E402

ROLES = Path(__file__).parents[1] / "roles"
SHARED_GROUP_NAME = "6f6f6261-7200-4000-8000-000000000000"
PLAYBOOK = "ansible-playbook -i inventory/yours"
LOST_REDUNDANCY = "The group of 3 is down to 2: one more failure stops the writes. Bring back {}, as above."
DISK_LOW = "less than 1024 MB are free for its data"
SEE_DISK = "See what fills it: ssh web-01 sudo du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"
NO_GROUP = "No group to join: none of a b is in one. If all of them are up, run reboot-cluster.yml"
GROUP_NAME = "3f0c1d7e-5a52-4c8b-9a53-0d6b7c1e2f40"
MISSING_GTID = f"{SHARED_GROUP_NAME}:4711"
MISSING_TRANSACTIONS = f"Does not join: the group lacks [{MISSING_GTID}], which is here. Run rejoin.yml -e host="


def thresholds() -> dict[str, Any]:
    """The thresholds as role status passes them, with the defaults of role thresholds."""
    defaults = yaml.safe_load((ROLES / "thresholds" / "defaults" / "main.yml").read_text())
    tasks = yaml.safe_load((ROLES / "status" / "tasks" / "main.yml").read_text())
    passed = next(task["vars"]["status_thresholds"] for task in tasks if "status_thresholds" in task.get("vars", {}))
    return {name: defaults[value.strip("{} ")] for name, value in passed.items()}


def unit(name: str, state: str = "active", **properties: str) -> dict[str, str]:
    """What systemd says of a unit."""
    loaded = "not-found" if state == "not installed" else "loaded"
    found = {"LoadState": loaded, "ActiveState": "inactive" if loaded == "not-found" else state, **properties}
    return {f"{name}.{key}": value for key, value in found.items()}


class SiteBuilder:
    """A healthy site with two MySQL servers. Each method changes it, and returns it."""

    def __init__(self, topology: str = "group") -> None:
        self.topology = topology
        self.primaries = ["web-01"]
        self.groups = {"balancer": ["lb-01"], "web": ["web-01", "web-02"], "mysql": ["web-01", "web-02"]}
        self.addresses: list[str] = []
        self.host_variables: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, str]] = {}
        self.mysql_states: dict[str, dict[str, Any]] = {}
        self.replications: dict[str, dict[str, Any]] = {}
        self.connection_errors: dict[str, str] = {}
        self.reboot_reasons: dict[str, list[str]] = {}
        self.thresholds = thresholds()
        self.balancer("lb-01", "10.0.0.11")
        for host in self.groups["web"]:
            self.database(host)
            started = "Sat 2026-11-21 14:31:05 UTC"
            self.answer(host, **unit("nginx"), **unit("foobar", ActiveEnterTimestamp=started))
            self.answer(host, release="782b72a23420", ready="200", **{"nginx.certificate_days": "899"})

    def server(self, host: str) -> "SiteBuilder":
        return self.answer(host, **unit("foobar-firewall"), firewall="loaded", **unit("chrony"))

    def balancer(self, host: str, addresses: str) -> "SiteBuilder":
        self.server(host).answer(host, **unit("haproxy"), addresses=f"{addresses} ", site_certificate_days="60")
        self.answer(host, **unit("site-certificate-renew", "inactive"), **{"haproxy.certificate_days": "899"})
        return self.answer(host, maintenance="off", **{"visitors.web-01": "UP", "visitors.web-02": "UP"})

    def two_balancers(self, *addresses: str, first: str = "", second: str = "") -> "SiteBuilder":
        """Adds virtual addresses, a second balancer, and the virtual addresses that each of the two has."""
        self.groups["balancer"].append("lb-02")
        self.addresses = list(addresses)
        for host, held in {"lb-01": f"10.0.0.11 {first}", "lb-02": f"10.0.0.12 {second}"}.items():
            self.balancer(host, held).answer(host, **unit("keepalived"))
        return self

    def variables(self, host: str, **variables: Any) -> "SiteBuilder":
        self.host_variables.setdefault(host, {}).update(variables)
        return self

    def threshold(self, **thresholds: Any) -> "SiteBuilder":
        self.thresholds |= thresholds
        return self

    def reboot_due(self, host: str, *reasons: str) -> "SiteBuilder":
        self.reboot_reasons[host] = list(reasons)
        return self

    def database(self, host: str, **state: Any) -> "SiteBuilder":
        agent = "Member of the group" if self.topology == "group" else "A replica"
        self.server(host).answer(host, **unit("mysql"), **unit("mysql-agent", StatusText=agent))
        self.answer(host, disk_used=" 30%", **{"mysql.certificate_days": "899"})
        self.mysql_states[host] = {"executed": "1-9", "offline_mode": 0, "writable": 0, "follows": None, **state}
        self.replications[host] = {"behind": 0, "receiver": None, "applier": None, "error": ""}
        if self.topology == "group":
            self.mysql_states[host] |= {"member": "ONLINE", "in_group": 1, "group_name": GROUP_NAME}
        return self

    def replica(self, host: str) -> "SiteBuilder":
        self.groups.setdefault("replica", []).append(host)
        self.database(host).answer(host, **unit("mysql-agent", "not installed"))
        return self.mysql(host, member="OFFLINE", in_group=0).following(host, "web-01")

    def following(self, host: str, source: str, **replication: Any) -> "SiteBuilder":
        return self.mysql(host, follows=source).replication(host, receiver="ON", applier="ON", **replication)

    def answer(self, host: str, **answers: str) -> "SiteBuilder":
        """Sets lines of the output of files/server-status."""
        self.answers.setdefault(host, {}).update(answers)
        return self

    def agent(self, host: str, message: str) -> "SiteBuilder":
        return self.answer(host, **unit("mysql-agent", StatusText=message))

    def mysql(self, host: str, **state: Any) -> "SiteBuilder":
        self.mysql_states[host].update(state)
        return self

    def replication(self, host: str, **replication: Any) -> "SiteBuilder":
        self.replications[host].update(replication)
        return self

    def outside_group(self, host: str, member: str, agent: str) -> "SiteBuilder":
        return self.mysql(host, member=member, in_group=0).agent(host, agent)

    def mysql_down(self, host: str, state: str = "failed") -> "SiteBuilder":
        self.mysql_states[host] = {}
        return self.answer(host, **unit("mysql", state)).agent(host, "MySQL does not answer")

    def unreachable(self, host: str) -> "SiteBuilder":
        self.connection_errors[host] = "Failed to connect to the host via ssh: No route to host"
        self.answers[host], self.mysql_states[host] = {}, {}
        return self

    def primary(self, *hosts: str) -> "SiteBuilder":
        self.primaries = list(hosts)
        return self

    def table(self) -> str:
        return status_table(*self._arguments())

    def findings(self, wrapper: str = "") -> list[str]:
        """Each finding as one line."""
        return [" ".join(finding.removeprefix("- ").split()) for finding in self.formatted_findings(wrapper)]

    def formatted_findings(self, wrapper: str = "") -> list[str]:
        return status_findings(*self._arguments(), "inventory/yours", wrapper, self.thresholds)

    def _arguments(self) -> tuple[Any, ...]:
        hostvars = {host: self._variables(host) for host in self.answers}
        return hostvars, {**copy.deepcopy(self.groups), "all": list(hostvars)}, self.topology

    def _variables(self, host: str) -> dict[str, Any]:
        lines = [f"{name}={value}" for name, value in self.answers[host].items()]
        state = self.mysql_states.get(host)
        if state:
            lines.append(f"replication={json.dumps(self.replications[host])}")
        error = self.connection_errors.get(host)
        return {
            "status_query": {"msg": error, "unreachable": True} if error else {"stdout": "\n".join(lines)},
            "mysql_state": state,
            "status_reboot_due": {"stdout": "\n".join(self.reboot_reasons.get(host, []))},
            "mysql_primaries": self.primaries,
            "mysql_group_name": GROUP_NAME,
            "virtual_addresses": self.addresses,
            **self.host_variables.get(host, {}),
        }


def group() -> SiteBuilder:
    site = SiteBuilder().database("ops-01")
    site.groups["mysql"].append("ops-01")
    return site


def pair() -> SiteBuilder:
    site = SiteBuilder("async").agent("web-01", "The primary").mysql("web-01", writable=1)
    return site.replication("web-01", semi_sync="ON", semi_sync_replicas="1").following("web-02", "web-01")


def group_without_members() -> SiteBuilder:
    site = group().primary()
    for host in site.groups["mysql"]:
        site.outside_group(host, "OFFLINE", NO_GROUP)
    return site


def pair_without_primary() -> SiteBuilder:
    """A pair whose primary has restarted, and does not know whether it still is the primary."""
    site = pair().primary().mysql("web-01", writable=0).replication("web-02", receiver="CONNECTING")
    return site.agent("web-01", "Was the primary, and waits for web-02")


def never_started(site: SiteBuilder, *members: str) -> SiteBuilder:
    for host in members:
        site.primary().mysql(host, executed="", member="OFFLINE", in_group=0, writable=0, follows=None)
        site.agent(host, NO_GROUP)
    return site


def group_with_two_balancers() -> SiteBuilder:
    return group().two_balancers("10.0.0.10", first="10.0.0.10")
