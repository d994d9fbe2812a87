"""Prints the status of the whole site as tables, and finds what needs a person and what to run then.

Input: hostvars with what playbooks/gather-mysql.yml and the role status have registered, groups, the topology,
and the thresholds of role thresholds. Output: the tables as text; and each finding as text, a sentence and a
command. A new check is one more function below plugin_utils/status and in CHECKS, and its finding one more row
in tests/test_status_*.py. The third filter names the services that should run on a host.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # Ansible does not do that for plugins

from plugin_utils.status import (  # noqa: E402
    balancers,
    certificates,
    group,
    primary,
    replication,
    servers,
    web_servers,
)
from plugin_utils.status.finding import Commands, format_finding  # noqa: E402
from plugin_utils.status.site import Thresholds, host_units, site_of, thresholds_of  # noqa: E402
from plugin_utils.status.table import format_table  # noqa: E402

# In the order of the findings.
CHECKS = (
    servers.check_reachable,
    servers.check_services,
    servers.check_mysql_responds,
    servers.check_database_disks,
    servers.check_root_disks,
    primary.check_group_has_primary,
    primary.check_pair_has_primary,
    primary.check_single_primary,
    primary.check_replicas_are_read_only,
    group.check_members_are_in_group,
    group.check_recovery_time,
    group.check_group_redundancy,
    group.check_group_name,
    replication.check_replicas_replicate,
    replication.check_replication_lag,
    replication.check_semi_synchronous_replication,
    replication.check_offline_mode,
    certificates.check_internal_certificates,
    certificates.check_ca,
    certificates.check_site_certificate,
    servers.check_firewall,
    servers.check_reboot,
    balancers.check_address_holders,
    balancers.check_address_distribution,
    balancers.check_maintenance_page,
    web_servers.check_application,
    web_servers.check_releases,
    web_servers.check_backends,
)


def status_table(hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str) -> str:
    commands, thresholds = Commands("", "", {}), Thresholds(*[0] * len(Thresholds._fields))  # a table has none
    return format_table(site_of(hostvars, groups, topology, commands, thresholds))


def status_findings(
    hostvars: Mapping[str, Any], groups: Mapping[str, list[str]], topology: str, inventory: str, wrapper: str,
    thresholds: Mapping[str, Any],
) -> list[str]:  # fmt: skip
    destinations = {host: ssh_destination(host, hostvars[host]) for host in groups["all"]}
    commands = Commands(inventory, wrapper, destinations)
    site = site_of(hostvars, groups, topology, commands, thresholds_of(thresholds))
    return [format_finding(finding) for check in CHECKS for finding in check(site)]


def ssh_destination(host: str, variables: Mapping[str, Any]) -> str:
    return "@".join(filter(None, (variables.get("ansible_user"), variables.get("ansible_host") or host)))


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"status_table": status_table, "status_findings": status_findings, "status_units": host_units}
