"""The primary of a group and of a pair."""

import unittest

from site_builder import (
    DISK_LOW,
    PLAYBOOK,
    SEE_DISK,
    SiteBuilder,
    group,
    group_without_members,
    never_started,
    pair,
    pair_without_primary,
)
from status_test_case import StatusTestCase, UnhealthySites

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "a group without members": (
        group_without_members(),
        [f"No primary, and so no writes: no member of the group is left. Start it: {PLAYBOOK} reboot-cluster.yml"],
    ),
    "a group without a majority": (
        group_without_members().mysql_down("web-01"),
        [
            "mysql on web-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh web-01 sudo systemctl restart mysql",
            "No primary, and so no writes: too few members of the group are left. Bring back web-01 first, "
            f"which may have acknowledged writes that no other server has. Then: {PLAYBOOK} reboot-cluster.yml",
        ],
    ),
    "a group that elects a primary": (
        group().primary(),
        [f"No primary: the group is choosing one. Look again in a few seconds: {PLAYBOOK} status.yml"],
    ),
    "a group never started": (
        never_started(group(), "web-01", "web-02", "ops-01"),
        [f"No primary: the group was never started. Set it up: {PLAYBOOK} site.yml"],
    ),
    "a writable replica of a group": (
        group().replica("db-01").mysql("db-01", writable=1),
        [
            "db-01 accepts writes, but should be a read-only replica. Make it one: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a pair with two primaries": (
        pair().primary("web-01", "web-02").mysql("web-02", writable=1),
        [
            "2 primaries: web-01 and web-02 accept writes. Decide which one stays the primary; to keep web-01: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a pair whose primary is unreachable": (
        pair_without_primary().unreachable("web-01"),
        [
            "web-01 is unreachable [No route to host]. "
            "Start it, or repair its network: ssh web-01",
            "No primary, and so no writes. Bring back web-01, as above. If that takes too long, make sure that web-01 "
            f"is off, and promote the other server: {PLAYBOOK} promote.yml -e host=web-02 -e off=web-01",
        ],
    ),
    "a pair whose primary is stopped": (
        pair_without_primary().mysql_down("web-01"),
        [
            "mysql on web-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh web-01 sudo systemctl restart mysql",
            "No primary, and so no writes. Bring back web-01, as above. If that takes too long, promote the other "
            f"server: {PLAYBOOK} promote.yml -e host=web-02",
        ],
    ),
    "a pair whose former primary waits for the other server": (
        pair_without_primary().unreachable("web-02").agent(
            "web-01",
            "Was the primary, and accepts no writes until web-02 confirms that it still is. "
            "If web-02 is off for long, run promote.yml -e host=web-01 -e off=web-02",
        ),
        [
            "web-02 is unreachable [No route to host]. "
            "Start it, or repair its network: ssh web-02",
            "No primary, and so no writes. Its mysql-agent reports: Was the primary, and accepts no writes until "
            "web-02 confirms that it still is. If web-02 is off for long: "
            f"{PLAYBOOK} promote.yml -e host=web-01 -e off=web-02",
        ],
    ),
    "a pair without a primary": (
        pair_without_primary(),
        [f"No primary, and so no writes. Make one of them the primary: {PLAYBOOK} promote.yml -e host=web-01"],
    ),
    "a pair never set up": (
        never_started(pair(), "web-01", "web-02").agent("web-01", "A replica").agent("web-02", "A replica"),
        [f"No primary: the databases were never set up. Set them up: {PLAYBOOK} site.yml"],
    ),
    "a pair without writes because of a full disk": (
        pair().primary().mysql("web-01", writable=0).agent(
            "web-01",
            f"Accepts no writes until there is space: {DISK_LOW}. "
            "If that takes too long, run promote.yml -e host=web-02",
        ),
        [
            "The disk of web-01's database has 70 % free. Its mysql-agent reports: "
            f"Accepts no writes until there is space: {DISK_LOW}. {SEE_DISK}",
            f"No primary, and so no writes. Its mysql-agent reports: Accepts no writes until there is space: {DISK_LOW}. "
            f"If that takes too long: {PLAYBOOK} promote.yml -e host=web-02",
        ],
    ),
}


class PrimaryTests(UnhealthySites, StatusTestCase):
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
