"""Finds variables of an inventory and tags of the command line that have a new name.

These names were changed before there was a rule for it, and are refused at once. A later change has a release note
and one release in which both names work and the old one gives a warning; its old name comes here in the release after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NEW_NAMES = {
    "application_patience_seconds": "application_timeout_seconds",
    "certificate_days": "tls_internal_days",
    "haproxy_patience_seconds": "haproxy_drain_timeout_seconds",
    "haproxy_servers": "haproxy_server_mode",
    "keepalived_answers_fall": "keepalived_http_check_fall",
    "keepalived_answers_patience_seconds": "keepalived_http_check_timeout_seconds",
    "keepalived_answers_seconds": "keepalived_http_check_interval_seconds",
    "keepalived_listens_fall": "keepalived_port_check_fall",
    "keepalived_listens_seconds": "keepalived_port_check_interval_seconds",
    "mysql_patience_seconds": "mysql_timeout_seconds",
    "site_addresses": "virtual_addresses",
    "tls_authority_certificate": "tls_ca_certificate",
    "tls_authority_key": "tls_ca_key",
}

# The values of variables that have a new name.
NEW_VALUES = {
    "https_certificate": {"authority": "internal"},
}

# Each role has a tag of its name.
NEW_TAGS = {
    "certificate": "tls_internal",
    "https": "tls_public",
}


def renamed_variables(hostvars: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A sentence for each variable of any host that is set under its old name, or to a value's old name."""
    names = [
        f"{old} is called {new} now: rename it, where you set it"
        for old, new in NEW_NAMES.items()
        if any(old in hostvars[host] for host in hostvars)
    ]
    values = [
        f"{variable}: {old} is called {new} now: write {variable}: {new}"
        for variable, renamed in NEW_VALUES.items()
        for old, new in renamed.items()
        if any(hostvars[host].get(variable) == old for host in hostvars)
    ]
    return names + values


def renamed_tags(tags: Iterable[str], option: str) -> list[str]:
    """A sentence for each old name among the tags that were given with this option of ansible-playbook."""
    return [
        f"the tag {old} is called {new} now: write {option} {new}" for old, new in NEW_TAGS.items() if old in list(tags)
    ]


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"renamed_variables": renamed_variables, "renamed_tags": renamed_tags}
