"""What an operator is told of a site, by what is changed in one that is well."""

import copy
import json
import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "plugins" / "filter"))

from site_status import WIDTH, status_findings, status_table  # noqa: E402

PLAYBOOK = "ansible-playbook -i inventory/yours"
ALONE = "The group of 3 is down to 2: one more failure stops the writes. Bring back {}, as above."

CURL = "curl --no-progress-meter --include --max-time 3 --cacert /etc/haproxy/tls/authority.pem"

LITTLE = "less than 1024 MB are free for its data"
NOT_TO_BE = f"not to become the primary: {LITTLE}"
FULL = f"Takes no writes: {LITTLE}, and no other member has room. The first that has some takes them"
FILLED = (
    "See what fills it: "
    "ssh web-01 sudo du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"
)

GROUP_TABLE = """\
database    role     behind  certificate  disk free  mysql-agent
web-01      primary  -       899 days     70 %       Member of the group
web-02      member   0 s     899 days     70 %       Member of the group
ops-01      member   0 s     899 days     70 %       Member of the group

web server  application  release       since                 nginx   at lb-01
web-01      ready        782b72a23420  2026-11-21 14:31 UTC  active  up
web-02      ready        782b72a23420  2026-11-21 14:31 UTC  active  up

balancer    HAProxy  certificate  maintenance
lb-01       active   60 days      off"""

PAIR_TABLE = """\
database    role               behind  semi-sync  certificate  disk free  mysql-agent
web-01      primary            -       on         899 days     70 %       The primary
web-02      replica            0 s     -          899 days     70 %       A replica
db-01       read-only replica  0 s     -          899 days     70 %       -
"""

BROKEN_TABLE = """\
database    role         behind  certificate  disk free  mysql-agent
web-01      primary      -       899 days     70 %       Member of the group
web-02      unreachable  -       -            -          -
ops-01      offline      -       -3 days      4 %        Does not join: the group lacks [6f6f6261...

web server  application  release       since  nginx        at lb-01
web-01      failed       782b72a23420  -      active       down
web-02      unreachable  -             -      unreachable  drain

balancer    HAProxy  certificate  maintenance
lb-01       active   60 days      off"""

ENTRANCES_TABLE = """\
web server  application  release       since                 nginx   at lb-01  at lb-02
web-01      ready        782b72a23420  2026-11-21 14:31 UTC  active  up        up
web-02      ready        782b72a23420  2026-11-21 14:31 UTC  active  up        drain

balancer    HAProxy  keepalived  address    certificate  maintenance
lb-01       active   active      10.0.0.10  60 days      off
lb-02       active   failed      -          60 days      on"""

NOBODY = "No group to join: none of a b is in one. If all of them are up, run reboot-cluster.yml"
SHARED = "6f6f6261-7200-4000-8000-000000000000"
NAME = "3f0c1d7e-5a52-4c8b-9a53-0d6b7c1e2f40"
RENAME = f"Stop MySQL on all of its members, start it again, and run: {PLAYBOOK} reboot-cluster.yml"
NOT_TAKEN = "The group did not take this server in, 5 times; the reason is in journalctl --unit mysql"
LACKS = "6f6f6261-7200-4000-8000-000000000000:4711"
REFUSAL = f"Does not join: the group lacks [{LACKS}], which is here. Run rejoin.yml -e host="


def unit(name: str, state: str = "active", **more: str) -> dict[str, str]:
    loaded = "not-found" if state == "not installed" else "loaded"
    said = {"LoadState": loaded, "ActiveState": "inactive" if loaded == "not-found" else state, **more}
    return {f"{name}.{key}": value for key, value in said.items()}


class Change:
    """A site that is well, and what is changed in it."""

    def __init__(self, topology: str = "group") -> None:
        self.topology = topology
        self.primaries = ["web-01"]
        self.groups = {"balancer": ["lb-01"], "web": ["web-01", "web-02"], "mysql": ["web-01", "web-02"]}
        self.addresses: list[str] = []
        self.ports: dict[str, int] = {}
        self.doors: dict[str, dict[str, str]] = {}
        self.said: dict[str, dict[str, str]] = {}
        self.balancer("lb-01", "10.0.0.11")
        self.states: dict[str, dict[str, Any]] = {}
        self.replications: dict[str, dict[str, Any]] = {}
        self.trouble: dict[str, str] = {}
        self.due: dict[str, list[str]] = {}
        for host in self.groups["web"]:
            self.database(host)
            self.say(host, **unit("nginx"), **unit("foobar", ActiveEnterTimestamp="Sat 2026-11-21 14:31:05 UTC"))
            self.say(host, release="782b72a23420", ready="200", **{"nginx.certificate_days": "899"})

    def server(self, host: str) -> "Change":
        return self.say(host, **unit("foobar-firewall"), firewall="loaded", **unit("chrony"))

    def balancer(self, host: str, addresses: str) -> "Change":
        self.server(host).say(host, **unit("haproxy"), addresses=f"{addresses} ", site_certificate_days="60")
        self.say(host, **unit("site-certificate-renew", "inactive"), **{"haproxy.certificate_days": "899"})
        return self.say(host, maintenance="off", **{"visitors.web-01": "UP", "visitors.web-02": "UP"})

    def two_balancers(self, *addresses: str, first: str = "", second: str = "") -> "Change":
        """What each has beside its own address."""
        self.groups["balancer"].append("lb-02")
        self.addresses = list(addresses)
        for host, its in {"lb-01": f"10.0.0.11 {first}", "lb-02": f"10.0.0.12 {second}"}.items():
            self.balancer(host, its).say(host, **unit("keepalived"))
        return self

    def nginx_port(self, host: str, port: int) -> "Change":
        self.ports[host] = port
        return self

    def reboot_due(self, host: str, *why: str) -> "Change":
        self.due[host] = list(why)
        return self

    def door(self, host: str, **variables: str) -> "Change":
        self.doors[host] = variables
        return self

    def database(self, host: str, **state: Any) -> "Change":
        agent = "Member of the group" if self.topology == "group" else "A replica"
        self.server(host).say(host, **unit("mysql"), **unit("mysql-agent", StatusText=agent))
        self.say(host, disk_used=" 30%", **{"mysql.certificate_days": "899"})
        self.states[host] = {"executed": "1-9", "offline_mode": 0, "writable": 0, "follows": None, **state}
        self.replications[host] = {"behind": 0, "receiver": None, "applier": None, "error": ""}
        if self.topology == "group":
            self.states[host] |= {"member": "ONLINE", "in_group": 1, "group_name": NAME}
        return self

    def replica(self, host: str) -> "Change":
        self.groups.setdefault("replica", []).append(host)
        self.database(host).say(host, **unit("mysql-agent", "not installed"))
        return self.state(host, member="OFFLINE", in_group=0).following(host, "web-01")

    def following(self, host: str, source: str, **replication: Any) -> "Change":
        return self.state(host, follows=source).replication(host, receiver="ON", applier="ON", **replication)

    def say(self, host: str, **said: str) -> "Change":
        self.said.setdefault(host, {}).update(said)
        return self

    def agent(self, host: str, says: str) -> "Change":
        return self.say(host, **unit("mysql-agent", StatusText=says))

    def state(self, host: str, **state: Any) -> "Change":
        self.states[host].update(state)
        return self

    def replication(self, host: str, **replication: Any) -> "Change":
        self.replications[host].update(replication)
        return self

    def out(self, host: str, member: str, agent: str) -> "Change":
        return self.state(host, member=member, in_group=0).agent(host, agent)

    def silent(self, host: str, state: str = "failed") -> "Change":
        self.states[host] = {}
        return self.say(host, **unit("mysql", state)).agent(host, "MySQL does not answer")

    def unreachable(self, host: str) -> "Change":
        self.trouble[host] = "Failed to connect to the host via ssh: No route to host"
        self.said[host], self.states[host] = {}, {}
        return self

    def primary(self, *hosts: str) -> "Change":
        self.primaries = list(hosts)
        return self

    def table(self) -> str:
        return status_table(*self._facts())

    def findings(self, wrapper: str = "") -> list[str]:
        """Each as one line."""
        told = status_findings(*self._facts(), "inventory/yours", wrapper)
        return [" ".join(finding.removeprefix("- ").split()) for finding in told]

    def _facts(self) -> tuple[Any, ...]:
        hosts = {}
        for host, said in self.said.items():
            lines = [f"{name}={value}" for name, value in said.items()]
            if state := self.states.get(host):
                lines.append(f"replication={json.dumps(self.replications[host])}")
            answer = {"msg": self.trouble[host], "unreachable": True} if host in self.trouble else {}
            hosts[host] = {"status_answer": answer or {"stdout": "\n".join(lines)}, "mysql_state": state}
            hosts[host]["status_reboot_due"] = {"stdout": "\n".join(self.due.get(host, []))}
            hosts[host]["mysql_primaries"] = self.primaries
            hosts[host]["mysql_group_name"] = NAME
            hosts[host]["site_addresses"] = self.addresses
            hosts[host] |= self.doors.get(host, {})
            if host in self.ports:
                hosts[host]["nginx_port"] = self.ports[host]
        return hosts, {**copy.deepcopy(self.groups), "all": list(hosts)}, self.topology


def group() -> Change:
    (site := Change().database("ops-01")).groups["mysql"].append("ops-01")
    return site


def pair() -> Change:
    site = Change("async").agent("web-01", "The primary").state("web-01", writable=1)
    return site.replication("web-01", semi_sync="ON", semi_sync_replicas="1").following("web-02", "web-01")


def no_group() -> Change:
    site = group().primary()
    for host in site.groups["mysql"]:
        site.out(host, "OFFLINE", NOBODY)
    return site


def no_pair() -> Change:
    """The primary has started anew, and does not know whether it still is."""
    site = pair().primary().state("web-01", writable=0).replication("web-02", receiver="CONNECTING")
    return site.agent("web-01", "Was the primary, and asks")


def new(site: Change, *members: str) -> Change:
    for host in members:
        site.primary().state(host, executed="", member="OFFLINE", in_group=0, writable=0, follows=None)
        site.agent(host, NOBODY)
    return site


def two() -> Change:
    return group().two_balancers("10.0.0.10", first="10.0.0.10")


WELL = {
    "two balancers": two(),
    "two balancers, the second of which has the address": group().two_balancers("10.0.0.10", second="10.0.0.10"),
    "two balancers with an address each": group().two_balancers(
        "fd00::a", "fd00::b", first="fd00::a", second="fd00:0::b"
    ),
    "two balancers, the second of which has the address of either family": group().two_balancers(
        "10.0.0.10", "fd00::a", second="10.0.0.10 fd00:0::a"
    ),
    "a clock that a container may not set": group().say(
        "ops-01", **unit("chrony", "inactive", ConditionResult="no", ConditionTimestamp="Sat 2026-11-21 14:31:05 UTC")
    ),
    "a server that shows other servers no certificate from when it was a balancer": group().say(
        "web-01", **unit("haproxy", "inactive"), **{"haproxy.certificate_days": "-1"}
    ),
    "visitors' certificate for two weeks": group().say("lb-01", site_certificate_days="14"),
    "a balancer without word of maintenance": group().say("lb-01", maintenance=""),
    "a group": group(),
    "a group with a replica": group().replica("db-01"),
    "a pair": pair(),
    "a pair with a replica": pair().replica("db-01"),
    "a member that catches up": group().out("ops-01", "RECOVERING", "Catching up with the group"),
    "a member that has caught up for ten minutes": group()
    .out("ops-01", "RECOVERING", "Catching up with the group")
    .say("ops-01", agent_message_seconds="600"),
    "a member that has been one for long": group().say("ops-01", agent_message_seconds="86400"),
    "a group whose name is written in capitals": group().state("web-01", group_name=NAME.upper()),
    "a member that joins": group().out("ops-01", "OFFLINE", "Joining the group"),
    "a replica a little behind": pair().replication("web-02", behind=10),
    "a web server that has just come up": group().say("lb-01", **{"visitors.web-02": "DOWN 1/2"}),
    "an authority for three months": group().say("lb-01", authority_days="90"),
    "a certificate for three months": group().say("ops-01", **{"mysql.certificate_days": "90"}),
    "a disk that is nearly full": group().say("ops-01", disk_used=" 90%"),
    "a service that reads its settings": group().say("web-01", **unit("nginx", "reloading")),
}

# Each row: the site, and all that is said of it.
ILL: dict[str, tuple[Change, list[str]]] = {
    "a server away": (
        group().unreachable("ops-01"),
        [
            "ops-01 cannot be asked [No route to host]. "
            "Start it, or mend its network: ssh ops-01",
            ALONE.format("ops-01"),
        ],
    ),
    "a server away that ssh knows by another name": (
        group().unreachable("ops-01").door("ops-01", ansible_user="admin", ansible_host="203.0.113.31"),
        [
            "ops-01 cannot be asked [No route to host]. "
            "Start it, or mend its network: ssh admin@203.0.113.31",
            ALONE.format("ops-01"),
        ],
    ),
    "MySQL stopped on a member": (
        group().silent("ops-01", "failed"),
        [
            "mysql on ops-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart mysql",
            ALONE.format("ops-01"),
        ],
    ),
    "MySQL frozen on a member": (
        group().silent("ops-01", "active"),
        [
            "MySQL on ops-01 runs and does not answer. See journalctl --unit mysql there; if it has nothing to "
            "do with its disk, restart it: ssh ops-01 sudo systemctl restart mysql",
            ALONE.format("ops-01"),
        ],
    ),
    "a member that lost its place": (
        group().out("web-02", "OFFLINE", f"{REFUSAL}web-02"),
        [
            f"web-02 is no member of the group [offline]. Its mysql-agent reports: Does not join: the group lacks [{LACKS}], "
            f"which is here: {PLAYBOOK} rejoin.yml -e host=web-02",
            ALONE.format("web-02"),
        ],
    ),
    "a member with an error": (
        group().out("web-02", "ERROR", "MySQL does not answer").replication("web-02", error="Duplicate entry"),
        [
            "web-02 is no member of the group [error]. MySQL says: Duplicate entry. Bring it back: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02",
            ALONE.format("web-02"),
        ],
    ),
    "a member that is not taken in": (
        group().out("web-02", "OFFLINE", f"{NOT_TAKEN}. The next attempt is in 32 s"),
        [
            "web-02 is no member of the group [offline]: 5 times it was not taken in. See why, and mend that; it tries "
            "again by itself: ssh web-02 sudo journalctl --no-pager --lines 30 --unit mysql",
            ALONE.format("web-02"),
        ],
    ),
    "a member that is not taken in, and why": (
        group().out("web-02", "ERROR", f"{NOT_TAKEN}. The next attempt is in 32 s").replication("web-02", error="Full"),
        [
            "web-02 is no member of the group [error]: 5 times it was not taken in. MySQL says: Full. See why, and mend "
            "that; it tries again by itself: ssh web-02 sudo journalctl --no-pager --lines 30 --unit mysql",
            ALONE.format("web-02"),
        ],
    ),
    "a member that catches up for long": (
        group().out("web-02", "RECOVERING", "Catching up with the group").say("web-02", agent_message_seconds="1500"),
        [
            "web-02 has been catching up with the group for 25 minutes, and is no spare meanwhile. Unless it copies all "
            "data, which takes long, see what keeps it: ssh web-02 sudo journalctl --no-pager --lines 30 --unit mysql"
        ],
    ),
    "a group with the name that all had": (
        group().state("web-01", group_name=SHARED).state("web-02", group_name=SHARED).state("ops-01", group_name=SHARED),
        [
            f"The group has the name that other sites' groups have, too [{SHARED}], and would take their servers for its "
            f"own. Write another mysql_group_name, while visitors see the maintenance page. {RENAME}"
        ],
    ),
    "a group that is not named as in the inventory": (
        group().state("web-01", group_name="0" * 8 + NAME[8:]),
        [
            f"The group's name is [{'0' * 8}{NAME[8:]}], and that of the inventory is [{NAME}]. Write the former, or rename "
            f"the group. {RENAME}"
        ],
    ),
    "a member cut off": (
        group().state("web-02", in_group=0),
        [
            f"web-02 is no member of the group [no majority]. Bring it back: {PLAYBOOK} rejoin.yml -e host=web-02",
            ALONE.format("web-02"),
        ],
    ),
    "a member nobody keeps": (
        group().say("web-02", **unit("mysql-agent", "inactive")),
        [
            "mysql-agent on web-02 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh web-02 sudo systemctl restart mysql-agent"
        ],
    ),
    "no group left": (
        no_group(),
        [f"No primary, and so no writes: nobody is left of the group. Start it: {PLAYBOOK} reboot-cluster.yml"],
    ),
    "no majority left": (
        no_group().silent("web-01"),
        [
            "mysql on web-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh web-01 sudo systemctl restart mysql",
            "No primary, and so no writes: too few are left of the group. Bring back web-01 first, where acknowledged "
            f"writes may be that are nowhere else. Then: {PLAYBOOK} reboot-cluster.yml",
        ],
    ),
    "a group between two primaries": (
        group().primary(),
        [f"No primary: the group is choosing one. Look again in a few seconds: {PLAYBOOK} status.yml"],
    ),
    "a group never started": (
        new(group(), "web-01", "web-02", "ops-01"),
        [f"No primary: the group was never started. Set it up: {PLAYBOOK} site.yml"],
    ),
    "a replica beside a group that takes writes": (
        group().replica("db-01").state("db-01", writable=1),
        [
            "db-01 takes writes, and is meant to be a read-only replica. Make it one: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a replica beside a group that lost it": (
        group().replica("db-01").replication("db-01", receiver="CONNECTING", error="error connecting to web-01"),
        [
            "db-01 does not replicate. MySQL says: error connecting to web-01. Bring it back: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a pair of primaries": (
        pair().primary("web-01", "web-02").state("web-02", writable=1),
        [
            "2 primaries: web-01 and web-02 take writes. Decide which one goes on; to go on with web-01: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a pair whose primary is away": (
        no_pair().unreachable("web-01"),
        [
            "web-01 cannot be asked [No route to host]. "
            "Start it, or mend its network: ssh web-01",
            "No primary, and so no writes. Bring back web-01, as above. If that takes too long, make sure that web-01 "
            f"is off, and let the other take over: {PLAYBOOK} promote.yml -e host=web-02 -e off=web-01",
        ],
    ),
    "a pair whose primary does not run": (
        no_pair().silent("web-01"),
        [
            "mysql on web-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh web-01 sudo systemctl restart mysql",
            "No primary, and so no writes. Bring back web-01, as above. If that takes too long, let the other take "
            f"over: {PLAYBOOK} promote.yml -e host=web-02",
        ],
    ),
    "a pair whose primary waits for the other": (
        no_pair().unreachable("web-02").agent(
            "web-01",
            "Was the primary, and accepts no writes before it can ask web-02 whether it still is. "
            "If web-02 is off for long, run promote.yml -e host=web-01 -e off=web-02",
        ),
        [
            "web-02 cannot be asked [No route to host]. "
            "Start it, or mend its network: ssh web-02",
            "No primary, and so no writes. Its mysql-agent reports: Was the primary, and accepts no writes before it can ask "
            "web-02 whether it still is. If web-02 is off for long: "
            f"{PLAYBOOK} promote.yml -e host=web-01 -e off=web-02",
        ],
    ),
    "a pair without a primary": (
        no_pair(),
        [f"No primary, and so no writes. Make one of them the primary: {PLAYBOOK} promote.yml -e host=web-01"],
    ),
    "a pair never set up": (
        new(pair(), "web-01", "web-02").agent("web-01", "A replica").agent("web-02", "A replica"),
        [f"No primary: the databases were never set up. Do it: {PLAYBOOK} site.yml"],
    ),
    "a pair's old primary back": (
        pair().state("web-02", follows=None).agent(
            "web-02", "Was the primary, and web-01 is now. Run rejoin.yml -e host=web-02"
        ),
        [
            "web-02 does not replicate. Its mysql-agent reports: Was the primary, and web-01 is now: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a pair that has fallen back": (
        pair().replication("web-01", semi_sync="OFF").replication("web-02", applier="OFF", error="Duplicate entry"),
        [
            "web-02 does not replicate. MySQL says: Duplicate entry. Bring it back: "
            f"{PLAYBOOK} rejoin.yml -e host=web-02",
            "Semi-synchronous replication has fallen back: what web-01 acknowledges is nowhere else, and lost with it. "
            f"When web-02 runs: {PLAYBOOK} rejoin.yml -e host=web-02",
        ],
    ),
    "a pair whose next commit falls back": (
        pair().replication("web-01", semi_sync_replicas="0"),
        [
            "Semi-synchronous replication has fallen back: what web-01 acknowledges is nowhere else, and lost with it. "
            f"When web-02 runs: {PLAYBOOK} rejoin.yml -e host=web-02"
        ],
    ),
    "a replica of the old primary": (
        pair().replica("db-01").state("db-01", follows="web-02"),
        [
            "db-01 does not replicate. It follows web-02, and the primary is web-01. Bring it back: "
            f"{PLAYBOOK} rejoin.yml -e host=db-01"
        ],
    ),
    "a replica far behind": (
        pair().replication("web-02", behind=11),
        [
            "web-02 is 11 s behind, and shows visitors what is old. See what it is busy with: "
            "ssh web-02 \"sudo mysql --execute 'SHOW FULL PROCESSLIST'\""
        ],
    ),
    "a server that turns clients away": (
        group().state("web-02", offline_mode=1),
        [
            "web-02 turns its clients away [offline_mode]. Open it to them: "
            "ssh web-02 \"sudo mysql --execute 'SET GLOBAL offline_mode = OFF'\""
        ],
    ),
    "a certificate near its end": (
        group().say("web-01", **{"mysql.certificate_days": "89"}),
        [f"The certificate of web-01 ends in 89 days. Give every server a new one: {PLAYBOOK} renew-internal-certificates.yml"],
    ),
    "a certificate at its end": (
        group().say("web-01", **{"mysql.certificate_days": "-1"}),
        [f"The certificate of web-01 has ended. Give every server a new one: {PLAYBOOK} renew-internal-certificates.yml"],
    ),
    "a certificate of nginx near its end": (
        group().say("web-02", **{"nginx.certificate_days": "89"}),
        [f"The certificate of web-02 ends in 89 days. Give every server a new one: {PLAYBOOK} renew-internal-certificates.yml"],
    ),
    "a balancer's certificate at its end": (
        group().say("lb-01", **{"haproxy.certificate_days": "0"}),
        [f"The certificate of lb-01 ends today. Give every server a new one: {PLAYBOOK} renew-internal-certificates.yml"],
    ),
    "a certificate missing": (
        group().say("web-01", **{"mysql.certificate_days": ""}),
        [f"web-01 has no certificate that can be read. Give it one: {PLAYBOOK} site.yml"],
    ),
    "an authority near its end": (
        group().say("lb-01", authority_days="89").say("web-01", authority_days="90"),
        [
            "The site's own authority ends in 89 days, and with it every certificate that servers show each other. "
            f"Write a new one (deploy/README.md, Certificates), then: {PLAYBOOK} renew-internal-certificates.yml"
        ],
    ),
    "a member that applies slowly": (
        group().replication("web-02", behind=11),
        [
            "web-02 is 11 s behind, and shows visitors what is old. See what it is busy with: "
            "ssh web-02 \"sudo mysql --execute 'SHOW FULL PROCESSLIST'\""
        ],
    ),
    "a disk full": (
        group().say("web-01", disk_used=" 91%"),
        [
            "The disk of web-01's database has 9 % free. See what fills it: "
            "ssh web-01 sudo du --all --human-readable --max-depth 1 --threshold 100M /var/lib/mysql"
        ],
    ),
    "a balancer's disk full": (
        group().say("lb-01", root_disk_used=" 95%"),
        [
            "The disk of lb-01 has 5 % free. See what fills it: "
            "ssh lb-01 sudo du --one-file-system --human-readable --max-depth 3 --threshold 100M /"
        ],
    ),
    "a primary that made way for want of room": (
        group().primary("web-02").say("web-01", disk_used=" 98%").agent("web-01", f"Member of the group, {NOT_TO_BE}"),
        [f"The disk of web-01's database has 2 % free. Its mysql-agent reports: Member of the group, {NOT_TO_BE}. {FILLED}"],
    ),
    "a member that stays away for want of room": (
        group().primary("web-02").out("web-01", "OFFLINE", f"Stays out of the group: {LITTLE}"),
        [
            "The disk of web-01's database has 70 % free. Its mysql-agent reports: Stays out of the group: "
            f"{LITTLE}. {FILLED}",
            ALONE.format("web-01"),
        ],
    ),
    "a group that takes no writes for want of room": (
        group().primary().agent("web-01", FULL),
        [f"The disk of web-01's database has 70 % free. Its mysql-agent reports: {FULL}. {FILLED}"],
    ),
    "a pair that takes no writes for want of room": (
        pair().primary().state("web-01", writable=0).agent(
            "web-01",
            f"Takes no writes before there is room: {LITTLE}. If that takes too long, run promote.yml -e host=web-02",
        ),
        [
            "The disk of web-01's database has 70 % free. Its mysql-agent reports: Takes no writes before there is room: "
            f"{LITTLE}. {FILLED}",
            f"No primary, and so no writes. Its mysql-agent reports: Takes no writes before there is room: {LITTLE}. "
            f"If that takes too long: {PLAYBOOK} promote.yml -e host=web-02",
        ],
    ),
    "an instance not ready": (
        group().say("web-01", ready="503").say("lb-01", **{"visitors.web-01": "DOWN"}),
        [
            "The application on web-01 is not ready [503]. See why: "
            "ssh web-01 sudo journalctl --no-pager --lines 30 --unit foobar"
        ],
    ),
    "an instance not ready for want of a primary": (
        no_group().say("web-01", ready="503").say("lb-01", **{"visitors.web-01": "DOWN"}),
        [f"No primary, and so no writes: nobody is left of the group. Start it: {PLAYBOOK} reboot-cluster.yml"],
    ),
    "an instance that starts again and again": (
        group().say("web-01", **unit("foobar", "activating"), ready="000"),
        [
            "foobar on web-01 starts or stops [activating], or fails to again and again. See which: "
            "ssh web-01 sudo journalctl --namespace +access --no-pager --lines 30 --unit foobar"
        ],
    ),
    "different releases": (
        group().say("web-01", release="0123456789ab"),
        [
            "The web servers run different releases: 0123456789ab on web-01, 782b72a23420 on web-02. "
            f"Unless a roll-out is under way, choose one: {PLAYBOOK} rollback.yml -e release=0123456789ab"
        ],
    ),
    "a web server drained": (
        group().say("lb-01", **{"visitors.web-02": "DRAIN"}),
        [
            "lb-01 gives web-02 no visitors [DRAIN], as a patch or a roll-out that failed leaves it. When it is ready: "
            f"{PLAYBOOK} site.yml"
        ],
    ),
    "a web server that a balancer does not reach": (
        group().say("lb-01", **{"visitors.web-02": "DOWN"}),
        [
            "web-02 is ready, and lb-01 does not reach it. See what it says: "
            f"ssh lb-01 sudo {CURL} https://web-02/readyz"
        ],
    ),
    "a web server at another port that a balancer does not reach": (
        group().nginx_port("web-02", 8443).say("lb-01", **{"visitors.web-02": "DOWN"}),
        [
            "web-02 is ready, and lb-01 does not reach it. See what it says: "
            f"ssh lb-01 sudo {CURL} https://web-02:8443/readyz"
        ],
    ),
    "a web server drained at both balancers": (
        two().say("lb-01", **{"visitors.web-02": "DRAIN"}).say("lb-02", **{"visitors.web-02": "DRAIN"}),
        [
            "lb-01 and lb-02 give web-02 no visitors [DRAIN], as a patch or a roll-out that failed leaves it. When it "
            f"is ready: {PLAYBOOK} site.yml"
        ],
    ),
    "a web server drained at one balancer only": (
        two().say("lb-02", **{"visitors.web-02": "MAINT"}),
        [
            "lb-02 gives web-02 no visitors [MAINT] while lb-01 may, as a patch or a roll-out that was cut short "
            f"leaves it. When it is ready: {PLAYBOOK} site.yml"
        ],
    ),
    "an address at both balancers": (
        group().two_balancers("10.0.0.10", first="10.0.0.10", second="10.0.0.10"),
        [
            "lb-01 and lb-02 both have the address 10.0.0.10: they do not hear each other, and visitors reach one or "
            "the other. Look whether each lets the other's protocol 112 in, and let one take it anew: "
            "ssh lb-02 sudo systemctl restart foobar-firewall keepalived"
        ],
    ),
    "an address at nobody": (
        group().two_balancers("10.0.0.10"),
        [
            "Nobody has the address 10.0.0.10, and no visitor comes in there. See why lb-01 and lb-02 cannot take it: "
            "ssh lb-01 sudo journalctl --no-pager --lines 30 --unit keepalived"
        ],
    ),
    "an address at nobody, for nobody runs": (
        group().two_balancers("10.0.0.10").say("lb-01", **unit("keepalived", "failed"))
        .say("lb-02", **unit("haproxy", "failed")),
        [
            "keepalived on lb-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-01 sudo systemctl restart keepalived",
            "haproxy on lb-02 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-02 sudo systemctl restart haproxy",
        ],
    ),
    "an address perhaps at a balancer that is away": (
        group().two_balancers("10.0.0.10").unreachable("lb-01"),
        ["lb-01 cannot be asked [No route to host]. Start it, or mend its network: ssh lb-01"],
    ),
    "both addresses at one balancer": (
        group().two_balancers("10.0.0.10", "10.0.0.9", first="10.0.0.10 10.0.0.9"),
        [f"lb-01 has the address 10.0.0.9 of lb-02, which is well again. Share them anew: {PLAYBOOK} site.yml"],
    ),
    "four addresses, two of which are away from home": (
        group().two_balancers("10.0.0.10", "10.0.0.9", "fd00::a", "fd00::9", first="10.0.0.10 10.0.0.9 fd00::a fd00::9"),
        [
            f"lb-01 has the address {address} of lb-02, which is well again. Share them anew: {PLAYBOOK} site.yml"
            for address in ("10.0.0.9", "fd00::9")
        ],
    ),
    "both addresses at one balancer, for the other is ill": (
        group().two_balancers("10.0.0.10", "10.0.0.9", first="10.0.0.10 10.0.0.9")
        .say("lb-02", **unit("haproxy", "failed")),
        [
            "haproxy on lb-02 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh lb-02 sudo systemctl restart haproxy"
        ],
    ),
    "visitors' certificate near its end": (
        two().say("lb-02", site_certificate_days="13"),
        [
            "The certificate that visitors see at lb-02 ends in 13 days. Renew it, and see why nobody did: "
            f"{PLAYBOOK} renew-certificate.yml"
        ],
    ),
    "visitors' certificate not renewed": (
        two().say("lb-02", **unit("site-certificate-renew", "failed")),
        [
            "lb-02 asked for a new certificate for visitors, and got none. Ask again, and hear why: "
            f"{PLAYBOOK} renew-certificate.yml"
        ],
    ),
    "visitors' certificate missing": (
        group().say("lb-01", site_certificate_days=""),
        [f"lb-01 has no certificate for visitors. Give it one: {PLAYBOOK} site.yml"],
    ),
    "a site that is closed": (
        two().say("lb-01", maintenance="on").say("lb-02", maintenance="on"),
        [f"Visitors see the maintenance page. When the work is done: {PLAYBOOK} maintenance.yml -e state=off"],
    ),
    "a site that is closed at one balancer": (
        two().say("lb-02", maintenance="on"),
        [
            "Visitors see the maintenance page, at lb-02 only. When the work is done: "
            f"{PLAYBOOK} maintenance.yml -e state=off"
        ],
    ),
    "a firewall that was never loaded": (
        group().say("ops-01", **unit("foobar-firewall", "failed"), firewall=""),
        [
            "foobar-firewall on ops-01 does not run [failed]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart foobar-firewall"
        ],
    ),
    "a firewall that somebody removed": (
        group().say("ops-01", firewall=""),
        [
            "ops-01 lets everybody in: somebody removed what its firewall had loaded. Load it again: "
            "ssh ops-01 sudo systemctl restart foobar-firewall"
        ],
    ),
    "a service that runs with replaced files": (
        group().reboot_due("web-01", "files were replaced that are in use by mysql nginx"),
        [
            "A reboot of web-01 is due [files were replaced that are in use by mysql nginx]. Patch it: "
            f"{PLAYBOOK} patch.yml -e host=web-01"
        ],
    ),
    "a kernel that does not run yet, and a package that asks for it": (
        group().reboot_due("lb-01", "asked for by linux-image-6.12.57", "the kernel 6.12.57 is installed, and 6.12.48 runs"),
        [
            "A reboot of lb-01 is due [asked for by linux-image-6.12.57; the kernel 6.12.57 is installed, and 6.12.48 "
            f"runs]. Patch it: {PLAYBOOK} patch.yml -e host=lb-01"
        ],
    ),
    "a clock that nobody keeps": (
        group().say("ops-01", **unit("chrony", "inactive", ConditionResult="no", ConditionTimestamp="")),
        [
            "chrony on ops-01 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh ops-01 sudo systemctl restart chrony"
        ],
    ),
    "a web server that a balancer does not know": (
        group().say("lb-01", **{"visitors.web-02": ""}),
        [f"lb-01 knows no web-02. Tell it: {PLAYBOOK} site.yml"],
    ),
    "a balancer stopped": (
        group().say("lb-01", **unit("haproxy", "inactive")),
        [
            "haproxy on lb-01 does not run [inactive]. Start it; why it stopped is in its journal: "
            "ssh lb-01 sudo systemctl restart haproxy"
        ],
    ),
    "a server not set up": (
        group().say("lb-01", **unit("haproxy", "not installed")),
        [f"lb-01 has no haproxy yet. Set it up: {PLAYBOOK} site.yml"],
    ),
}


class SiteStatusTests(unittest.TestCase):
    maxDiff = None

    def test_what_is_well_needs_nobody(self) -> None:
        for name, site in WELL.items():
            with self.subTest(name):
                self.assertEqual(site.findings(), [])

    def test_what_is_ill_is_told_once_and_with_what_to_run(self) -> None:
        for name, (site, sentences) in ILL.items():
            with self.subTest(name):
                self.assertEqual(site.findings(), sentences)

    def test_the_lab_spells_what_to_run_its_own_way(self) -> None:
        for site, command in (
            (no_group(), "deploy/lab reboot-cluster"),
            (group().say("web-01", **{"mysql.certificate_days": "1"}), "deploy/lab renew-internal-certificates"),
            (group().say("lb-01", **{"visitors.web-02": "DRAIN"}), "deploy/lab up"),
            (group().say("lb-01", **unit("haproxy", "failed")), "deploy/lab shell lb-01 systemctl restart haproxy"),
            (group().reboot_due("lb-01", "asked for by dbus"), "deploy/lab patch lb-01"),
            (group().unreachable("lb-01"), "deploy/lab up"),
            (no_pair().unreachable("web-01"), "deploy/lab promote web-02 -e off=web-01"),
            (group().state("web-02", offline_mode=1), "shell web-02 mysql --execute 'SET GLOBAL offline_mode = OFF'"),
        ):
            with self.subTest(command):
                self.assertTrue(site.findings("deploy/lab")[-1].endswith(command), site.findings("deploy/lab"))

    def test_the_table_shows_a_group(self) -> None:
        self.assertEqual(group().table(), GROUP_TABLE)

    def test_the_table_shows_a_pair(self) -> None:
        self.assertEqual(pair().replica("db-01").table().partition("\nweb server")[0], PAIR_TABLE)

    def test_the_table_shows_who_has_the_site_s_addresses(self) -> None:
        site = two().say("lb-02", **unit("keepalived", "failed"), maintenance="on", **{"visitors.web-02": "DRAIN"})
        self.assertEqual(site.table().partition("\n\n")[2], ENTRANCES_TABLE)

    def test_the_table_shows_what_is_ill(self) -> None:
        site = group().unreachable("web-02").say("ops-01", **{"mysql.certificate_days": "-3"}, disk_used=" 96%")
        site.say("web-01", **unit("foobar", "failed"), ready="000")
        site.say("lb-01", **{"visitors.web-01": "DOWN", "visitors.web-02": "DRAIN"})
        site.out("ops-01", "OFFLINE", f"{REFUSAL}ops-01")
        self.assertEqual(site.table(), BROKEN_TABLE)

    def test_lines_fit_a_terminal(self) -> None:
        for name, (site, _) in ILL.items():
            facts = site._facts()
            told = [line for finding in status_findings(*facts, "inventory/yours") for line in finding.splitlines()]
            sentences = [line for line in told if not line.startswith("    ")]
            with self.subTest(name):
                self.assertLessEqual(max(map(len, [*site.table().splitlines(), *sentences])), WIDTH)


if __name__ == "__main__":
    unittest.main()
