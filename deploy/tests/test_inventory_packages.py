"""Sources of packages, and the hours of upgrades."""

import unittest

from inventory_builder import InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import HOSTS, SITE
from plugin_utils.inventory.packages import PUBLIC_KEY

DEBIAN = {"name": "debian-unstable", "suites": ["sid"], "components": ["main"], "packages": ["mysql-*", "haproxy"]}
VENDOR = {
    "name": "mysql",
    "uris": ["https://mysql.example/apt/debian"],
    "suites": ["trixie"],
    "components": ["mysql-9.7-lts"],
    "key": f"{PUBLIC_KEY}\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----",
    "packages": ["mysql-*"],
}

VALID = {
    "no sources of packages": valid().variable(apt_sources=[]),
    "sources of packages": valid().variable(apt_sources=[DEBIAN, VENDOR]),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "sources of packages that are no list": (
        valid().variable(apt_sources="sid"),
        f"{SITE}: apt_sources is no list of sources: take the one of the example, or write []",
    ),
    "a source with an invalid name": (
        valid().variable(apt_sources=[DEBIAN | {"name": "Debian unstable"}]),
        f"{SITE}: a source in apt_sources has the name [Debian unstable]: write one of a-z, 0-9 and -",
    ),
    "two sources with one name": (
        valid().variable(apt_sources=[DEBIAN, DEBIAN]),
        f"{SITE}: apt_sources has [debian-unstable] twice: rename one of them",
    ),
    "a source without packages": (
        valid().variable(apt_sources=[DEBIAN | {"packages": []}]),
        f"{SITE}: [debian-unstable] in apt_sources has no packages: write packages: [...], as the example does",
    ),
    "a source that provides everything": (
        valid().variable(apt_sources=[DEBIAN | {"packages": ["*"]}]),
        f"{SITE}: [debian-unstable] in apt_sources may provide [*], and so libc6, which every program on a server uses: "
        f"leave it out, and take another source",
    ),
    "a source that provides the C library": (
        valid().variable(apt_sources=[DEBIAN | {"libraries": ["libicu78", "libc6"]}]),
        f"{SITE}: [debian-unstable] in apt_sources may provide [libc6], and so libc6, which every program on a server "
        f"uses: leave it out, and take another source",
    ),
    "a suite without a codename": (
        valid().variable(apt_sources=[DEBIAN | {"suites": ["unstable"]}]),
        f"{SITE}: [debian-unstable] in apt_sources has the suite [unstable], which names another release over time: "
        f"write its codename, sid for unstable",
    ),
    "a source without a host": (
        valid().variable(apt_sources=[VENDOR | {"uris": ["file:/srv/mysql"]}]),
        f"{SITE}: [mysql] in apt_sources has the address [file:/srv/mysql], which has no host: "
        f"write one of http or https",
    ),
    "a key that is a fingerprint": (
        valid().variable(apt_sources=[VENDOR | {"key": "A4A9406876FCBD3C456770C88C718D3B5072E1F5"}]),
        f"{SITE}: [mysql] in apt_sources has an invalid key: write key: |, and below it, indented, the key "
        f"that its vendor publishes, {PUBLIC_KEY}",
    ),
    "a key without an address": (
        valid().variable(apt_sources=[{name: its for name, its in VENDOR.items() if name != "uris"}]),
        f"{SITE}: [mysql] in apt_sources has a key, and no address: write uris: [...]; or leave the key out, if "
        f"Debian's mirror has it",
    ),
    "a source of one host": (
        valid().host("web-01", apt_sources=[DEBIAN | {"components": []}]),
        f"{SITE}: [debian-unstable] in apt_sources has no components: write components: [...], as the example does",
    ),
    "an invalid hour": (
        valid().host("web-01", hardening_upgrade_hour=24),
        f"{HOSTS}: web-01 has the hardening_upgrade_hour [24]: write one from 0 to 23",
    ),
    "the same hour for two balancers": (
        valid().balancers("10.0.0.10").host("lb-01", hardening_upgrade_hour=3).host("lb-02", hardening_upgrade_hour=3),
        f"{HOSTS}: 2 servers of the group balancer have the hardening_upgrade_hour [3], and would be upgraded at "
        "the same time: give each its own, or leave them out",
    ),
}


class PackagesTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
