"""The members of a group, and its name."""

import unittest

from site_builder import (
    GROUP_NAME,
    LOST_REDUNDANCY,
    MISSING_GTID,
    MISSING_TRANSACTIONS,
    PLAYBOOK,
    SHARED_GROUP_NAME,
    SiteBuilder,
    group,
)
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

RENAME = f"Stop MySQL on all of its members, start it again, and run: {PLAYBOOK} reboot-cluster.yml"
REFUSED = "The group did not take this server in, 5 times; the reason is in journalctl --unit mysql"

HEALTHY = {
    "a group": group(),
    "a group with a replica": group().replica("db-01"),
    "a member that recovers": group().outside_group("ops-01", "RECOVERING", "Catching up with the group"),
    "a member that recovers for ten minutes": group()
    .outside_group("ops-01", "RECOVERING", "Catching up with the group")
    .answer("ops-01", agent_message_seconds="600"),
    "a member for a day": group().answer("ops-01", agent_message_seconds="86400"),
    "a group name in capitals": group().mysql("web-01", group_name=GROUP_NAME.upper()),
    "a member that joins": group().outside_group("ops-01", "OFFLINE", "Joining the group"),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "a member with transactions that the group lacks": (
        group().outside_group("web-02", "OFFLINE", f"{MISSING_TRANSACTIONS}web-02"),
        [
            "web-02 is no member of the group [offline]. Its mysql-agent reports: Does not join: the group lacks "
            f"[{MISSING_GTID}], which is here: {PLAYBOOK} rejoin.yml -e host=web-02",
            LOST_REDUNDANCY.format("web-02"),
        ],
    ),
    "a member with an error": (
        group()
        .outside_group("web-02", "ERROR", "MySQL does not answer")
        .replication("web-02", error="Duplicate entry"),
        [
            "web-02 is no member of the group [error]. MySQL says: Duplicate entry. Rejoin it: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02",
            LOST_REDUNDANCY.format("web-02"),
        ],
    ),
    "a member that the group refuses": (
        group().outside_group("web-02", "OFFLINE", f"{REFUSED}. The next attempt is in 32 s"),
        [
            "web-02 is no member of the group [offline]: 5 attempts to join failed. Find out why, and fix that; it "
            "continues to try: ssh web-02 sudo journalctl --no-pager --lines 30 --unit mysql",
            LOST_REDUNDANCY.format("web-02"),
        ],
    ),
    "a member that the group refuses, with an error": (
        group()
        .outside_group("web-02", "ERROR", f"{REFUSED}. The next attempt is in 32 s")
        .replication("web-02", error="Full"),
        [
            "web-02 is no member of the group [error]: 5 attempts to join failed. MySQL says: Full. Find out why, "
            "and fix that; it continues to try: ssh web-02 sudo journalctl --no-pager --lines 30 --unit mysql",
            LOST_REDUNDANCY.format("web-02"),
        ],
    ),
    "a member that recovers for too long": (
        group()
        .outside_group("web-02", "RECOVERING", "Catching up with the group")
        .answer("web-02", agent_message_seconds="1500"),
        [
            "web-02 has been catching up with the group for 25 minutes, and cannot replace another meanwhile. "
            "Unless it clones all data, which takes long, see what delays it: ssh web-02 sudo journalctl --no-pager --lines 30 --unit "
            "mysql"
        ],
    ),
    "a group with the former default name": (
        group()
        .mysql("web-01", group_name=SHARED_GROUP_NAME)
        .mysql("web-02", group_name=SHARED_GROUP_NAME)
        .mysql("ops-01", group_name=SHARED_GROUP_NAME),
        [
            f"The group has the name that other sites' groups have, too [{SHARED_GROUP_NAME}], and would take their "
            f"servers for its own. Write another mysql_group_name, while visitors see the maintenance page. {RENAME}"
        ],
    ),
    "a group with another name than in the inventory": (
        group().mysql("web-01", group_name="0" * 8 + GROUP_NAME[8:]),
        [
            f"The group's name is [{'0' * 8}{GROUP_NAME[8:]}], and that of the inventory is [{GROUP_NAME}]. Write the "
            f"former, or rename the group. {RENAME}"
        ],
    ),
    "a member without a majority": (
        group().mysql("web-02", in_group=0),
        [
            f"web-02 is no member of the group [no majority]. Rejoin it: {PLAYBOOK} rejoin.yml -e host=web-02",
            LOST_REDUNDANCY.format("web-02"),
        ],
    ),
}


class GroupTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
