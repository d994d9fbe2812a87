"""What is said of servers, by what they said of themselves."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from server_faults import server_faults  # noqa: E402

SID = "Debian GNU/Linux forky/sid"
TRIXIE = "Debian GNU/Linux 13 (trixie)"
GROUPS = {"balancer": ["lb-01"], "web": ["web-01"], "mysql": ["web-01", "db-01"], "all": ["lb-01", "web-01", "db-01"]}
PACKAGES = {
    "balancer": {"haproxy": "3.2"},
    "web": {"openjdk-25-jre-headless": "25"},
    "mysql": {"mysql-server": "9.7"},
    "replica": {"mysql-server": "9.7"},
}
# Installed, and what apt would install.
FOUND = {
    "haproxy": ("(none)", "3.2.26-1"),
    "mysql-server": ("(none)", "9.7.4-2"),
    "openjdk-25-jre-headless": ("(none)", "25.0.5.0.3+1-1"),
}


class ServerFaultsTests(unittest.TestCase):
    def setUp(self) -> None:
        self.hosts = {
            "lb-01": host("10.0.0.11", machine="1f"),
            "web-01": host("10.0.0.21", machine="2f"),
            "db-01": host("FD00::31", "172.17.0.1 fd00::31", machine="3f"),
        }

    def test_servers_that_are_the_inventory_s_pass(self) -> None:
        self.expect()

    def test_who_does_not_answer_is_told(self) -> None:
        self.hosts["lb-01"]["said_of_itself"] = {"unreachable": True}
        del self.hosts["web-01"]["said_of_itself"]
        self.expect(
            "lb-01 does not answer: start it, or leave it out: --limit 'all:!lb-01'",
            "web-01 does not answer: start it, or leave it out: --limit 'all:!web-01'",
        )

    def test_another_s_address_is_told(self) -> None:
        self.hosts["lb-01"] = host("10.0.0.11", "10.0.0.12 fd00::12")
        self.expect(
            "lb-01 does not have the address [10.0.0.11] but [10.0.0.12 fd00::12]: "
            "correct hosts.yml, or the server's network"
        )

    def test_two_names_of_one_machine_are_told(self) -> None:
        self.hosts["web-01"] = host("10.0.0.21", machine="1f")
        self.expect(
            "lb-01 and web-01 are one machine: correct hosts.yml; or, where one was copied from the other, "
            "run on the copy: rm /etc/machine-id && systemd-machine-id-setup"
        )

    def test_what_is_installed_counts_without_package_lists(self) -> None:
        self.hosts["web-01"] = host(
            "10.0.0.21",
            found={
                "openjdk-25-jre-headless": ("25~36ea-1", "25~36ea-1"),
                "mysql-server": ("9.10.1+dfsg-1", "9.10.1+dfsg-1"),
            },
        )
        self.expect()

    def test_a_release_without_the_packages_is_told(self) -> None:
        found = FOUND | {"haproxy": ("(none)", "3.0.11-1+deb13u3"), "mysql-server": ("(none)", "(none)")}
        self.hosts["lb-01"] = host("10.0.0.11", release=f"debian {TRIXIE}", found=found)
        self.hosts["db-01"] = host("10.0.0.31", release=f"debian {TRIXIE}", machine="3f", found=found)
        self.expect(
            f"lb-01 with [{TRIXIE}] lacks haproxy 3.2 (apt has 3.0.11-1+deb13u3): run apt update and apt upgrade "
            f"there; the release that has them all is Debian unstable",
            f"db-01 with [{TRIXIE}] lacks mysql-server 9.7 (apt has none): run apt update and apt upgrade "
            f"there; the release that has them all is Debian unstable",
        )

    def test_a_server_without_package_lists_is_told(self) -> None:
        self.hosts["web-01"] = host("10.0.0.21", found={})
        self.expect(
            f"web-01 with [{SID}] lacks openjdk-25-jre-headless 25 (apt has none), mysql-server 9.7 (apt has none): "
            f"run apt update and apt upgrade there; the release that has them all is Debian unstable"
        )

    def test_an_old_package_that_is_installed_is_told(self) -> None:
        self.hosts["db-01"] = host("10.0.0.31", machine="3f", found={"mysql-server": ("1:8.4.9-1", "9.7.4-2")})
        self.expect(
            f"db-01 with [{SID}] lacks mysql-server 9.7 (apt has 1:8.4.9-1): run apt update and apt upgrade "
            f"there; the release that has them all is Debian unstable"
        )

    def test_another_distribution_is_told(self) -> None:
        for release, told in (("ubuntu Ubuntu 26.04 LTS", "Ubuntu 26.04 LTS"), ("", "")):
            self.hosts["lb-01"] = host("10.0.0.11", release=release, found={})
            self.expect(f"lb-01 runs [{told}], not Debian: set it up anew with Debian unstable")

    def expect(self, *faults: str) -> None:
        self.assertEqual(server_faults(self.hosts, list(self.hosts), GROUPS, PACKAGES), list(faults))


def host(
    address: str,
    addresses: str = "",
    machine: str = "0f",
    release: str = f"debian {SID}",
    found: dict[str, tuple[str, str]] = FOUND,
) -> dict[str, Any]:
    """As check-servers.yml asks it."""
    said = f"machine {machine}\naddresses {addresses or address} \nrelease {release}\n"
    for name, (installed, candidate) in found.items():
        said += f"{name}:\n  Installed: {installed}\n  Candidate: {candidate}\n  Version table:\n     {candidate} 500\n"
    return {"address": address, "said_of_itself": {"stdout": said.rstrip()}}


if __name__ == "__main__":
    unittest.main()
