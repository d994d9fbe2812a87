"""Finds the faults of an inventory before a playbook connects to any server.

Input: hostvars, groups, and the variables that all hosts share. Output: a message for each fault. A new
check is one more function below plugin_utils/inventory and in CHECKS, and its fault one more row in
tests/test_inventory_*.py.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # Ansible does not do that for plugins

from plugin_utils.inventory import (  # noqa: E402
    addresses,
    firewall_table,
    groups,
    journals,
    monitoring,
    mysql,
    networks,
    packages,
    secrets,
    site_address,
    site_certificate,
)
from plugin_utils.inventory.model import Inventory  # noqa: E402

# In the order of the messages.
CHECKS = (
    groups.check_required_groups,
    groups.check_group_names,
    groups.check_ops_size,
    groups.check_server_names,
    mysql.check_group_size,
    mysql.check_pair_size,
    mysql.check_no_member_is_replica,
    addresses.check_addresses,
    addresses.check_ipv6_addresses,
    addresses.check_own_addresses,
    addresses.check_duplicate_hosts,
    mysql.check_server_ids,
    mysql.check_weights,
    mysql.check_disk_limits,
    addresses.check_nginx_ports,
    site_address.check_site_url,
    site_address.check_virtual_addresses,
    site_address.check_balancer_failover,
    site_certificate.check_https_certificate,
    networks.check_operator_networks,
    networks.check_own_networks,
    networks.check_monitoring_networks,
    mysql.check_topology,
    mysql.check_slow_query_seconds,
    packages.check_apt_sources,
    packages.check_upgrade_hours,
    firewall_table.check_firewall_table,
    firewall_table.check_ssh_access,
    firewall_table.check_monitoring_access,
    secrets.check_passwords,
    secrets.check_token_keys,
    secrets.check_acme_account_key,
    secrets.check_ca,
    mysql.check_group_name,
    secrets.check_distinct_secrets,
    monitoring.check_operator_password,
    monitoring.check_receivers,
    monitoring.check_severities,
    monitoring.check_retention,
    monitoring.check_scrape_interval,
    journals.check_journal_limits,
    journals.check_journal_access,
)


def inventory_faults(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], site: Mapping[str, Any]
) -> list[str]:
    inventory = Inventory(groups, hostvars, site)
    return [fault for check in CHECKS for fault in check(inventory)]


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"inventory_faults": inventory_faults}
