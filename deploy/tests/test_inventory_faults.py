"""Every rule for an inventory, by a mistake made in one that can work."""

import copy
import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from inventory_faults import HOSTS, MAKE_AUTHORITY, SECRETS, SITE, inventory_faults  # noqa: E402

ADD = "add one, such as ops-01: { address: ..., mysql_server_id: ..., mysql_weight: 10 } to break ties"
HEX = "with what this prints: openssl rand -hex 16"
BASE64 = "application_token_key: with what this prints: openssl rand -base64 32"
URL = "write site_url: with what visitors type, without a path, such as https://www.yours.org"
OWN = "write own_networks: [10.1.2.0/24], with the networks that your servers' addresses are in"
CERTIFICATE = f"tls_authority_certificate: |, and below it, indented, authority.pem of: {MAKE_AUTHORITY}"
AUTHORITY_KEY = f"tls_authority_key: |, and below it, indented, authority.key of: {MAKE_AUTHORITY}"
GROUPS = "balancer, web, mysql, replica"


def pem(kind: str, content: str = "MDEyMzQ1Njc4\nOWFiY2RlZg==") -> str:
    return f"-----BEGIN {kind}-----\n{content}\n-----END {kind}-----\n"


class Mistake:
    """An inventory that can work, and what is changed in it."""

    def __init__(self) -> None:
        self.hosts: dict[str, dict[str, Any]] = {
            "lb-01": {"address": "10.0.0.11"},
            "web-01": {"address": "10.0.0.21", "mysql_server_id": 1},
            "web-02": {"address": "10.0.0.22", "mysql_server_id": 2},
            "ops-01": {"address": "10.0.0.31", "mysql_server_id": 3, "mysql_weight": 10},
        }
        self.groups = {
            "balancer": ["lb-01"],
            "web": ["web-01", "web-02"],
            "mysql": ["web-01", "web-02", "ops-01"],
        }
        self.site: dict[str, Any] = {
            "site_url": "https://www.foobar.org",
            "own_networks": ["10.0.0.0/24", "fd00:1::/64"],
            "mysql_application_password": "0123456789abcdef01",
            "mysql_migration_password": "0123456789abcdef02",
            "mysql_monitor_password": "0123456789abcdef03",
            "mysql_replication_password": "0123456789abcdef04",
            "mysql_backup_password": "!#$%&()*+,-./:;<=>?@[]^_`{|}~",
            "application_token_key": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "tls_authority_certificate": pem("CERTIFICATE"),
            "tls_authority_key": pem("PRIVATE KEY"),
        }

    def host(self, name: str, **variables: Any) -> "Mistake":
        return self._change(self.hosts.setdefault(name, {}), variables)

    def group(self, name: str, *hosts: str) -> "Mistake":
        self.groups[name] = list(hosts)
        return self

    def without(self, group: str) -> "Mistake":
        del self.groups[group]
        return self

    def variable(self, **variables: Any) -> "Mistake":
        return self._change(self.site, variables)

    def database(self, name: str, number: int, group: str = "mysql") -> "Mistake":
        self.groups.setdefault(group, []).append(name)
        return self.host(name, address=f"10.0.0.{100 + number}", mysql_server_id=number)

    def databases(self, first: int, last: int) -> "Mistake":
        for number in range(first, last + 1):
            self.database(f"db-{number:02}", number)
        return self

    def faults(self) -> list[str]:
        groups = copy.deepcopy(self.groups)
        grouped = {host for hosts in groups.values() for host in hosts}
        groups |= {"all": list(self.hosts), "ungrouped": [host for host in self.hosts if host not in grouped]}
        return inventory_faults(self.hosts, groups, self.site)

    def _change(self, variables: dict[str, Any], changes: dict[str, Any]) -> "Mistake":
        variables.update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del variables[name]
        return self


def a() -> Mistake:
    return Mistake()


def pair() -> Mistake:
    del (mistake := a().variable(mysql_topology="async").group("mysql", "web-01", "web-02")).hosts["ops-01"]
    return mistake


GOOD = {
    "three servers, two of which vote and serve": a(),
    "a group that says so": a().variable(mysql_topology="group"),
    "five votes": a().databases(4, 5),
    "nine votes": a().databases(4, 9),
    "a replica beside a group": a().database("db-04", 4, "replica"),
    "a pair": pair(),
    "a pair with two replicas": pair().database("db-03", 3, "replica").database("db-04", 4, "replica"),
    "one server alone": pair().group("mysql", "web-01"),
    "an empty group of replicas": a().group("replica"),
    "an address of ssh's own": a().host("web-01", ansible_host="10.0.0.121"),
    "a name for ssh": a().host("web-01", ansible_host="bastion.foobar.org"),
    "an address said twice of one server": a().host("web-01", ansible_host="10.0.0.21"),
    "an address in version 6": a().host("web-01", address="fd00:1::21"),
    "a network that is no list": a().variable(own_networks="10.0.0.0/24"),
    "a network as wide as may be": a().variable(own_networks=["10.0.0.0/8"]),
    "numbers as text": a().host("web-01", mysql_server_id="1", mysql_weight="100"),
    "a port": a().variable(site_url="http://localhost:8088"),
    "an address in the URL": a().variable(site_url="http://[fd00:1::11]:8088"),
    "a new authority above the old one": a().variable(tls_authority_certificate=pem("CERTIFICATE") * 2),
    "an authority in words, too": a().variable(tls_authority_certificate="CN=foobar\n" + pem("CERTIFICATE")),
    "a balancer that is a web server, too": a().group("balancer", "lb-01", "web-01").host("web-01", nginx_port=8088),
    "an older kind of key": a().variable(tls_authority_key=pem("EC PARAMETERS") + pem("EC PRIVATE KEY")),
}

# Each row: the mistake, and the only sentence that it may lead to.
BAD: dict[str, tuple[Mistake, str]] = {
    "no balancer": (
        a().without("balancer").group("web", "web-01", "web-02", "lb-01"),
        f"{HOSTS} has no host in the group [balancer]: write balancer:, below it hosts:, and below that one",
    ),
    "an empty group": (
        a().group("web"),
        f"{HOSTS} has no host in the group [web]: write web:, below it hosts:, and below that one",
    ),
    "no database": (
        a().without("mysql").group("balancer", "lb-01", "ops-01"),
        f"{HOSTS} has no host in the group [mysql]: write mysql:, below it hosts:, and below that one",
    ),
    "a typing error in a group": (
        a().group("replicas", "web-01"),
        f"{HOSTS}: the group [replicas] is none of {GROUPS}: rename it, or remove it",
    ),
    "a host outside of the groups": (
        a().host("web-03", address="10.0.0.23"),
        f"{HOSTS}: web-03 is in no group: write it below hosts: of one of {GROUPS}",
    ),
    "one vote": (
        a().group("mysql", "ops-01"),
        f"{HOSTS} has 1 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"add two, or write mysql_topology: async in {SITE}",
    ),
    "two votes": (
        a().group("mysql", "web-01", "ops-01"),
        f"{HOSTS} has 2 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"{ADD}, or write mysql_topology: async in {SITE}",
    ),
    "four votes": (
        a().databases(4, 4),
        f"{HOSTS} has 4 voters in the group mysql, where a majority takes 3, 5, 7 or 9: "
        f"{ADD}, or move one to the group replica",
    ),
    "eleven votes": (
        a().databases(4, 11),
        f"{HOSTS} has 11 voters in the group mysql, where a majority takes 3, 5, 7 or 9: move 2 to the group replica",
    ),
    "three in a pair": (
        a().variable(mysql_topology="async"),
        f"{HOSTS} has 3 hosts in the group mysql, where the topology async has one or two: "
        f"move the others to the group replica, or write mysql_topology: group in {SITE}",
    ),
    "a voter that only reads": (
        a().group("replica", "ops-01"),
        f"{HOSTS}: ops-01 is in the groups mysql and replica: remove it from one",
    ),
    "no address": (
        a().host("web-01", address=None),
        f"{HOSTS}: web-01 has no address: write web-01: {{ address: ... }}",
    ),
    "an empty address": (
        a().host("web-01", address=""),
        f"{HOSTS}: web-01 has no address: write web-01: {{ address: ... }}",
    ),
    "a name for an address": (
        a().host("web-01", address="web-01.local"),
        f"{HOSTS}: the address [web-01.local] of web-01 is no IP address: write web-01: {{ address: ... }}",
    ),
    "a number for an address": (
        a().host("web-01", address=10),
        f"{HOSTS}: the address [10] of web-01 is no IP address: write web-01: {{ address: ... }}",
    ),
    "the sketch's address": (
        a().host("lb-01", address="8.8.8.8"),
        f"{HOSTS}: the address [8.8.8.8] of lb-01 is not an address of yours: "
        f"write one in 10.0.0.0/24, fd00:1::/64, or add its network to own_networks in {SITE}",
    ),
    "ssh to an address of somebody else": (
        a().host("lb-01", ansible_host="8.8.8.8"),
        f"{HOSTS}: the ansible_host [8.8.8.8] of lb-01 is not an address of yours: "
        f"write one in 10.0.0.0/24, fd00:1::/64, or add its network to own_networks in {SITE}",
    ),
    "an address left at its example": (
        a().host("web-01", address="192.0.2.21"),
        f"{HOSTS}: the address [192.0.2.21] of web-01 is left at its example: write the server's own",
    ),
    "ssh to an address left at its example": (
        a().host("web-01", ansible_host="2001:db8::21"),
        f"{HOSTS}: the ansible_host [2001:db8::21] of web-01 is left at its example: write the server's own",
    ),
    "an address twice": (
        a().host("web-02", address="10.0.0.21"),
        f"{HOSTS}: web-01 and web-02 lead to [10.0.0.21]: write each with its own address, or leave one",
    ),
    "an address twice, written differently": (
        a().host("web-01", address="fd00:1::21").host("web-02", address="FD00:1:0::21"),
        f"{HOSTS}: web-01 and web-02 lead to [fd00:1::21]: write each with its own address, or leave one",
    ),
    "three members on one host": (
        a().host("web-02", address="10.0.0.21").host("ops-01", address="10.0.0.21"),
        f"{HOSTS}: web-01, web-02 and ops-01 lead to [10.0.0.21]: write each with its own address, or leave one",
    ),
    "ssh to one server by two names": (
        a().host("web-01", ansible_host="jump.local").host("web-02", ansible_host="jump.local"),
        f"{HOSTS}: web-01 and web-02 lead to [jump.local]: write each with its own address, or leave one",
    ),
    "ssh to the address of another": (
        a().host("web-01", ansible_host="10.0.0.22"),
        f"{HOSTS}: web-01 and web-02 lead to [10.0.0.22]: write each with its own address, or leave one",
    ),
    "ssh to another by its name": (
        a().host("web-01", ansible_host="web-02"),
        f"{HOSTS}: web-01 and web-02 lead to [web-02]: write each with its own address, or leave one",
    ),
    "a database without a number": (
        a().host("ops-01", mysql_server_id=None),
        f"{HOSTS}: ops-01 has no mysql_server_id: write ops-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "a replica without a number": (
        a().database("db-04", 4, "replica").host("db-04", mysql_server_id=None),
        f"{HOSTS}: db-04 has no mysql_server_id: write db-04: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "a number too small": (
        a().host("web-01", mysql_server_id=0),
        f"{HOSTS}: the mysql_server_id [0] of web-01 is not from 1 to 4294967295: "
        f"write web-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "a number too large": (
        a().host("web-01", mysql_server_id=2**32),
        f"{HOSTS}: the mysql_server_id [4294967296] of web-01 is not from 1 to 4294967295: "
        f"write web-01: {{ mysql_server_id: ... }} with a number of its own",
    ),
    "a number twice": (
        a().host("web-02", mysql_server_id=1),
        f"{HOSTS}: web-01 and web-02 have the mysql_server_id [1]: write each with a number of its own",
    ),
    "a replica's number twice": (
        a().database("db-04", 4, "replica").host("db-04", mysql_server_id=3),
        f"{HOSTS}: ops-01 and db-04 have the mysql_server_id [3]: write each with a number of its own",
    ),
    "a port twice": (
        a().group("balancer", "lb-01", "web-01"),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [80]: "
        f"write web-01: {{ nginx_port: 8088 }}, or leave it in one",
    ),
    "a weight out of range": (
        a().host("ops-01", mysql_weight=101),
        f"{HOSTS}: the mysql_weight [101] of ops-01 is not from 0 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a weight in words": (
        a().host("ops-01", mysql_weight="low"),
        f"{HOSTS}: the mysql_weight [low] of ops-01 is not from 0 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "no URL": (a().variable(site_url=None), f"{SITE}: site_url is []: {URL}"),
    "a URL without http": (a().variable(site_url="www.foobar.org"), f"{SITE}: site_url is [www.foobar.org]: {URL}"),
    "a URL with a path": (
        a().variable(site_url="https://www.foobar.org/"),
        f"{SITE}: site_url is [https://www.foobar.org/]: {URL}",
    ),
    "a URL with a port that is none": (
        a().variable(site_url="https://www.foobar.org:99999"),
        f"{SITE}: site_url is [https://www.foobar.org:99999]: {URL}",
    ),
    "a URL left at its example": (
        a().variable(site_url="http://www.example.com"),
        f"{SITE}: site_url is [http://www.example.com], which is left at its example: {URL}",
    ),
    "another example's URL": (
        a().variable(site_url="https://example.org:8443"),
        f"{SITE}: site_url is [https://example.org:8443], which is left at its example: {URL}",
    ),
    "no networks": (a().variable(own_networks=None), f"{SITE} has no own_networks: {OWN}"),
    "an empty list of networks": (a().variable(own_networks=[]), f"{SITE} has no own_networks: {OWN}"),
    "a network that is none": (
        a().variable(own_networks=["10.0.0.0/24", "mine"]),
        f"{SITE}: [mine] in own_networks is no network: {OWN}",
    ),
    "a network that is an address in it": (
        a().variable(own_networks=["10.0.0.1/24"]),
        f"{SITE}: [10.0.0.1/24] in own_networks is no network: {OWN}",
    ),
    "every network": (
        a().variable(own_networks=["0.0.0.0/0"]),
        f"{SITE}: [0.0.0.0/0] in own_networks is so wide that it says nothing: write networks of /8 or narrower",
    ),
    "every network in version 6": (
        a().variable(own_networks=["10.0.0.0/24", "2000::/3"]),
        f"{SITE}: [2000::/3] in own_networks is so wide that it says nothing: write networks of /16 or narrower",
    ),
    "a network left at its example": (
        a().variable(own_networks=["10.0.0.0/24", "192.0.2.0/24"]),
        f"{SITE}: [192.0.2.0/24] in own_networks is left at its example: {OWN}",
    ),
    "an unknown topology": (
        a().variable(mysql_topology="cluster"),
        f"{SITE}: mysql_topology is [cluster]: write group or async",
    ),
    "a password left at its example": (
        a().variable(mysql_monitor_password="change-me"),
        f"{SECRETS}: mysql_monitor_password is left at its example: write mysql_monitor_password: {HEX}",
    ),
    "an example made longer": (
        a().variable(mysql_monitor_password="change-me-change-me"),
        f"{SECRETS}: mysql_monitor_password is left at its example: write mysql_monitor_password: {HEX}",
    ),
    "a password missing": (
        a().variable(mysql_backup_password=None),
        f"{SECRETS} has no mysql_backup_password: write mysql_backup_password: {HEX}",
    ),
    "a password too short": (
        a().variable(mysql_migration_password="0123456789abcde"),
        f"{SECRETS}: mysql_migration_password has 15 characters, not 16 to 32: write mysql_migration_password: {HEX}",
    ),
    "a password too long": (
        a().variable(mysql_migration_password="a" * 33),
        f"{SECRETS}: mysql_migration_password has 33 characters, not 16 to 32: write mysql_migration_password: {HEX}",
    ),
    **{
        f"a password with {character!r}": (
            a().variable(mysql_application_password=f"0123456789{character}abcdef"),
            f"{SECRETS}: mysql_application_password has a quote, a backslash, a space or a character beyond ASCII: "
            f"write mysql_application_password: {HEX}",
        )
        for character in "'\"\\ \t\né"
    },
    "a password twice": (
        a().variable(mysql_monitor_password="0123456789abcdef01"),
        f"{SECRETS}: mysql_application_password and mysql_monitor_password are the same: "
        f"write each with a secret of its own",
    ),
    "a key left at its example": (
        a().variable(application_token_key="change-me"),
        f"{SECRETS}: application_token_key is left at its example: write {BASE64}",
    ),
    "a key missing": (
        a().variable(application_token_key=None),
        f"{SECRETS} has no application_token_key: write {BASE64}",
    ),
    "a key too short": (
        a().variable(application_token_key="MDEyMzQ1Njc4OWFiY2RlZg=="),
        f"{SECRETS}: application_token_key is not 32 bytes or more in base64: write {BASE64}",
    ),
    "a key that is not base64": (
        a().variable(application_token_key="0123456789abcdef-0123456789abcdef-0123456789abcdef"),
        f"{SECRETS}: application_token_key is not 32 bytes or more in base64: write {BASE64}",
    ),
    "an authority left at its example": (
        a().variable(tls_authority_certificate="change-me"),
        f"{SECRETS}: tls_authority_certificate is left at its example: write {CERTIFICATE}",
    ),
    "an authority missing": (
        a().variable(tls_authority_certificate=None),
        f"{SECRETS} has no tls_authority_certificate: write {CERTIFICATE}",
    ),
    "an authority's key left at its example": (
        a().variable(tls_authority_key="change-me"),
        f"{SECRETS}: tls_authority_key is left at its example: write {AUTHORITY_KEY}",
    ),
    "an authority's key missing": (
        a().variable(tls_authority_key=None),
        f"{SECRETS} has no tls_authority_key: write {AUTHORITY_KEY}",
    ),
    "an authority without its lines": (
        a().variable(tls_authority_certificate=pem("CERTIFICATE").replace("\n", " ")),
        f"{SECRETS}: tls_authority_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "an authority of other letters": (
        a().variable(tls_authority_certificate=pem("CERTIFICATE", "...")),
        f"{SECRETS}: tls_authority_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "a key where the certificate belongs": (
        a().variable(tls_authority_certificate=pem("CERTIFICATE") + pem("PRIVATE KEY")),
        f"{SECRETS}: tls_authority_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "a certificate where the key belongs": (
        a().variable(tls_authority_key=pem("CERTIFICATE")),
        f"{SECRETS}: tls_authority_key is no key without a passphrase in PEM: write {AUTHORITY_KEY}",
    ),
    "a key with a passphrase": (
        a().variable(tls_authority_key=pem("ENCRYPTED PRIVATE KEY")),
        f"{SECRETS}: tls_authority_key is no key without a passphrase in PEM: write {AUTHORITY_KEY}",
    ),
}


class InventoryFaultsTests(unittest.TestCase):
    def test_what_can_work_has_no_fault(self) -> None:
        for name, inventory in GOOD.items():
            with self.subTest(name):
                self.assertEqual(inventory.faults(), [])

    def test_each_mistake_is_one_sentence(self) -> None:
        for name, (mistake, sentence) in BAD.items():
            with self.subTest(name):
                self.assertEqual(mistake.faults(), [sentence])

    def test_all_faults_are_told_at_once(self) -> None:
        mistake = a().host("web-01", address=None, mysql_server_id=0).variable(own_networks=None, mysql_topology="x")
        self.assertEqual(len(mistake.faults()), 4)


if __name__ == "__main__":
    unittest.main()
