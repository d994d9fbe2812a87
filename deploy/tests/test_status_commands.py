"""The commands of findings in the lab. The other tests have the commands for real servers."""

import unittest

from site_builder import SiteBuilder, group, group_without_members, pair_without_primary, unit
from status_test_case import StatusTestCase

COMMANDS: tuple[tuple[SiteBuilder, str], ...] = (
    (group_without_members(), "deploy/lab reboot-cluster"),
    (group().answer("web-01", **{"mysql.certificate_days": "1"}), "deploy/lab renew-internal-certificates"),
    (group().answer("lb-01", **{"visitors.web-02": "DRAIN"}), "deploy/lab up"),
    (group().answer("lb-01", **unit("haproxy", "failed")), "deploy/lab shell lb-01 systemctl restart haproxy"),
    (group().reboot_due("lb-01", "asked for by dbus"), "deploy/lab patch lb-01"),
    (group().unreachable("lb-01"), "deploy/lab up"),
    (pair_without_primary().unreachable("web-01"), "deploy/lab promote web-02 -e off=web-01"),
    (group().mysql("web-02", offline_mode=1), "shell web-02 mysql --execute 'SET GLOBAL offline_mode = OFF'"),
)


class CommandsTests(StatusTestCase):
    def test_commands_of_the_lab(self) -> None:
        for site, command in COMMANDS:
            with self.subTest(command):
                findings = site.findings("deploy/lab")
                self.assertTrue(findings[-1].endswith(command), findings)


if __name__ == "__main__":
    unittest.main()
