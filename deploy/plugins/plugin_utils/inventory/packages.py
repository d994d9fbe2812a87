"""Checks where servers take packages from (apt_sources), and when they upgrade them (hardening_upgrade_hour)."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from plugin_utils.inventory.model import GROUPS, HOSTS, SITE, Faults, Inventory, parse_number, text, texts

SOURCE_NAME = re.compile(r"[a-z0-9-]+")
PUBLIC_KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
MOVING_SUITES = ("unstable", "testing", "stable", "oldstable", "experimental")
C_LIBRARY = "libc6"  # used by every program


def check_apt_sources(inventory: Inventory) -> Faults:
    lists = [its["apt_sources"] for its in (inventory.site, *inventory.hosts.values()) if "apt_sources" in its]
    for index, sources in enumerate(lists):
        if sources not in lists[:index]:
            yield from source_list_faults(sources)


def source_list_faults(sources: Any) -> Faults:
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        yield f"{SITE}: apt_sources is no list of sources: take the one of the example, or write []"
        return
    names = [text(source, "name") for source in sources]
    for name in dict.fromkeys(names):
        if not SOURCE_NAME.fullmatch(name):
            yield f"{SITE}: a source in apt_sources has the name [{name}]: write one of a-z, 0-9 and -"
        elif names.count(name) > 1:
            yield f"{SITE}: apt_sources has [{name}] twice: rename one of them"
    for name, source in zip(names, sources, strict=True):
        for fault in (*content_faults(source), *origin_faults(source)):
            yield f"{SITE}: [{name}] in apt_sources {fault}"


def content_faults(source: Mapping[str, Any]) -> Faults:
    """The faults of the suites, components and packages that servers may take from the source."""
    for key in ("suites", "components", "packages"):
        if not texts(source, key):
            yield f"has no {key}: write {key}: [...], as the example does"
    for suite in texts(source, "suites"):
        if suite.split("-")[0] in MOVING_SUITES:
            yield f"has the suite [{suite}], which names another release over time: write its codename, sid for unstable"
    for pattern in texts(source, "packages") + texts(source, "libraries"):
        if fnmatch.fnmatchcase(C_LIBRARY, pattern):
            yield (
                f"may provide [{pattern}], and so {C_LIBRARY}, which every program on a server uses: "
                f"leave it out, and take another source"
            )


def origin_faults(source: Mapping[str, Any]) -> Faults:
    """The faults of the source's addresses, and of the key that signs its packages."""
    for uri in texts(source, "uris"):
        if not re.fullmatch(r"https?://[^/\s]+\S*", uri):
            yield f"has the address [{uri}], which has no host: write one of http or https"
    key = source.get("key")
    if key is not None and PUBLIC_KEY not in str(key):
        yield f"has an invalid key: write key: |, and below it, indented, the key that its vendor publishes, {PUBLIC_KEY}"
    if key is not None and not texts(source, "uris"):
        yield "has a key, and no address: write uris: [...]; or leave the key out, if Debian's mirror has it"


def check_upgrade_hours(inventory: Inventory) -> Faults:
    """Servers that replace each other must not restart their services at the same time."""
    hours = {host: text(its, "hardening_upgrade_hour") for host, its in inventory.hosts.items()}
    hours = {host: hour for host, hour in hours.items() if hour and "{{" not in hour}
    for host, hour in hours.items():
        if parse_number(hour) not in range(24):
            yield f"{HOSTS}: {host} has the hardening_upgrade_hour [{hour}]: write one from 0 to 23"
    for group in GROUPS:
        for hour, count in Counter(hours[host] for host in inventory.members(group) if host in hours).items():
            if count > 1:
                yield (
                    f"{HOSTS}: {count} servers of the group {group} have the hardening_upgrade_hour [{hour}], "
                    f"and would be upgraded at the same time: give each its own, or leave them out"
                )
