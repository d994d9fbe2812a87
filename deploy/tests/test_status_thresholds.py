"""The thresholds of role thresholds, which the alert rules read as well."""

import unittest

from site_builder import PLAYBOOK, SiteBuilder, group, pair
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

HEALTHY = {
    "a site certificate that expires in a week": group().answer("lb-01", site_certificate_days="7").threshold(
        site_certificate_days=7
    ),
    "a certificate that expires in a month": group().answer("web-01", **{"mysql.certificate_days": "30"}).threshold(
        internal_certificate_days="30"
    ),
    "a member that has recovered for an hour": group().mysql("web-02", member="RECOVERING", in_group=0).answer(
        "web-02", agent_message_seconds="3600"
    ).threshold(recovery_seconds=3600),
    "a replica with a lag of a minute": pair().replication("web-02", behind=60).threshold(lag_seconds=60),
    "a full disk": group().answer("web-01", disk_used=" 99%").threshold(disk_free_percent=1),
}  # fmt: skip

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "a group that is down to two, which is enough": (
        group().mysql_down("ops-01", "inactive").threshold(group_members=2),
        [
            "mysql on ops-01 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart mysql"
        ],
    ),
    "a replica with a lag of a second": (
        pair().replication("web-02", behind=2).threshold(lag_seconds=1),
        [
            "web-02 is 2 s behind, and shows visitors what is old. See what it is busy with: "
            "ssh web-02 \"sudo mysql --execute 'SHOW FULL PROCESSLIST'\""
        ],
    ),
    "a certificate that expires in a year": (
        group().answer("web-01", **{"mysql.certificate_days": "365"}).threshold(internal_certificate_days=366),
        [
            "The certificate of web-01 ends in 365 days. Give every server a new one: "
            f"{PLAYBOOK} renew-internal-certificates.yml"
        ],
    ),
}


class ThresholdsTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
