"""Every rule for an inventory, by a mistake made in one that can work."""

import copy
import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from inventory_faults import (  # noqa: E402
    FIREWALL,
    HOSTS,
    MAKE_ACCOUNT_KEY,
    MAKE_AUTHORITY,
    MAKE_UUID,
    PUBLIC_KEY,
    SECRETS,
    SHARED_GROUP_NAME,
    SITE,
    inventory_faults,
)

ADD = "add one, such as ops-01: { address: ..., mysql_server_id: ..., mysql_weight: 10 } to break ties"
HEX = "with what this prints: openssl rand -hex 16"
BASE64 = "application_token_key: with what this prints: openssl rand -base64 32"
URL = "write site_url: with what visitors type, without a path, such as https://www.yours.org"
OWN = "write own_networks: [10.1.2.0/24], with the networks that your servers' addresses are in"
CERTIFICATE = f"tls_authority_certificate: |, and below it, indented, authority.pem of: {MAKE_AUTHORITY}"
AUTHORITY_KEY = f"tls_authority_key: |, and below it, indented, authority.key of: {MAKE_AUTHORITY}"
ACCOUNT_KEY = f"https_acme_account_key: |, and below it, indented, what this prints: {MAKE_ACCOUNT_KEY}"
NAME = f"write mysql_group_name: with what this prints: {MAKE_UUID}"
GROUPS = "balancer, web, mysql, replica"
HELD = "write site_addresses: with one or two that no server has, such as [10.1.2.10]"
OPERATORS = "write operator_networks: [203.0.1.7/32], with where you sign in from"
EMAIL = "write https_acme_email: with yours, where the ACME server may write to you"
P_256 = "MAoGCCqGSM49AwEH"  # names the curve, as in a real key
DEBIAN = {"name": "debian-unstable", "suites": ["sid"], "components": ["main"], "packages": ["mysql-*", "haproxy"]}
VENDOR = {
    "name": "mysql",
    "uris": ["https://mysql.example/apt/debian"],
    "suites": ["trixie"],
    "components": ["mysql-9.7-lts"],
    "key": f"{PUBLIC_KEY}\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----",
    "packages": ["mysql-*"],
}
SSH = {"to": "all", "from": "operators", "tcp": [22]}


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
            "operator_networks": ["10.9.9.0/24"],
            "https_certificate": "authority",
            "firewall_table": [SSH, {"to": "balancer", "from": "anyone", "tcp": [80, 443], "udp": []}],
            "mysql_application_password": "0123456789abcdef01",
            "mysql_migration_password": "0123456789abcdef02",
            "mysql_monitor_password": "0123456789abcdef03",
            "mysql_replication_password": "!#$%&()*+,-./:;<=>?@[]^_`{|}~",
            "haproxy_cluster_secret": "0123456789abcdef05",
            "application_token_key": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "tls_authority_certificate": pem("CERTIFICATE"),
            "tls_authority_key": pem("PRIVATE KEY"),
            "mysql_group_name": "3f0c1d7e-5a52-4c8b-9a53-0d6b7c1e2f40",
        }

    def host(self, name: str, **variables: Any) -> "Mistake":
        return self._change(self.hosts.setdefault(name, {}), variables)

    def group(self, name: str, *hosts: str) -> "Mistake":
        self.groups[name] = list(hosts)
        return self

    def without(self, group: str) -> "Mistake":
        del self.groups[group]
        return self

    def only_balancer(self, name: str) -> "Mistake":
        del self.hosts["lb-01"]
        return self.group("balancer", name)

    def variable(self, **variables: Any) -> "Mistake":
        return self._change(self.site, variables)

    def database(self, name: str, number: int, group: str = "mysql") -> "Mistake":
        self.groups.setdefault(group, []).append(name)
        return self.host(name, address=f"10.0.0.{100 + number}", mysql_server_id=number)

    def balancers(self, *addresses: str) -> "Mistake":
        self.groups["balancer"].append("lb-02")
        return self.host("lb-02", address="10.0.0.12").variable(site_addresses=list(addresses))

    def acme(self, **variables: Any) -> "Mistake":
        self.variable(https_certificate="acme", https_acme_email="me@foobar.org")
        return self.variable(https_acme_account_key=pem("EC PRIVATE KEY", P_256)).variable(**variables)

    def row(self, **row: Any) -> "Mistake":
        row = {key.rstrip("_"): value for key, value in row.items()}
        return self.variable(firewall_table=[SSH, row])

    def opened(self) -> "Mistake":
        """Each server has a table of its own."""
        for host in self.hosts:
            self.host(host, firewall_table=[SSH])
        return self

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
    "no further source of packages": a().variable(apt_sources=[]),
    "sources of packages": a().variable(apt_sources=[DEBIAN, VENDOR]),
    "a group that says so": a().variable(mysql_topology="group"),
    "five votes": a().databases(4, 5),
    "nine votes": a().databases(4, 9),
    "a key that is being changed": a().variable(
        application_token_key="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
    ),
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
    "an address in the URL": a().variable(site_url="https://[fd00:1::11]:8443"),
    "a new authority above the old one": a().variable(tls_authority_certificate=pem("CERTIFICATE") * 2),
    "an authority in words, too": a().variable(tls_authority_certificate="CN=foobar\n" + pem("CERTIFICATE")),
    "a balancer that is a web server, too": a().only_balancer("web-01").host("web-01", nginx_port=8443),
    "two balancers": a().balancers("10.0.0.10"),
    "two balancers, an address each": a().balancers("10.0.0.10", "10.0.0.9"),
    "an address of either family": a().balancers("10.0.0.10", "fd00:1::10"),
    "two of each family": a().balancers("10.0.0.10", "10.0.0.9", "fd00:1::10", "fd00:1::9"),
    "an address in either version": a().host("web-01", ipv6_address="fd00:1::21"),
    "two balancers with a public address": a().balancers("8.8.8.8"),
    "two balancers, each with its own": a().balancers(),
    "an address that is no list": a().balancers().variable(site_addresses="10.0.0.10"),
    "no list of addresses": a().variable(site_addresses=[]),
    "a certificate by ACME": a().acme(),
    "a certificate by ACME for another name": a().acme(site_url="http://localhost", haproxy_name="www.foobar.test"),
    "a certificate from files": a().variable(
        https_certificate="files", https_certificate_file="/root/fullchain.pem", https_key_file="/root/key.pem"
    ),
    "an operator's network that is no list": a().variable(operator_networks="fd00:1::/64"),
    "operators from anywhere": a().variable(operator_networks=["0.0.0.0/0", "::/0"], operators_anywhere=True),
    "ssh at another port": a().variable(
        firewall_table=[{"to": "all", "from": "web", "tcp": ["2222", 22]}]
    ).host("ops-01", ansible_port=2222),
    "rows of many": a().row(to=["mysql", "replica"], from_=["web", "all"], tcp="3306", protocol="vrrp"),
    "a row that says a server's own port": a().host("web-01", firewall_table=[SSH | {"tcp": [22, "8443"]}]),
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
        a().without("mysql").group("web", "web-01", "web-02", "ops-01"),
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
    "an IPv6 address that is none": (
        a().host("web-01", ipv6_address="10.0.0.121"),
        f"{HOSTS}: the ipv6_address [10.0.0.121] of web-01 is no IPv6 address: "
        f'write web-01: {{ ipv6_address: "2a00:1:2::11" }}, or leave it out',
    ),
    "an IPv6 address of somebody else": (
        a().host("lb-01", ipv6_address="fd99::11"),
        f"{HOSTS}: the ipv6_address [fd99::11] of lb-01 is not an address of yours: "
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
        a().only_balancer("web-01"),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [443]: "
        f"write web-01: {{ nginx_port: 8443 }}, or leave it in one",
    ),
    "HAProxy's other port": (
        a().only_balancer("web-01").host("web-01", nginx_port=80),
        f"{HOSTS}: web-01 is in the groups balancer and web, and HAProxy and nginx would both take the port [80]: "
        f"write web-01: {{ nginx_port: 8443 }}, or leave it in one",
    ),
    "a port that is none": (
        a().host("web-01", nginx_port="https"),
        f"{HOSTS}: the nginx_port [https] of web-01 is no port: write web-01: {{ nginx_port: 8443 }}, "
        f"or leave it out for 443",
    ),
    "a weight out of range": (
        a().host("ops-01", mysql_weight=101),
        f"{HOSTS}: the mysql_weight [101] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a weight in words": (
        a().host("ops-01", mysql_weight="low"),
        f"{HOSTS}: the mysql_weight [low] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a weight that a full disk has": (
        a().host("ops-01", mysql_weight=0),
        f"{HOSTS}: the mysql_weight [0] of ops-01 is not from 1 to 100: "
        f"write ops-01: {{ mysql_weight: 10 }}, or leave it out for 50",
    ),
    "a disk without a least": (
        a().host("ops-01", mysql_disk_min_mb=0),
        f"{SITE}: the mysql_disk_min_mb [0] of ops-01 is not from 64 to 1048576: "
        f"write mysql_disk_min_mb: 1024, or leave it out for that",
    ),
    "a least that is most of the disk": (
        a().host("ops-01", mysql_disk_min_percent="95%"),
        f"{SITE}: the mysql_disk_min_percent [95%] of ops-01 is not from 0 to 50: "
        f"write mysql_disk_min_percent: 5, or leave it out for that",
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
    "a URL that anybody can read along": (
        a().variable(site_url="http://www.foobar.org"),
        f"{SITE}: site_url is [http://www.foobar.org], where anybody on the way could read and write along: {URL}",
    ),
    "an address left to its example": (
        a().balancers("192.0.2.10"),
        f"{SITE}: [192.0.2.10] in site_addresses is left at its example: {HELD}",
    ),
    "an address that is a name": (
        a().balancers("www.foobar.org"),
        f"{SITE}: [www.foobar.org] in site_addresses is no IP address: {HELD}",
    ),
    "the address of a server": (
        a().balancers("10.0.0.11"),
        f"{SITE}: [10.0.0.11] in site_addresses is the address of lb-01, where it stays: {HELD}",
    ),
    "an address of somebody's else": (
        a().balancers("10.7.0.10"),
        f"{SITE}: [10.7.0.10] in site_addresses is neither public nor yours: {HELD}, "
        f"or add its network to own_networks",
    ),
    "three addresses": (
        a().balancers("10.0.0.8", "10.0.0.9", "10.0.0.10"),
        f"{SITE}: site_addresses has 3 addresses of IPv4, where the balancers hold one or two: {HELD}",
    ),
    "three addresses of IPv6": (
        a().balancers("10.0.0.8", "fd00:1::8", "fd00:1::9", "fd00:1::10"),
        f"{SITE}: site_addresses has 3 addresses of IPv6, where the balancers hold one or two: {HELD}",
    ),
    "the IPv6 address of a server": (
        a().host("lb-01", ipv6_address="fd00:1::11").balancers("fd00:1::11"),
        f"{SITE}: [fd00:1::11] in site_addresses is the address of lb-01, where it stays: {HELD}",
    ),
    "one address twice": (
        a().balancers("10.0.0.10", "10.0.0.10"),
        f"{SITE}: site_addresses has [10.0.0.10] twice: {HELD}",
    ),
    "two balancers without an address": (
        a().balancers().variable(site_addresses=None),
        f"{SITE} has no site_addresses that lb-01 and lb-02 could take from each other: "
        f"write site_addresses: with one or two that no server has, or [] where DNS has each one's own, "
        f"or leave one balancer",
    ),
    "an address that nobody else can take": (
        a().variable(site_addresses=["10.0.0.10"]),
        f"{SITE} has site_addresses, and lb-01 nobody who could take them from it: "
        f"leave them out, or add a balancer",
    ),
    "no certificate": (
        a().variable(https_certificate=None),
        f"{SITE} has no https_certificate: write https_certificate: with one of acme, files, authority",
    ),
    "an unknown certificate": (
        a().variable(https_certificate="letsencrypt"),
        f"{SITE}: https_certificate is [letsencrypt]: write https_certificate: with one of acme, files, authority",
    ),
    "no email": (a().acme(https_acme_email=None), f"{SITE} has no https_acme_email: {EMAIL}"),
    "an email left at its example": (
        a().acme(https_acme_email="change-me@example.com"),
        f"{SITE}: https_acme_email is [change-me@example.com], which is left at its example: {EMAIL}",
    ),
    "an example's email": (
        a().acme(https_acme_email="me@example.org"),
        f"{SITE}: https_acme_email is [me@example.org], which is left at its example: {EMAIL}",
    ),
    "an email that is none": (
        a().acme(https_acme_email="me"),
        f"{SITE}: https_acme_email is [me], which is no address: {EMAIL}",
    ),
    "a certificate for a name that nobody knows": (
        a().acme(site_url="http://localhost:8088"),
        f"{SITE}: https_certificate is acme, and nobody gives a certificate for [localhost]: "
        f"write a name in site_url that the world's DNS knows, or https_certificate: authority",
    ),
    "a certificate for an address": (
        a().acme(site_url="https://10.0.0.11"),
        f"{SITE}: https_certificate is acme, and nobody gives a certificate for [10.0.0.11]: "
        f"write a name in site_url that the world's DNS knows, or https_certificate: authority",
    ),
    "a certificate without its file": (
        a().variable(https_certificate="files", https_key_file="/root/key.pem"),
        f"{SITE} has no https_certificate_file: write https_certificate_file: "
        f"with its path on the machine that you run this on",
    ),
    "a certificate without its key": (
        a().variable(https_certificate="files", https_certificate_file="/root/fullchain.pem"),
        f"{SITE} has no https_key_file: write https_key_file: with its path on the machine that you run this on",
    ),
    "operators from nowhere": (a().variable(operator_networks=[]), f"{SITE} has no operator_networks: {OPERATORS}"),
    "operators from a name": (
        a().variable(operator_networks=["office"]),
        f"{SITE}: [office] in operator_networks is no network: {OPERATORS}",
    ),
    "operators left at their example": (
        a().variable(operator_networks=["198.51.100.7/32"]),
        f"{SITE}: [198.51.100.7/32] in operator_networks is left at its example: {OPERATORS}",
    ),
    "operators from everywhere": (
        a().variable(operator_networks=["0.0.0.0/0"]),
        f"{SITE}: [0.0.0.0/0] in operator_networks lets everybody try to sign in: {OPERATORS}, "
        f"or operators_anywhere: true if that is meant",
    ),
    "operators from half of the world": (
        a().variable(operator_networks=["0.0.0.0/1"], operators_anywhere=False),
        f"{SITE}: [0.0.0.0/1] in operator_networks lets everybody try to sign in: {OPERATORS}, "
        f"or operators_anywhere: true if that is meant",
    ),
    "no firewall": (
        a().variable(firewall_table=None),
        f"{FIREWALL} has no firewall_table: copy {FIREWALL} from inventory/example",
    ),
    "a firewall in words": (
        a().variable(firewall_table="closed").opened(),
        f"{FIREWALL}: firewall_table is no list: copy {FIREWALL} from inventory/example",
    ),
    "a row in words": (
        a().variable(firewall_table=[SSH, "ssh"]),
        f"{FIREWALL}: the row [ssh] is none: write - {{ to: ..., from: ..., tcp: [...] }}",
    ),
    "a row of an unknown kind": (
        a().row(to="web", from_="anyone", tcp=[443], sctp=[9]),
        f"{FIREWALL}: the row [to: web, from: anyone, tcp: [443], sctp: [9]] has [sctp], which is none of "
        f"to, from, tcp, udp, protocol: rename it, or remove it",
    ),
    "a row to nobody": (
        a().row(from_="web", tcp=[3306]),
        f"{FIREWALL}: the row [from: web, tcp: [3306]] has no [to]: write one of {GROUPS}, all",
    ),
    "a row to an unknown group": (
        a().row(to="database", from_="web", tcp=[3306]),
        f"{FIREWALL}: the row [to: database, from: web, tcp: [3306]] has [database] in to, "
        f"which is none of {GROUPS}, all",
    ),
    "a row from an unknown source": (
        a().row(to="mysql", from_=["web", "office"], tcp=[3306]),
        f"{FIREWALL}: the row [to: mysql, from: ['web', 'office'], tcp: [3306]] has [office] in from, "
        f"which is none of {GROUPS}, all, operators, anyone",
    ),
    "a row that lets nothing in": (
        a().row(to="mysql", from_="web"),
        f"{FIREWALL}: the row [to: mysql, from: web] lets nothing in: write tcp: [...], udp: [...] or protocol: vrrp",
    ),
    "a port that is a name": (
        a().row(to="mysql", from_="web", tcp=["mysql"]),
        f"{FIREWALL}: [mysql] in the row [to: mysql, from: web, tcp: ['mysql']] is no port: write one from 1 to 65535",
    ),
    "a port too high": (
        a().row(to="mysql", from_="web", udp=65536),
        f"{FIREWALL}: [65536] in the row [to: mysql, from: web, udp: 65536] is no port: write one from 1 to 65535",
    ),
    "an unknown protocol": (
        a().row(to="mysql", from_="web", protocol="icmp"),
        f"{FIREWALL}: the row [to: mysql, from: web, protocol: icmp] has the protocol [icmp]: "
        f"write vrrp, or tcp or udp with ports",
    ),
    "a server's own port that is none": (
        a().host("web-01", firewall_table=[SSH, {"to": "web", "from": "balancer", "tcp": [0]}]),
        f"{FIREWALL}: [0] in the row [to: web, from: balancer, tcp: [0]] is no port: write one from 1 to 65535",
    ),
    "a server without ssh": (
        a().variable(firewall_table=[SSH | {"to": ["balancer", "web"]}]),
        f"{FIREWALL}: no row lets ssh in at port [22] of ops-01, and you would be locked out: "
        f"write - {{ to: all, from: operators, tcp: [22] }}",
    ),
    "ssh at a port that is closed": (
        a().host("ops-01", ansible_port=2222),
        f"{FIREWALL}: no row lets ssh in at port [2222] of ops-01, and you would be locked out: "
        f"write - {{ to: all, from: operators, tcp: [2222] }}",
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
    "sources of packages that are no list": (
        a().variable(apt_sources="sid"),
        f"{SITE}: apt_sources is no list of sources: take the one of the example, or write []",
    ),
    "a source with a name that is none": (
        a().variable(apt_sources=[DEBIAN | {"name": "Debian unstable"}]),
        f"{SITE}: a source in apt_sources has the name [Debian unstable]: write one of a-z, 0-9 and -",
    ),
    "two sources with one name": (
        a().variable(apt_sources=[DEBIAN, DEBIAN]),
        f"{SITE}: apt_sources has [debian-unstable] twice: give one another name",
    ),
    "a source without packages": (
        a().variable(apt_sources=[DEBIAN | {"packages": []}]),
        f"{SITE}: [debian-unstable] in apt_sources has no packages: write packages: [...], as the example does",
    ),
    "a source that gives everything": (
        a().variable(apt_sources=[DEBIAN | {"packages": ["*"]}]),
        f"{SITE}: [debian-unstable] in apt_sources may give [*], and so libc6, which every program on a server uses: "
        f"leave it out, and take another source",
    ),
    "a source that gives the C library": (
        a().variable(apt_sources=[DEBIAN | {"libraries": ["libicu78", "libc6"]}]),
        f"{SITE}: [debian-unstable] in apt_sources may give [libc6], and so libc6, which every program on a server "
        f"uses: leave it out, and take another source",
    ),
    "a source by a name that moves": (
        a().variable(apt_sources=[DEBIAN | {"suites": ["unstable"]}]),
        f"{SITE}: [debian-unstable] in apt_sources has the suite [unstable], which is another release each time: "
        f"write its codename, sid for unstable",
    ),
    "a source without a host": (
        a().variable(apt_sources=[VENDOR | {"uris": ["file:/srv/mysql"]}]),
        f"{SITE}: [mysql] in apt_sources has the address [file:/srv/mysql], which names no host that it could be told "
        f"by: write one of http or https",
    ),
    "a source whose key is none": (
        a().variable(apt_sources=[VENDOR | {"key": "A4A9406876FCBD3C456770C88C718D3B5072E1F5"}]),
        f"{SITE}: [mysql] in apt_sources has a key that is none: write key: |, and below it, indented, what its vendor "
        f"publishes, {PUBLIC_KEY}",
    ),
    "a source with a key alone": (
        a().variable(apt_sources=[{name: its for name, its in VENDOR.items() if name != "uris"}]),
        f"{SITE}: [mysql] in apt_sources has a key, and no address: write uris: [...]; or leave the key out, if "
        f"Debian's mirror has it",
    ),
    "a source of one server alone": (
        a().host("web-01", apt_sources=[DEBIAN | {"components": []}]),
        f"{SITE}: [debian-unstable] in apt_sources has no components: write components: [...], as the example does",
    ),
    "an hour that is none": (
        a().host("web-01", hardening_upgrade_hour=24),
        f"{HOSTS}: web-01 has the hardening_upgrade_hour [24]: write one from 0 to 23",
    ),
    "one hour for two balancers": (
        a().balancers("10.0.0.10").host("lb-01", hardening_upgrade_hour=3).host("lb-02", hardening_upgrade_hour=3),
        f"{HOSTS}: 2 servers of the group balancer have the hardening_upgrade_hour [3], and would be upgraded at once: give "
        f"each its own, or leave them out",
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
        a().variable(mysql_replication_password=None),
        f"{SECRETS} has no mysql_replication_password: write mysql_replication_password: {HEX}",
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
    "a cluster's secret left at its example": (
        a().variable(haproxy_cluster_secret="change-me"),
        f"{SECRETS}: haproxy_cluster_secret is left at its example: write haproxy_cluster_secret: {HEX}",
    ),
    "a cluster's secret that is a password's": (
        a().variable(haproxy_cluster_secret="0123456789abcdef03"),
        f"{SECRETS}: mysql_monitor_password and haproxy_cluster_secret are the same: "
        f"write each with a secret of its own",
    ),
    "an account's key missing": (
        a().acme(https_acme_account_key=None),
        f"{SECRETS} has no https_acme_account_key: write {ACCOUNT_KEY}",
    ),
    "an account's key left at its example": (
        a().acme(https_acme_account_key="change-me"),
        f"{SECRETS}: https_acme_account_key is left at its example: write {ACCOUNT_KEY}",
    ),
    "an account's key that is a certificate": (
        a().acme(https_acme_account_key=pem("CERTIFICATE")),
        f"{SECRETS}: https_acme_account_key is no key without a passphrase in PEM: write {ACCOUNT_KEY}",
    ),
    "an account's key on another curve": (
        a().acme(https_acme_account_key=pem("EC PRIVATE KEY")),
        f"{SECRETS}: https_acme_account_key is no key on the curve P-256: write {ACCOUNT_KEY}",
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
    "a second key too short": (
        a().variable(application_token_key="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,MDEyMzQ1Njc4OWFiY2RlZg=="),
        f"{SECRETS}: application_token_key lists 2 keys, of which number 2 is not 32 bytes or more in base64: "
        f"write {BASE64}",
    ),
    "a key twice": (
        a().variable(application_token_key=",".join(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="] * 2)),
        f"{SECRETS}: application_token_key lists a key twice: write each once",
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
    "a group without a name": (
        a().variable(mysql_group_name=None),
        f"{SECRETS} has no mysql_group_name: {NAME}; for a site that already runs without one, {SHARED_GROUP_NAME}",
    ),
    "a group's name left at its example": (
        a().variable(mysql_group_name="change-me"),
        f"{SECRETS}: mysql_group_name is left at its example: {NAME}",
    ),
    "a group's name that is none": (
        a().variable(mysql_group_name="foobar"),
        f"{SECRETS}: mysql_group_name is [foobar], which is no UUID: {NAME}",
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
