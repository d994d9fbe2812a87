"""Faults of the packages that servers need, found in the output of apt."""

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from package_faults import missing_packages, needed_sources, package_faults  # noqa: E402

NEEDED = {"haproxy": "3.2", "mysql-server": "8.4", "openjdk-25-jre-headless": "25"}
# Installed, and what apt would install.
FOUND = {
    "haproxy": ("(none)", "3.2.26-1"),
    "mysql-server": ("(none)", "9.7.4-2"),
    "openjdk-25-jre-headless": ("25.0.5+1-1~deb13u1", "25.0.5+1-1~deb13u1"),
}
SOURCE = "a source of apt_sources has to provide it: Debian unstable, or its vendor's, as REAL-SERVERS.md says"
SIMULATION = """\
Reading package lists...
Inst libaio1t64 (0.3.113-8+b1 Debian:13.8/stable [amd64])
Inst libstdc++6 [14.2.0-19] (16.2.0-4 Debian:unstable [amd64])
Inst mysql-server (9.7.4-2 Debian:unstable [all])
Conf libstdc++6 (16.2.0-4 Debian:unstable [amd64])
"""


class PackageFaultsTests(unittest.TestCase):
    def test_available_packages_have_no_fault(self) -> None:
        self.expect()

    def test_installed_packages_are_not_missing(self) -> None:
        found = {
            "haproxy": ("3.2.26-1", "3.0.11-1+deb13u3"),
            "mysql-server": ("9.10.1+dfsg-1", "9.10.1+dfsg-1"),
            "openjdk-25-jre-headless": ("25~36ea-1", "25~36ea-1"),
        }
        self.expect(found=found, simulation="")
        self.assertEqual(missing_packages(policy(found)), [])
        self.assertEqual(missing_packages(policy(FOUND)), ["haproxy", "mysql-server"])

    def test_mysql_8_4_is_accepted(self) -> None:
        self.expect(found=FOUND | {"mysql-server": ("(none)", "8.4.9-1debian13")})

    def test_an_unavailable_package_is_reported_with_its_source(self) -> None:
        self.expect(
            f"db-01 lacks haproxy 3.2 (apt has 3.0.11-1+deb13u3; {SOURCE}), mysql-server 8.4 (apt has none; {SOURCE})",
            found=FOUND | {"haproxy": ("(none)", "3.0.11-1+deb13u3"), "mysql-server": ("(none)", "(none)")},
        )
        self.expect(
            "db-01 lacks openjdk-25-jre-headless 25 (apt has none; Debian 13 has it: check that its own sources "
            "are in /etc/apt there, and run apt-get update)",
            found={name: its for name, its in FOUND.items() if not name.startswith("openjdk")},
        )

    def test_a_server_without_package_lists_is_reported(self) -> None:
        self.expect("db-01 has no package lists: run apt-get update there", found={})

    def test_an_installed_package_that_is_too_old_is_reported(self) -> None:
        self.expect(
            f"db-01 lacks mysql-server 8.4 (apt has 1:8.0.43-1; {SOURCE})",
            found=FOUND | {"mysql-server": ("1:8.0.43-1", "9.7.4-2")},
        )

    def test_a_library_from_a_forbidden_source_is_reported(self) -> None:
        self.expect(
            "db-01 would need from a source that may not provide it: libstdc++6 16.2.0-4 (Debian:unstable). Take "
            "another source in apt_sources; or, if it is not libc6, and you know what else uses it there, add it to libraries",
            simulation=SIMULATION + policy({"libaio1t64": ("(none)", "0.3.113-8+b1"), "mysql-server": ("(none)", "9.7.4-2"),
                                            "libstdc++6": ("14.2.0-19", "14.2.0-19")}),
        )  # fmt: skip

    def test_an_installation_that_apt_refuses_is_reported(self) -> None:
        self.expect(
            "db-01 cannot install what it needs. apt says: Unable to satisfy dependencies. Reached two conflicting "
            "decisions: 1. libc6:amd64=2.42-3 is not selected for install 2. mysql-server depends on libc6 (>= 2.42)",
            simulation="""\
E: Unable to satisfy dependencies. Reached two conflicting decisions:
   1. libc6:amd64=2.42-3 is not selected for install
   2. mysql-server depends on libc6 (>= 2.42)
""",
        )
        self.expect(
            "db-01 would remove postfix, mailutils to install what it needs: take another source in apt_sources",
            simulation="Remv postfix [3.10.1-1]\nRemv mailutils [1:3.19-1]\n",
        )

    def test_sources_of_the_needed_packages(self) -> None:
        mysql, haproxy = {"packages": ["mysql-*"]}, {"packages": ["haproxy"]}
        self.assertEqual(needed_sources([mysql, haproxy], ["chrony", "mysql-server"]), [mysql])
        self.assertEqual(needed_sources([mysql, haproxy], ["chrony", "nginx-light"]), [])

    def expect(
        self,
        *faults: str,
        found: dict[str, tuple[str, str]] = FOUND,
        simulation: str = SIMULATION + "libstdc++6:\n  Installed: 14.2.0-19\n  Candidate: 16.2.0-4\n",
    ) -> None:
        host: dict[str, Any] = {
            "needed_packages": NEEDED,
            "package_policy": {"stdout": policy(found)},
            "apt_simulation": simulation,
        }
        self.assertEqual(package_faults({"db-01": host}, ["db-01"]), list(faults))


def policy(found: dict[str, tuple[str, str]]) -> str:
    """The output of apt-cache policy."""
    return "".join(
        f"{name}:\n  Installed: {installed}\n  Candidate: {candidate}\n  Version table:\n     {candidate} 500\n"
        for name, (installed, candidate) in found.items()
    )


if __name__ == "__main__":
    unittest.main()
