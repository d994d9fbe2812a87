"""Replicas, their lag, a pair's semi-synchronous replication, and offline mode."""

import unittest

from site_builder import PLAYBOOK, SiteBuilder, group, pair
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

HEALTHY = {
    "a pair": pair(),
    "a pair with a replica": pair().replica("db-01"),
    "a replica with little lag": pair().replication("web-02", behind=10),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "a replica that cannot connect to a group": (
        group().replica("db-01").replication("db-01", receiver="CONNECTING", error="error connecting to web-01"),
        [
            "db-01 does not replicate. MySQL says: error connecting to web-01. Rejoin it: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a pair whose former primary is back": (
        pair().mysql("web-02", follows=None).agent(
            "web-02", "Was the primary, and web-01 is now. Run rejoin.yml -e host=web-02"
        ),
        [
            "web-02 does not replicate. Its mysql-agent reports: Was the primary, and web-01 is now: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a pair whose replication has failed": (
        pair().replication("web-01", semi_sync="OFF").replication("web-02", applier="OFF", error="Duplicate entry"),
        [
            "web-02 does not replicate. MySQL says: Duplicate entry. Rejoin it: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02",
            "Semi-synchronous replication has fallen back: the writes that web-01 acknowledges are on no other "
            "server, and would be lost with it. "
            f"When web-02 runs: {PLAYBOOK} rejoin.yml -e host=web-02",
        ],
    ),
    "a pair without a semi-synchronous replica": (
        pair().replication("web-01", semi_sync_replicas="0"),
        [
            "Semi-synchronous replication has fallen back: the writes that web-01 acknowledges are on no other "
            "server, and would be lost with it. "
            f"When web-02 runs: {PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a replica of the former primary": (
        pair().replica("db-01").mysql("db-01", follows="web-02"),
        [
            "db-01 does not replicate. It replicates from web-02, but the primary is web-01. Rejoin it: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a replica with too much lag": (
        pair().replication("web-02", behind=11),
        [
            "web-02 is 11 s behind, and shows visitors old data. See what it executes: "
            "ssh web-02 \"sudo mysql --execute 'SHOW FULL PROCESSLIST'\""
        ],
    ),
    "a server in offline mode": (
        group().mysql("web-02", offline_mode=1),
        [
            "web-02 rejects its clients [offline_mode]. Accept them again: "
            "ssh web-02 \"sudo mysql --execute 'SET GLOBAL offline_mode = OFF'\""
        ],
    ),
    "a member with too much lag": (
        group().replication("web-02", behind=11),
        [
            "web-02 is 11 s behind, and shows visitors old data. See what it executes: "
            "ssh web-02 \"sudo mysql --execute 'SHOW FULL PROCESSLIST'\""
        ],
    ),
}


class ReplicationTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
