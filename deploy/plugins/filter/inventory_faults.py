"""Finds the faults of an inventory, before a playbook connects to any server.

Each rule is a function that yields a sentence for each fault: the file, the fault, and what to
write. A new rule is one more function in RULES, and its fault one more row in
tests/test_inventory_faults.py. No sentence contains a password.
"""

from __future__ import annotations

import base64
import binascii
import fnmatch
import ipaddress
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Faults = Iterator[str]

HOSTS = "hosts.yml"
SITE = "group_vars/all/site.yml"
SECRETS = "group_vars/all/secrets.yml"
FIREWALL = "group_vars/all/firewall.yml"

REQUIRED_GROUPS = ("balancer", "web", "mysql")
GROUPS = (*REQUIRED_GROUPS, "replica")
TOPOLOGIES = ("group", "async")
VOTERS = (3, 5, 7, 9)  # MySQL allows nine members in a group
SERVER_IDS = range(1, 2**32)
WEIGHTS = range(1, 101)  # without 0, which mysql-agent sets on a member with a full disk
DISK_MIN_MB = range(64, 2**20 + 1)
DISK_MIN_PERCENT = range(0, 51)
NGINX_PORT = "443"  # the default of nginx_port
HAPROXY_PORTS = ("80", "443", "10443", "10444")  # visitors, visitors over TLS, peers, the frontend pulse
PORTS = range(1, 2**16)
SSH = "22"
ADDRESSES = ("address", "ipv6_address", "ansible_host")

CERTIFICATES = ("acme", "files", "authority")
HTTPS_FILES = ("https_certificate_file", "https_key_file")
ONLY_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
MOST_SITE_ADDRESSES = 2  # for each of IPv4 and IPv6

SOURCE_NAME = re.compile(r"[a-z0-9-]+")
PUBLIC_KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
MOVING_SUITES = ("unstable", "testing", "stable", "oldstable", "experimental")
C_LIBRARY = "libc6"  # used by every program

ROW = ("to", "from", "tcp", "udp", "protocol")
EVERY_SERVER = "all"
SOURCES = ("operators", "anyone")
PROTOCOLS = ("vrrp",)

PASSWORDS = (
    "mysql_application_password",
    "mysql_migration_password",
    "mysql_monitor_password",
    "mysql_replication_password",
    "haproxy_cluster_secret",
)
KEY = "application_token_key"
GROUP_NAME = "mysql_group_name"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MAKE_UUID = "python3 -c 'import uuid; print(uuid.uuid4())'"
SHARED_GROUP_NAME = "6f6f6261-7200-4000-8000-000000000000"  # the default of earlier versions
EXAMPLE_SECRET = "change-me"
PASSWORD_LENGTHS = range(16, 33)  # MySQL's replication takes at most 32 characters
FORBIDDEN = set("'\"\\ ")  # would break the SQL and the option files that contain the passwords
KEY_BYTES = 32
ACCOUNT_KEY = "https_acme_account_key"
MAKE_ACCOUNT_KEY = "openssl ecparam -name prime256v1 -genkey -noout"
P_256 = bytes.fromhex("06082a8648ce3d030107")  # the DER encoding of the curve's object identifier
# The settings of the authority, each with its file and the PEM blocks allowed in that.
AUTHORITY = {
    "tls_authority_certificate": ("authority.pem", "certificate", {"CERTIFICATE"}),
    "tls_authority_key": (
        "authority.key",
        "key without a passphrase",
        {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "EC PARAMETERS"},
    ),
}
MAKE_AUTHORITY = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=foobar "
    "-addext keyUsage=critical,keyCertSign,cRLSign -keyout authority.key -out authority.pem"
)

# Networks reserved for documentation.
EXAMPLE_NETWORKS = tuple(
    map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"))
)
PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\n(.*?)-----END \1-----", re.DOTALL)
EXAMPLE_SITE = re.compile(r"(.*\.)?example(\.com|\.net|\.org)?")
SHORTEST_PREFIX = {4: 8, 6: 16}


class Inventory(NamedTuple):
    groups: Mapping[str, list[str]]
    hosts: Mapping[str, Mapping[str, Any]]  # each host's variables
    site: Mapping[str, Any]  # the variables that all hosts share

    def members(self, *groups: str) -> list[str]:
        return list(dict.fromkeys(host for group in groups for host in self.groups.get(group, [])))

    @property
    def topology(self) -> str:
        return text(self.site, "mysql_topology") or TOPOLOGIES[0]


def inventory_faults(
    hostvars: Mapping[str, Mapping[str, Any]], groups: Mapping[str, list[str]], site: Mapping[str, Any]
) -> list[str]:
    inventory = Inventory(groups, hostvars, site)
    return [fault for rule in RULES for fault in rule(inventory)]


# hosts.yml: groups ------------------------------------------------------------------------


def every_kind_of_server_is_there(inventory: Inventory) -> Faults:
    for group in REQUIRED_GROUPS:
        if not inventory.members(group):
            yield f"{HOSTS} has no host in the group [{group}]: write {group}:, below it hosts:, and below that one"


def every_group_is_known(inventory: Inventory) -> Faults:
    for group in sorted(set(inventory.groups) - {*GROUPS, "all", "ungrouped"}):
        yield f"{HOSTS}: the group [{group}] is none of {', '.join(GROUPS)}: rename it, or remove it"
    for host in inventory.members("ungrouped"):
        yield f"{HOSTS}: {host} is in no group: write it below hosts: of one of {', '.join(GROUPS)}"


def a_group_has_a_majority(inventory: Inventory) -> Faults:
    count = len(inventory.members("mysql"))
    if inventory.topology != "group" or count in (0, *VOTERS):
        return
    fault = f"{HOSTS} has {count} voters in the group mysql, where a majority takes 3, 5, 7 or 9"
    if count > max(VOTERS):
        yield f"{fault}: move {count - max(VOTERS)} to the group replica"
        return
    add = "add one, such as ops-01: { address: ..., mysql_server_id: ..., mysql_weight: 10 } to break ties"
    if count > 3:
        yield f"{fault}: {add}, or move one to the group replica"
    elif count == 2:
        yield f"{fault}: {add}, or write mysql_topology: async in {SITE}"
    else:
        yield f"{fault}: add two, or write mysql_topology: async in {SITE}"


def a_pair_is_one_or_two(inventory: Inventory) -> Faults:
    count = len(inventory.members("mysql"))
    if inventory.topology == "async" and count > 2:
        yield (
            f"{HOSTS} has {count} hosts in the group mysql, where the topology async has one or two: "
            f"move the others to the group replica, or write mysql_topology: group in {SITE}"
        )


def nobody_votes_and_only_reads(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql"):
        if host in inventory.members("replica"):
            yield f"{HOSTS}: {host} is in the groups mysql and replica: remove it from one"


# hosts.yml: hosts -------------------------------------------------------------------------


def each_server_has_an_address(inventory: Inventory) -> Faults:
    for host in inventory.members("all"):
        address = text(inventory.hosts[host], "address")
        if not address:
            yield f"{HOSTS}: {host} has no address: write {host}: {{ address: ... }}"
        elif ip(address) is None:
            yield f"{HOSTS}: the address [{address}] of {host} is no IP address: write {host}: {{ address: ... }}"


def each_ipv6_address_is_one(inventory: Inventory) -> Faults:
    for host in inventory.members("all"):
        value = text(inventory.hosts[host], "ipv6_address")
        if value and not isinstance(ip(value), ipaddress.IPv6Address):
            yield (
                f"{HOSTS}: the ipv6_address [{value}] of {host} is no IPv6 address: "
                f'write {host}: {{ ipv6_address: "2a00:1:2::11" }}, or leave it out'
            )


def each_address_is_yours(inventory: Inventory) -> Faults:
    networks = [network(value) for value in own_networks(inventory)]
    for host, name in itertools.product(inventory.members("all"), ADDRESSES):
        value = text(inventory.hosts[host], name)
        address = ip(value)
        if address is None:
            continue
        if is_within(address, EXAMPLE_NETWORKS):
            yield f"{HOSTS}: the {name} [{value}] of {host} is left at its example: write the server's own"
        elif networks and None not in networks and not is_within(address, networks):
            yield (
                f"{HOSTS}: the {name} [{value}] of {host} is not an address of yours: "
                f"write one in {', '.join(map(str, networks))}, or add its network to own_networks in {SITE}"
            )


def no_two_names_are_one_server(inventory: Inventory) -> Faults:
    """Compares the names, the addresses and the ssh addresses of all hosts."""
    names: dict[Address | str, list[str]] = defaultdict(list)
    for host in inventory.members("all"):
        values = [text(inventory.hosts[host], name) for name in ADDRESSES]
        for place in dict.fromkeys([host, *(ip(value) or value for value in values if value)]):
            names[place].append(host)
    for place, hosts in names.items():
        if len(hosts) > 1:
            yield f"{HOSTS}: {both(hosts)} lead to [{place}]: write each with its own address, or leave one"


def each_database_has_a_number(inventory: Inventory) -> Faults:
    owners: dict[int, list[str]] = defaultdict(list)
    for host in inventory.members("mysql", "replica"):
        value = text(inventory.hosts[host], "mysql_server_id")
        write = f"write {host}: {{ mysql_server_id: ... }} with a number of its own"
        if not value:
            yield f"{HOSTS}: {host} has no mysql_server_id: {write}"
        elif number(value) not in SERVER_IDS:
            yield f"{HOSTS}: the mysql_server_id [{value}] of {host} is not from 1 to {SERVER_IDS[-1]}: {write}"
        else:
            owners[number(value)].append(host)
    for value, hosts in owners.items():
        if len(hosts) > 1:
            yield f"{HOSTS}: {both(hosts)} have the mysql_server_id [{value}]: write each with a number of its own"


def each_weight_is_one(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql", "replica"):
        value = text(inventory.hosts[host], "mysql_weight")
        if value and number(value) not in WEIGHTS:
            yield (
                f"{HOSTS}: the mysql_weight [{value}] of {host} is not from {WEIGHTS[0]} to {WEIGHTS[-1]}: "
                f"write {host}: {{ mysql_weight: 10 }}, or leave it out for 50"
            )


def each_disk_keeps_some_room(inventory: Inventory) -> Faults:
    for host in inventory.members("mysql"):
        for name, range_, default in (
            ("mysql_disk_min_mb", DISK_MIN_MB, 1024),
            ("mysql_disk_min_percent", DISK_MIN_PERCENT, 5),
        ):
            value = text(inventory.hosts[host], name)
            if value and number(value) not in range_:
                yield (
                    f"{SITE}: the {name} [{value}] of {host} is not from {range_[0]} to {range_[-1]}: "
                    f"write {name}: {default}, or leave it out for that"
                )


def no_server_needs_a_port_twice(inventory: Inventory) -> Faults:
    for host in inventory.members("web"):
        port = text(inventory.hosts[host], "nginx_port") or NGINX_PORT
        write = f"write {host}: {{ nginx_port: 8443 }}"
        if number(port) not in PORTS:
            yield f"{HOSTS}: the nginx_port [{port}] of {host} is no port: {write}, or leave it out for {NGINX_PORT}"
        elif host in inventory.members("balancer") and port in HAPROXY_PORTS:
            yield (
                f"{HOSTS}: {host} is in the groups balancer and web, and HAProxy and nginx would both take the port "
                f"[{port}]: {write}, or leave it in one"
            )


# site.yml ---------------------------------------------------------------------------------


def the_site_has_an_address(inventory: Inventory) -> Faults:
    url = text(inventory.site, "site_url")
    write = "write site_url: with what visitors type, without a path, such as https://www.yours.org"
    if not is_site(url):
        yield f"{SITE}: site_url is [{url}]: {write}"
    elif EXAMPLE_SITE.fullmatch(urlsplit(url).hostname or ""):
        yield f"{SITE}: site_url is [{url}], which is left at its example: {write}"
    elif urlsplit(url).scheme != "https" and urlsplit(url).hostname not in ONLY_THIS_MACHINE:
        yield f"{SITE}: site_url is [{url}], where anybody on the way could read and write along: {write}"


def each_site_address_can_be_held(inventory: Inventory) -> Faults:
    values = listed(inventory.site, "site_addresses")
    owners = {
        ip(text(inventory.hosts[host], name)): host
        for host, name in itertools.product(inventory.members("all"), ("address", "ipv6_address"))
    }
    networks = [one for one in map(network, own_networks(inventory)) if one]
    write = "write site_addresses: with one or two that no server has, such as [10.1.2.10]"
    versions = Counter(address.version for address in map(ip, values) if address)
    for version in (one for one, count in versions.items() if count > MOST_SITE_ADDRESSES):
        yield (
            f"{SITE}: site_addresses has {versions[version]} addresses of IPv{version}, "
            f"where the balancers hold one or two: {write}"
        )
    if len(set(map(ip, values))) < len(values):
        yield f"{SITE}: site_addresses has [{values[0]}] twice: {write}"
    for value in dict.fromkeys(values):
        address = ip(value)
        if address is None:
            yield f"{SITE}: [{value}] in site_addresses is no IP address: {write}"
        elif is_within(address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in site_addresses is left at its example: {write}"
        elif address in owners:
            yield f"{SITE}: [{value}] in site_addresses is the address of {owners[address]}, where it stays: {write}"
        elif not address.is_global and networks and not is_within(address, networks):
            yield (
                f"{SITE}: [{value}] in site_addresses is neither public nor yours: {write}, "
                f"or add its network to own_networks"
            )


def balancers_share_an_address(inventory: Inventory) -> Faults:
    """An empty list is valid, because most providers bind an address to a machine."""
    balancers, has_addresses = inventory.members("balancer"), bool(listed(inventory.site, "site_addresses"))
    if len(balancers) > 1 and inventory.site.get("site_addresses") is None:
        yield (
            f"{SITE} has no site_addresses that {both(balancers)} could take from each other: "
            f"write site_addresses: with one or two that no server has, or [] where DNS has each one's own, "
            f"or leave one balancer"
        )
    elif len(balancers) == 1 and has_addresses:
        yield (
            f"{SITE} has site_addresses, and {balancers[0]} nobody who could take them from it: "
            f"leave them out, or add a balancer"
        )


def the_certificate_comes_from_somewhere(inventory: Inventory) -> Faults:
    value = text(inventory.site, "https_certificate")
    write = f"write https_certificate: with one of {', '.join(CERTIFICATES)}"
    if not value:
        yield f"{SITE} has no https_certificate: {write}"
    elif value not in CERTIFICATES:
        yield f"{SITE}: https_certificate is [{value}]: {write}"
    elif value == "acme":
        yield from faults_of_acme(inventory)
    elif value == "files":
        for name in (name for name in HTTPS_FILES if not text(inventory.site, name)):
            yield f"{SITE} has no {name}: write {name}: with its path on the machine that you run this on"


def faults_of_acme(inventory: Inventory) -> Faults:
    email = text(inventory.site, "https_acme_email")
    write = "write https_acme_email: with yours, where the ACME server may write to you"
    if not email:
        yield f"{SITE} has no https_acme_email: {write}"
    elif EXAMPLE_SECRET in email or EXAMPLE_SITE.fullmatch(email.rpartition("@")[2]):
        yield f"{SITE}: https_acme_email is [{email}], which is left at its example: {write}"
    elif not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield f"{SITE}: https_acme_email is [{email}], which is no address: {write}"
    name = text(inventory.site, "haproxy_name") or site_name(inventory)
    if name and ("." not in name or ip(name)):
        yield (
            f"{SITE}: https_certificate is acme, and nobody gives a certificate for [{name}]: "
            f"write a name in site_url that the world's DNS knows, or https_certificate: authority"
        )


def operators_come_from_somewhere(inventory: Inventory) -> Faults:
    write = "write operator_networks: [203.0.1.7/32], with where you sign in from"
    values = listed(inventory.site, "operator_networks")
    anywhere = text(inventory.site, "operators_anywhere").lower() in ("true", "yes", "1")
    if not values:
        yield f"{SITE} has no operator_networks: {write}"
    for value in values:
        own = network(value)
        if own is None:
            yield f"{SITE}: [{value}] in operator_networks is no network: {write}"
        elif is_within(own.network_address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in operator_networks is left at its example: {write}"
        elif own.prefixlen < SHORTEST_PREFIX[own.version] and not anywhere:
            yield (
                f"{SITE}: [{value}] in operator_networks lets everybody try to sign in: {write}, "
                f"or operators_anywhere: true if that is meant"
            )


def own_networks_say_something(inventory: Inventory) -> Faults:
    write = "own_networks: [10.1.2.0/24], with the networks that your servers' addresses are in"
    values = own_networks(inventory)
    if not values:
        yield f"{SITE} has no own_networks: write {write}"
    for value in values:
        own = network(value)
        if own is None:
            yield f"{SITE}: [{value}] in own_networks is no network: write {write}"
        elif own.prefixlen < SHORTEST_PREFIX[own.version]:
            yield (
                f"{SITE}: [{value}] in own_networks is so wide that it says nothing: "
                f"write networks of /{SHORTEST_PREFIX[own.version]} or narrower"
            )
        elif is_within(own.network_address, EXAMPLE_NETWORKS):
            yield f"{SITE}: [{value}] in own_networks is left at its example: write {write}"


def the_topology_is_known(inventory: Inventory) -> Faults:
    if inventory.topology not in TOPOLOGIES:
        yield f"{SITE}: mysql_topology is [{inventory.topology}]: write {' or '.join(TOPOLOGIES)}"


def package_sources_are_bounded(inventory: Inventory) -> Faults:
    written = [its["apt_sources"] for its in (inventory.site, *inventory.hosts.values()) if "apt_sources" in its]
    for index, sources in enumerate(written):
        if sources not in written[:index]:
            yield from faults_of_sources(sources)


def faults_of_sources(sources: Any) -> Faults:
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        yield f"{SITE}: apt_sources is no list of sources: take the one of the example, or write []"
        return
    names = [text(source, "name") for source in sources]
    for name in dict.fromkeys(names):
        if not SOURCE_NAME.fullmatch(name):
            yield f"{SITE}: a source in apt_sources has the name [{name}]: write one of a-z, 0-9 and -"
        elif names.count(name) > 1:
            yield f"{SITE}: apt_sources has [{name}] twice: give one another name"
    for name, source in zip(names, sources, strict=True):
        for fault in faults_of_source(source):
            yield f"{SITE}: [{name}] in apt_sources {fault}"


def faults_of_source(source: Mapping[str, Any]) -> Faults:
    for key in ("suites", "components", "packages"):
        if not listed(source, key):
            yield f"has no {key}: write {key}: [...], as the example does"
    for suite in listed(source, "suites"):
        if suite.split("-")[0] in MOVING_SUITES:
            yield f"has the suite [{suite}], which is another release each time: write its codename, sid for unstable"
    for pattern in listed(source, "packages") + listed(source, "libraries"):
        if fnmatch.fnmatchcase(C_LIBRARY, pattern):
            yield (
                f"may give [{pattern}], and so {C_LIBRARY}, which every program on a server uses: "
                f"leave it out, and take another source"
            )
    for uri in listed(source, "uris"):
        if not re.fullmatch(r"https?://[^/\s]+\S*", uri):
            yield f"has the address [{uri}], which names no host that it could be told by: write one of http or https"
    key = source.get("key")
    if key is not None and PUBLIC_KEY not in str(key):
        yield f"has a key that is none: write key: |, and below it, indented, what its vendor publishes, {PUBLIC_KEY}"
    if key is not None and not listed(source, "uris"):
        yield "has a key, and no address: write uris: [...]; or leave the key out, if Debian's mirror has it"


def each_upgrade_hour_is_one(inventory: Inventory) -> Faults:
    """Servers that replace each other must not restart their services at the same time."""
    hours = {host: text(its, "hardening_upgrade_hour") for host, its in inventory.hosts.items()}
    hours = {host: hour for host, hour in hours.items() if hour and "{{" not in hour}
    for host, hour in hours.items():
        if number(hour) not in range(24):
            yield f"{HOSTS}: {host} has the hardening_upgrade_hour [{hour}]: write one from 0 to 23"
    for group in GROUPS:
        for hour, count in Counter(hours[host] for host in inventory.members(group) if host in hours).items():
            if count > 1:
                yield (
                    f"{HOSTS}: {count} servers of the group {group} have the hardening_upgrade_hour [{hour}], and would "
                    f"be upgraded at once: give each its own, or leave them out"
                )


# firewall.yml -----------------------------------------------------------------------------


def the_firewall_has_a_table(inventory: Inventory) -> Faults:
    table = inventory.site.get("firewall_table")
    copy = f"copy {FIREWALL} from inventory/example"
    if not table:
        yield f"{FIREWALL} has no firewall_table: {copy}"
    elif not isinstance(table, list):
        yield f"{FIREWALL}: firewall_table is no list: {copy}"
    else:
        tables = [table, *(firewall_table(inventory, host) for host in inventory.members("all"))]
        yield from dict.fromkeys(fault for one in tables for row in one for fault in faults_of_row(row))


def faults_of_row(row: Any) -> Faults:
    if not isinstance(row, Mapping):
        yield f"{FIREWALL}: the row [{row}] is none: write - {{ to: ..., from: ..., tcp: [...] }}"
        return
    words = f"the row [{', '.join(f'{key}: {value}' for key, value in row.items())}]"
    for key in sorted(set(row) - set(ROW)):
        yield f"{FIREWALL}: {words} has [{key}], which is none of {', '.join(ROW)}: rename it, or remove it"
    for key, known in (("to", (EVERY_SERVER,)), ("from", (EVERY_SERVER, *SOURCES))):
        values = listed(row, key)
        if not values:
            yield f"{FIREWALL}: {words} has no [{key}]: write one of {', '.join((*GROUPS, *known))}"
        for value in (value for value in values if value not in (*GROUPS, *known)):
            yield f"{FIREWALL}: {words} has [{value}] in {key}, which is none of {', '.join((*GROUPS, *known))}"
    if not {"tcp", "udp", "protocol"} & set(row):
        yield f"{FIREWALL}: {words} lets nothing in: write tcp: [...], udp: [...] or protocol: vrrp"
    for value in listed(row, "tcp") + listed(row, "udp"):
        if number(value) not in PORTS:
            yield f"{FIREWALL}: [{value}] in {words} is no port: write one from 1 to {PORTS[-1]}"
    for value in listed(row, "protocol"):
        if value not in PROTOCOLS:
            write = f"write {', '.join(PROTOCOLS)}, or tcp or udp with ports"
            yield f"{FIREWALL}: {words} has the protocol [{value}]: {write}"


def operators_are_let_in(inventory: Inventory) -> Faults:
    if not inventory.site.get("firewall_table"):
        return
    for host in inventory.members("all"):
        port = text(inventory.hosts[host], "ansible_port") or SSH
        rows = [row for row in firewall_table(inventory, host) if isinstance(row, Mapping)]
        if not any(port in listed(row, "tcp") and leads_to(inventory, row, host) for row in rows):
            yield (
                f"{FIREWALL}: no row lets ssh in at port [{port}] of {host}, and you would be locked out: "
                f"write - {{ to: all, from: operators, tcp: [{port}] }}"
            )


def leads_to(inventory: Inventory, row: Mapping[str, Any], host: str) -> bool:
    return any(word == EVERY_SERVER or host in inventory.members(word) for word in listed(row, "to"))


def firewall_table(inventory: Inventory, host: str) -> list[Any]:
    """The table with the host's own variables, because a row may contain variables."""
    table = inventory.hosts[host].get("firewall_table", inventory.site.get("firewall_table"))
    return list(table) if isinstance(table, list) else []


# secrets.yml ------------------------------------------------------------------------------


def each_password_is_one(inventory: Inventory) -> Faults:
    for name in PASSWORDS:
        value = text(inventory.site, name)
        write = f"write {name}: with what this prints: openssl rand -hex 16"
        if is_left_out(value):
            yield left_out(name, value, write)
        elif len(value) not in PASSWORD_LENGTHS:
            yield f"{SECRETS}: {name} has {len(value)} characters, not 16 to 32: {write}"
        elif set(value) & FORBIDDEN or not (value.isascii() and value.isprintable()):
            yield f"{SECRETS}: {name} has a quote, a backslash, a space or a character beyond ASCII: {write}"


def the_keys_of_sign_ins_are_some(inventory: Inventory) -> Faults:
    value = text(inventory.site, KEY)
    keys = [key.strip() for key in value.split(",")]
    write = f"write {KEY}: with what this prints: openssl rand -base64 32"
    if is_left_out(value):
        yield left_out(KEY, value, write)
    elif len(set(keys)) < len(keys):
        yield f"{SECRETS}: {KEY} lists a key twice: write each once"
    else:
        for number, key in enumerate(keys, start=1):
            if bytes_in(key) < KEY_BYTES:
                which = f"lists {len(keys)} keys, of which number {number} is" if len(keys) > 1 else "is"
                yield f"{SECRETS}: {KEY} {which} not {KEY_BYTES} bytes or more in base64: {write}"


def the_account_s_key_is_one(inventory: Inventory) -> Faults:
    value = text(inventory.site, ACCOUNT_KEY)
    write = f"write {ACCOUNT_KEY}: |, and below it, indented, what this prints: {MAKE_ACCOUNT_KEY}"
    if text(inventory.site, "https_certificate") != "acme":
        return
    if is_left_out(value):
        yield left_out(ACCOUNT_KEY, value, write)
    elif not is_pem(value, {"EC PRIVATE KEY", "PRIVATE KEY", "EC PARAMETERS"}):
        yield f"{SECRETS}: {ACCOUNT_KEY} is no key without a passphrase in PEM: {write}"
    elif not any(P_256 in content("".join(block.split())) for _, block in PEM.findall(value)):
        yield f"{SECRETS}: {ACCOUNT_KEY} is no key on the curve P-256: {write}"


def the_authority_is_one(inventory: Inventory) -> Faults:
    for name, (file, kind, kinds) in AUTHORITY.items():
        value = text(inventory.site, name)
        write = f"write {name}: |, and below it, indented, {file} of: {MAKE_AUTHORITY}"
        if is_left_out(value):
            yield left_out(name, value, write)
        elif not is_pem(value, kinds):
            yield f"{SECRETS}: {name} is no {kind} in PEM: {write}"


def a_group_has_a_name(inventory: Inventory) -> Faults:
    """The name is no secret, but is generated once like the secrets."""
    name = text(inventory.site, GROUP_NAME)
    write = f"write {GROUP_NAME}: with what this prints: {MAKE_UUID}"
    if inventory.topology != "group":
        return
    if not name:
        yield f"{left_out(GROUP_NAME, name, write)}; for a site that already runs without one, {SHARED_GROUP_NAME}"
    elif is_left_out(name):
        yield left_out(GROUP_NAME, name, write)
    elif not UUID.fullmatch(name):
        yield f"{SECRETS}: {GROUP_NAME} is [{name}], which is no UUID: {write}"


def no_secret_serves_twice(inventory: Inventory) -> Faults:
    for one, other in itertools.combinations((*PASSWORDS, KEY), 2):
        value = text(inventory.site, one)
        if not is_left_out(value) and value == text(inventory.site, other):
            yield f"{SECRETS}: {one} and {other} are the same: write each with a secret of its own"


RULES = (
    every_kind_of_server_is_there,
    every_group_is_known,
    a_group_has_a_majority,
    a_pair_is_one_or_two,
    nobody_votes_and_only_reads,
    each_server_has_an_address,
    each_ipv6_address_is_one,
    each_address_is_yours,
    no_two_names_are_one_server,
    each_database_has_a_number,
    each_weight_is_one,
    each_disk_keeps_some_room,
    no_server_needs_a_port_twice,
    the_site_has_an_address,
    each_site_address_can_be_held,
    balancers_share_an_address,
    the_certificate_comes_from_somewhere,
    operators_come_from_somewhere,
    own_networks_say_something,
    the_topology_is_known,
    package_sources_are_bounded,
    each_upgrade_hour_is_one,
    the_firewall_has_a_table,
    operators_are_let_in,
    each_password_is_one,
    the_keys_of_sign_ins_are_some,
    the_account_s_key_is_one,
    the_authority_is_one,
    a_group_has_a_name,
    no_secret_serves_twice,
)


# Values -----------------------------------------------------------------------------------


def text(variables: Mapping[str, Any], name: str) -> str:
    """The variable's value as a string; empty if it is missing."""
    value = variables.get(name)
    return "" if value is None else str(value)


def number(value: str) -> int:
    return int(value) if re.fullmatch(r"[0-9]+", value) else -1


def ip(value: str) -> Address | None:
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None


def network(value: str) -> Network | None:
    try:
        return ipaddress.ip_network(value)
    except ValueError:
        return None


def own_networks(inventory: Inventory) -> list[str]:
    return listed(inventory.site, "own_networks")


def listed(variables: Mapping[str, Any], name: str) -> list[str]:
    """The variable's values as strings: those of a list, a single one, or none."""
    value = variables.get(name)
    values = value if isinstance(value, list) else [] if value is None or value == "" else [value]
    return [str(item) for item in values]


def site_name(inventory: Inventory) -> str:
    url = text(inventory.site, "site_url")
    return (urlsplit(url).hostname or "") if is_site(url) else ""


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in one for one in networks)


def is_site(url: str) -> bool:
    try:
        return bool(re.fullmatch(r"https?://[^/?#@\s]+", url) and urlsplit(url).hostname and urlsplit(url).port != 0)
    except ValueError:
        return False


def is_left_out(secret: str) -> bool:
    return not secret or EXAMPLE_SECRET in secret


def left_out(name: str, secret: str, write: str) -> str:
    return f"{SECRETS}: {name} is left at its example: {write}" if secret else f"{SECRETS} has no {name}: {write}"


def is_pem(value: str, kinds: set[str]) -> bool:
    """Whether all PEM blocks are of these kinds; there are several while the authority is being replaced."""
    blocks = PEM.findall(value)
    return bool(blocks) and all(kind in kinds and bytes_in("".join(block.split())) for kind, block in blocks)


def bytes_in(base64_text: str) -> int:
    return len(content(base64_text))


def content(base64_text: str) -> bytes:
    try:
        return base64.b64decode(base64_text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def both(hosts: list[str]) -> str:
    return f"{', '.join(hosts[:-1])} and {hosts[-1]}"


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"inventory_faults": inventory_faults}
