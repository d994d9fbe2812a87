"""Whether servers respond, services run, disks have space, and no reboot is due."""

import unittest

from site_builder import DISK_LOW, LOST_REDUNDANCY, PLAYBOOK, SEE_DISK, SiteBuilder, group, unit
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

NOT_ELIGIBLE = f"not to become the primary: {DISK_LOW}"
NO_WRITES = (
    f"Accepts no writes: {DISK_LOW}, and no other member has space. "
    "The first member that has space becomes the primary"
)

HEALTHY = {
    "chrony skipped in a container": group().answer(
        "ops-01", **unit("chrony", "inactive", ConditionResult="no", ConditionTimestamp="Sat 2026-11-21 14:31:05 UTC")
    ),
    "a disk with 10 % free": group().answer("ops-01", disk_used=" 90%"),
    "a server that only monitors": group().server("ops-02"),
    "a service that reloads": group().answer("web-01", **unit("nginx", "reloading")),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "an unreachable server": (
        group().unreachable("ops-01"),
        [
            "ops-01 is unreachable [No route to host]. "
            "Start it, or repair its network: ssh ops-01",
            LOST_REDUNDANCY.format("ops-01"),
        ],
    ),
    "an unreachable server with another address for ssh": (
        group().unreachable("ops-01").variables("ops-01", ansible_user="admin", ansible_host="203.0.113.31"),
        [
            "ops-01 is unreachable [No route to host]. "
            "Start it, or repair its network: ssh admin@203.0.113.31",
            LOST_REDUNDANCY.format("ops-01"),
        ],
    ),
    "MySQL stopped on a member": (
        group().mysql_down("ops-01", "failed"),
        [
            "mysql on ops-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart mysql",
            LOST_REDUNDANCY.format("ops-01"),
        ],
    ),
    "MySQL frozen on a member": (
        group().mysql_down("ops-01", "active"),
        [
            "MySQL on ops-01 runs and does not answer. See journalctl --unit mysql there; if it has nothing to "
            "do with its disk, restart it: ssh ops-01 sudo systemctl restart mysql",
            LOST_REDUNDANCY.format("ops-01"),
        ],
    ),
    "mysql-agent stopped on a member": (
        group().answer("web-02", **unit("mysql-agent", "inactive")),
        [
            "mysql-agent on web-02 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh web-02 sudo systemctl restart mysql-agent"
        ],
    ),
    "a full disk of a database": (
        group().answer("web-01", disk_used=" 91%"),
        [
            "The disk of web-01's database has 9 % free. See what fills it: "
            "ssh web-01 sudo du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"
        ],
    ),
    "a full disk of a balancer": (
        group().answer("lb-01", root_disk_used=" 95%"),
        [
            "The disk of lb-01 has 5 % free. See what fills it: "
            "ssh lb-01 sudo du --one-file-system --human-readable --max-depth 3 --threshold 100M /"
        ],
    ),
    "a former primary with a full disk": (
        group()
        .primary("web-02")
        .answer("web-01", disk_used=" 98%")
        .agent("web-01", f"Member of the group, {NOT_ELIGIBLE}"),
        [
            f"The disk of web-01's database has 2 % free. Its mysql-agent reports: Member of the group, {NOT_ELIGIBLE}. "
            f"{SEE_DISK}"
        ],
    ),
    "a member outside the group with a full disk": (
        group().primary("web-02").outside_group("web-01", "OFFLINE", f"Stays out of the group: {DISK_LOW}"),
        [
            "The disk of web-01's database has 70 % free. Its mysql-agent reports: Stays out of the group: "
            f"{DISK_LOW}. {SEE_DISK}",
            LOST_REDUNDANCY.format("web-01"),
        ],
    ),
    "a group without writes because of full disks": (
        group().primary().agent("web-01", NO_WRITES),
        [f"The disk of web-01's database has 70 % free. Its mysql-agent reports: {NO_WRITES}. {SEE_DISK}"],
    ),
    "an application that restarts again and again": (
        group().answer("web-01", **unit("foobar", "activating"), ready="000"),
        [
            "foobar on web-01 starts or stops [activating], or fails repeatedly. See its journal: "
            "ssh web-01 sudo journalctl --namespace +access --no-pager --lines 30 --unit foobar"
        ],
    ),
    "a firewall that was never loaded": (
        group().answer("ops-01", **unit("foobar-firewall", "failed"), firewall=""),
        [
            "foobar-firewall on ops-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart foobar-firewall"
        ],
    ),
    "a firewall whose table was removed": (
        group().answer("ops-01", firewall=""),
        [
            "ops-01 accepts all traffic: its firewall's rules were removed. Load them again: "
            "ssh ops-01 sudo systemctl restart foobar-firewall"
        ],
    ),
    "a service that uses replaced files": (
        group().reboot_due("web-01", "files were replaced that are in use by mysql nginx"),
        [
            "A reboot of web-01 is due [files were replaced that are in use by mysql nginx]. Patch it: "
            f"{PLAYBOOK} patch.yml -e host=web-01"
        ],
    ),
    "a new kernel and a package that requires a reboot": (
        group().reboot_due(
            "lb-01", "asked for by linux-image-6.12.57", "the kernel 6.12.57 is installed, and 6.12.48 runs"
        ),
        [
            "A reboot of lb-01 is due [asked for by linux-image-6.12.57; the kernel 6.12.57 is installed, and 6.12.48 "
            f"runs]. Patch it: {PLAYBOOK} patch.yml -e host=lb-01"
        ],
    ),
    "a stopped chrony": (
        group().answer("ops-01", **unit("chrony", "inactive", ConditionResult="no", ConditionTimestamp="")),
        [
            "chrony on ops-01 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart chrony"
        ],
    ),
    "a stopped balancer": (
        group().answer("lb-01", **unit("haproxy", "inactive")),
        [
            "haproxy on lb-01 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh lb-01 sudo systemctl restart haproxy"
        ],
    ),
    "a server without HAProxy": (
        group().answer("lb-01", **unit("haproxy", "not installed")),
        [f"lb-01 has no haproxy yet. Set it up: {PLAYBOOK} site.yml"],
    ),
}


class ServersTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
