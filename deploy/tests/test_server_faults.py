"""Faults of servers, found in the identities that they report."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from server_faults import server_faults  # noqa: E402

SID = "unstable Debian GNU/Linux forky/sid"
TRIXIE = "13 Debian GNU/Linux 13 (trixie)"


class ServerFaultsTests(unittest.TestCase):
    def setUp(self) -> None:
        self.hosts = {
            "lb-01": host("10.0.0.11", machine="1f"),
            "web-01": host("10.0.0.21", machine="2f"),
            "db-01": host("FD00::31", "172.17.0.1 fd00::31", machine="3f"),
        }

    def test_servers_of_the_inventory_have_no_fault(self) -> None:
        self.expect()

    def test_an_unreachable_server_is_reported(self) -> None:
        self.hosts["lb-01"]["identity"] = {"unreachable": True}
        del self.hosts["web-01"]["identity"]
        self.expect(
            "lb-01 does not answer: start it, or leave it out: --limit 'all:!lb-01'",
            "web-01 does not answer: start it, or leave it out: --limit 'all:!web-01'",
        )

    def test_another_address_is_reported(self) -> None:
        self.hosts["lb-01"] = host("10.0.0.11", "10.0.0.12 fd00::12")
        self.expect(
            "lb-01 does not have the address [10.0.0.11] but [10.0.0.12 fd00::12]: "
            "correct hosts.yml, or the server's network"
        )

    def test_two_hosts_on_one_machine_are_reported(self) -> None:
        self.hosts["web-01"] = host("10.0.0.21", machine="1f")
        self.expect(
            "lb-01 and web-01 are one machine: correct hosts.yml; or, where one was copied from the other, "
            "run on the copy: rm /etc/machine-id && systemd-machine-id-setup"
        )

    def test_an_old_release_is_reported(self) -> None:
        self.hosts["lb-01"] = host("10.0.0.11", release="debian 12 Debian GNU/Linux 12 (bookworm)")
        self.hosts["db-01"] = host("10.0.0.31", machine="3f", release="debian 14 Debian GNU/Linux 14 (forky)")
        self.expect("lb-01 runs [Debian GNU/Linux 12 (bookworm)], which is too old: upgrade it to Debian 13")

    def test_apt_sources_on_unstable_are_reported(self) -> None:
        sentence = (
            "lb-01 runs [Debian GNU/Linux forky/sid], whose own sources have everything: "
            "write apt_sources: [] in group_vars/all/site.yml"
        )
        mirror = {"name": "debian-unstable", "uris": ["https://mirror.example/debian"]}
        vendor = {"name": "mysql", "uris": ["https://mysql.example/apt"], "key": "-----BEGIN"}
        refused = (None, [{"name": "debian-unstable"}], [mirror], [vendor, mirror])
        for sources, told in (*((sources, [sentence]) for sources in refused), ([], []), ([vendor], [])):
            self.hosts["lb-01"] = host("10.0.0.11", release=f"debian {SID}", sources=sources)
            self.expect(*told)

    def test_another_distribution_is_reported(self) -> None:
        for release, told in (("ubuntu 26.04 Ubuntu 26.04 LTS", "Ubuntu 26.04 LTS"), ("", "")):
            self.hosts["lb-01"] = host("10.0.0.11", release=release)
            self.expect(f"lb-01 runs [{told}], not Debian: set it up anew with Debian 13")

    def expect(self, *faults: str) -> None:
        self.assertEqual(server_faults(self.hosts, list(self.hosts)), list(faults))


def host(
    address: str,
    addresses: str = "",
    machine: str = "0f",
    release: str = f"debian {TRIXIE}",
    sources: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The identity in the format of check-servers.yml."""
    stdout = f"machine {machine}\naddresses {addresses or address} \nrelease {release}"
    return {"address": address, "identity": {"stdout": stdout}} | ({} if sources is None else {"apt_sources": sources})


if __name__ == "__main__":
    unittest.main()
