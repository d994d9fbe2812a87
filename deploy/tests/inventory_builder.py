"""Builds inventories for the tests of the inventory's checks: a valid one, and what a test changes in it."""

import copy
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from inventory_faults import inventory_faults  # noqa: E402

P_256 = "MAoGCCqGSM49AwEH"  # names the curve, as in a real key
SSH = {"to": "all", "from": "operators", "tcp": [22]}


def pem(kind: str, content: str = "MDEyMzQ1Njc4\nOWFiY2RlZg==") -> str:
    return f"-----BEGIN {kind}-----\n{content}\n-----END {kind}-----\n"


class InventoryBuilder:
    """A valid inventory with a group of three MySQL servers. Each method changes it, and returns it."""

    def __init__(self) -> None:
        self.hosts: dict[str, dict[str, Any]] = {
            "lb-01": {"address": "10.0.0.11"},
            "web-01": {"address": "10.0.0.21", "mysql_server_id": 1},
            "web-02": {"address": "10.0.0.22", "mysql_server_id": 2},
            "ops-01": {"address": "10.0.0.31", "mysql_server_id": 3, "mysql_weight": 10},
        }
        self.groups = {
            "balancer": ["lb-01"],
            "web": ["web-01", "web-02"],
            "mysql": ["web-01", "web-02", "ops-01"],
        }
        self.site: dict[str, Any] = {
            "site_url": "https://www.foobar.org",
            "own_networks": ["10.0.0.0/24", "fd00:1::/64"],
            "operator_networks": ["10.9.9.0/24"],
            "https_certificate": "authority",
            "firewall_table": [SSH, {"to": "balancer", "from": "anyone", "tcp": [80, 443], "udp": []}],
            "mysql_application_password": "0123456789abcdef01",
            "mysql_migration_password": "0123456789abcdef02",
            "mysql_monitor_password": "0123456789abcdef03",
            "mysql_replication_password": "!#$%&()*+,-./:;<=>?@[]^_`{|}~",
            "haproxy_cluster_secret": "0123456789abcdef05",
            "application_token_key": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "tls_authority_certificate": pem("CERTIFICATE"),
            "tls_authority_key": pem("PRIVATE KEY"),
            "mysql_group_name": "3f0c1d7e-5a52-4c8b-9a53-0d6b7c1e2f40",
            # Read only with a group ops.
            "prometheus_operator_password": "0123456789ab",
            "alertmanager_email_to": ["me@foobar.org", "you@foobar.org"],
            "alertmanager_email_from": "alerts@foobar.org",
            "alertmanager_smtp_host": "smtp.foobar.org",
            "alertmanager_smtp_username": "alerts",
            "alertmanager_smtp_password": "secret",
        }

    def host(self, name: str, **variables: Any) -> "InventoryBuilder":
        return self._change(self.hosts.setdefault(name, {}), variables)

    def group(self, name: str, *hosts: str) -> "InventoryBuilder":
        self.groups[name] = list(hosts)
        return self

    def without_group(self, group: str) -> "InventoryBuilder":
        del self.groups[group]
        return self

    def only_balancer(self, name: str) -> "InventoryBuilder":
        del self.hosts["lb-01"]
        return self.group("balancer", name)

    def variable(self, **variables: Any) -> "InventoryBuilder":
        """Sets variables that all hosts share; None removes one."""
        return self._change(self.site, variables)

    def database(self, name: str, number: int, group: str = "mysql") -> "InventoryBuilder":
        self.groups.setdefault(group, []).append(name)
        return self.host(name, address=f"10.0.0.{100 + number}", mysql_server_id=number)

    def members(self, first: int, last: int) -> "InventoryBuilder":
        for number in range(first, last + 1):
            self.database(f"db-{number:02}", number)
        return self

    def balancers(self, *addresses: str) -> "InventoryBuilder":
        """Adds a second balancer, and the virtual addresses of both."""
        self.groups["balancer"].append("lb-02")
        return self.host("lb-02", address="10.0.0.12").variable(site_addresses=list(addresses))

    def acme(self, **variables: Any) -> "InventoryBuilder":
        self.variable(https_certificate="acme", https_acme_email="me@foobar.org")
        return self.variable(https_acme_account_key=pem("EC PRIVATE KEY", P_256)).variable(**variables)

    def firewall_row(self, **row: Any) -> "InventoryBuilder":
        row = {key.rstrip("_"): value for key, value in row.items()}
        return self.variable(firewall_table=[SSH, row])

    def firewall_table_per_host(self) -> "InventoryBuilder":
        for host in self.hosts:
            self.host(host, firewall_table=[SSH])
        return self

    def faults(self) -> list[str]:
        groups = copy.deepcopy(self.groups)
        grouped = {host for hosts in groups.values() for host in hosts}
        groups |= {"all": list(self.hosts), "ungrouped": [host for host in self.hosts if host not in grouped]}
        return inventory_faults(self.hosts, groups, self.site)

    def _change(self, variables: dict[str, Any], changes: dict[str, Any]) -> "InventoryBuilder":
        variables.update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del variables[name]
        return self


def valid() -> InventoryBuilder:
    return InventoryBuilder()


def valid_pair() -> InventoryBuilder:
    pair = valid().variable(mysql_topology="async").group("mysql", "web-01", "web-02")
    del pair.hosts["ops-01"]
    return pair
