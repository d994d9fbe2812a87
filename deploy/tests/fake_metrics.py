"""Makes the metrics of a site of two balancers, two web servers and ops-01, as OpenMetrics for promtool.

The primary is killed and another takes over, a release is rolled out, and visitors come in waves. Look at the dashboard
with it: fake_metrics.py --hours 26 > site.om; promtool tsdb create-blocks-from openmetrics site.om data.
"""

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator

STEP = 15
BALANCERS, WEB, DATABASES = ("lb-01", "lb-02"), ("web-01", "web-02"), ("web-01", "web-02", "ops-01")
BUCKETS = {"0.05": 0.55, "0.1": 0.83, "0.25": 0.962, "0.5": 0.985, "1.0": 0.995, "2.5": 0.999, "5.0": 1, "+Inf": 1}
OLD, NEW = ("782b72a23420", "1.0.0"), ("91cc04d8e7ab", "1.1.0")

Series = tuple[str, Callable[[float], float | None]]


class FakeMetrics:
    """Values are functions of the seconds before now, a negative number."""

    def __init__(self, end: int, hours: float, *, failover: float, deployment: float, severities: list[str]) -> None:
        self.end, self.hours = end, hours
        self.failover, self.deployment = -failover, -deployment
        self.severities = severities
        self.random = random.Random(7)  # noqa: S311  the same site each time
        self.counters: dict[str, float] = {}
        self.rates: dict[float, float] = {}

    def text(self) -> Iterator[str]:
        times = range(self.end - round(self.hours * 3600 / STEP) * STEP, self.end + STEP, STEP)
        for name, value in self.series():
            for moment in times:
                number = value(moment - self.end)
                if number is not None:
                    yield f"{name} {number:.6g} {moment}" if abs(number) < 1e6 else f"{name} {number:.0f} {moment}"
        yield "# EOF"

    def noise(self, size: float = 0.1) -> float:
        return 1 + self.random.gauss(0, size)

    def rate(self, at: float) -> float:
        if at not in self.rates:
            self.rates[at] = max(0.0, (38 + 22 * math.sin((at + self.end) / 13750)) * self.noise(0.06))
        return self.rates[at]

    def down(self, at: float) -> bool:
        """The seconds in which there is no primary."""
        return self.failover <= at < self.failover + 2 * STEP

    def counter(self, key: str, rate: Callable[[float], float]) -> Callable[[float], float]:
        def value(at: float) -> float:
            self.counters[key] = self.counters.get(key, 1000) + rate(at) * STEP
            return self.counters[key]

        return value

    def primary(self, at: float) -> str:
        return "web-01" if at < self.failover + STEP else "web-02"

    def series(self) -> Iterator[Series]:
        yield from self.balancers()
        yield from self.web_servers()
        yield from self.databases()
        yield from self.servers()
        yield from self.rules()

    def balancers(self) -> Iterator[Series]:
        for name in BALANCERS:
            share = 0.97 if name == "lb-01" else 0.03
            labels = f'job="haproxy",instance="{name}"'
            for code, part in {"2xx": 0.86, "3xx": 0.11, "4xx": 0.0297, "5xx": 0.0003}.items():
                series = f'haproxy_frontend_http_responses_total{{{labels},proxy="public",code="{code}"}}'
                yield series, self.counter(
                    series,
                    lambda at, part=part, share=share, code=code: (
                        self.rate(at) * share * (part + (0.08 if code == "5xx" and self.down(at) else 0))
                    ),
                )
            public = f'{{{labels},proxy="public"}}'
            yield f"haproxy_frontend_current_sessions{public}", lambda at, s=share: self.rate(at) * 4 * s
            yield f"haproxy_frontend_limit_sessions{public}", lambda at: 7900
            ready = f'{{{labels},proxy="ready"}}'
            rolling = (self.deployment, self.deployment + 150)
            yield (
                f"haproxy_backend_active_servers{ready}",
                lambda at, rolling=rolling: 1 if rolling[0] <= at < rolling[1] else 2,
            )
            yield f"haproxy_backend_backup_servers{ready}", lambda at: 0
            for server in WEB:
                yield (
                    f'haproxy_server_current_sessions{{{labels},proxy="ready",server="{server}"}}',
                    lambda at, s=share: round(self.rate_of_server(at) * s * (1.9 if self.down(at) else 0.08)),
                )
            yield f"foobar_maintenance_page{{{self.node(name)}}}", lambda at: 0

    def web_servers(self) -> Iterator[Series]:
        for name in WEB:
            labels = f'job="application",instance="{name}"'
            for area, part in {"page": 0.5, "api": 0.3, "asset": 0.17, "other": 0.03}.items():
                request = f'{labels},area="{area}",method="GET",outcome="SUCCESS",status="200"'
                for le, below in BUCKETS.items():
                    series = f'http_server_requests_seconds_bucket{{{request},le="{le}"}}'
                    yield series, self.counter(
                        series,
                        lambda at, part=part, below=below: (
                            self.rate_of_server(at) * part * below ** (5 if self.down(at) else 1)
                        ),
                    )
                series = f"http_server_requests_seconds_count{{{request}}}"
                yield series, self.counter(series, lambda at, part=part: self.rate_of_server(at) * part)
            yield (
                f'jvm_memory_usage_after_gc{{{labels},area="heap",pool="long-lived"}}',
                lambda at: 0.17 + 0.05 * math.sin(at / 900),
            )
            for node in DATABASES:
                for access in ("read", "write"):
                    pool = f'{{{labels},pool="{node}-{access}"}}'
                    yield (
                        f"hikaricp_connections_active{pool}",
                        lambda at: round(self.random.random() * 2 + (6 if self.down(at) else 0)),
                    )
                    yield f"hikaricp_connections_max{pool}", lambda at: 10
                    yield f'database_pool_waiting{{{labels},access="{access}",node="{node}:3306"}}', lambda at: 0
                yield f'database_lag_seconds{{{labels},node="{node}:3306"}}', lambda at, node=node: self.lag(at, node)
                series = f'database_routed_total{{{labels},node="{node}:3306",reason="read",role="replica"}}'
                yield series, self.counter(
                    series, lambda at, node=node: self.rate(at) * (0.05 if node == self.primary(at) else 0.4)
                )
            for event in ("rate_limited", "sign_in_failures"):
                series = f"security_{event}_total{{{labels}}}"
                yield series, self.counter(series, lambda at: 0.1 if self.random.random() < 0.02 else 0)
            tokens = f'security_tokens_rejected_total{{{labels},reason="expired"}}'
            yield tokens, self.counter(tokens, lambda at: 0.1 if self.random.random() < 0.05 else 0)
            yield f"database_primary_waiting{{{labels}}}", lambda at: 14 if self.down(at) else 0
            yield f'nginx_connections_active{{job="nginx",instance="{name}"}}', lambda at: 6 + self.rate_of_server(at)
            for (release, version), old in ((OLD, True), (NEW, False)):
                moment = self.deployment + (60 if name == "web-01" else 150)
                yield (
                    f'foobar_release_info{{{self.node(name)},release="{release}",version="{version}"}}',
                    lambda at, old=old, moment=moment: 1 if (at < moment) is old else None,
                )

    def rate_of_server(self, at: float) -> float:
        return self.rate(at) / 2

    def lag(self, at: float, node: str) -> float | None:
        if node == self.primary(at):
            return None
        return self.random.random() * 0.04 + (2.1 if self.failover < at < self.failover + 90 else 0)

    def databases(self) -> Iterator[Series]:
        for name in DATABASES:
            labels = f'job="mysqld",instance="{name}"'
            series = f"mysql_global_status_queries{{{labels}}}"
            slow = f"mysql_global_status_slow_queries{{{labels}}}"
            yield slow, self.counter(slow, lambda at: 0.4 if self.down(at) else 0)
            writes = 1.6 if name == "web-02" else 1
            yield series, self.counter(series, lambda at, writes=writes: self.rate(at) * 2.2 * writes)
            yield (
                f"mysql_perf_schema_transactions_remote_in_applier_queue{{{labels}}}",
                lambda at: round(max(0.0, self.random.gauss(0, 2)) + (90 if self.down(at) else 0)),
            )
            yield f"mysql_global_status_threads_connected{{{labels}}}", lambda at: round(22 * self.noise(0.15))
            yield f"mysql_global_variables_max_connections{{{labels}}}", lambda at: 151
            yield f"mysql_global_status_threads_running{{{labels}}}", lambda at: round(2 + 2 * self.random.random())
            yield (
                f"foobar_mysql_group_primary{{{self.node(name)}}}",
                lambda at, name=name: float(name == self.primary(at)),
            )
            yield (
                f"foobar_mysql_read_only{{{self.node(name)}}}",
                lambda at, name=name: float(name != self.primary(at)),
            )
            yield f"mysql_up{{{labels}}}", lambda at: 1
            yield (
                f"mysql_global_variables_read_only{{{labels}}}",
                lambda at, name=name: float(name != self.primary(at)),
            )
            for member in DATABASES:
                for role in ("PRIMARY", "SECONDARY"):
                    info = f'{labels},member_host="{member}",member_state="ONLINE",member_role="{role}"'
                    yield (
                        f"mysql_perf_schema_replication_group_member_info{{{info}}}",
                        lambda at, member=member, is_primary=role == "PRIMARY": (
                            1 if (member == self.primary(at)) is is_primary else None
                        ),
                    )
            replica = f'{{{labels},channel_name=""}}'
            yield f"mysql_slave_status_replica_io_running{replica}", lambda at: 1
            yield f"mysql_slave_status_replica_sql_running{replica}", lambda at: 1

    def servers(self) -> Iterator[Series]:
        jobs = {"node": (*BALANCERS, *WEB, "ops-01"), "mysqld": DATABASES, "haproxy": BALANCERS, "nginx": WEB}
        for job, names in (jobs | {"application": WEB}).items():
            for name in names:
                yield f'up{{job="{job}",instance="{name}"}}', lambda at: 1
        for number, name in enumerate(jobs["node"]):
            labels = self.node(name)
            for cpu in (0, 1):
                for mode, part in {"idle": 0.86 - 0.05 * number, "user": 0.1 + 0.05 * number}.items():
                    series = f'node_cpu_seconds_total{{{labels},cpu="{cpu}",mode="{mode}"}}'
                    yield series, self.counter(series, lambda at, part=part: part * self.noise(0.05))
            yield (
                f"node_memory_MemAvailable_bytes{{{labels}}}",
                lambda at, n=number: (2.6e9 - n * 2.2e8) * self.noise(0.004),
            )
            busy = f'node_disk_io_time_seconds_total{{{labels},device="vda"}}'
            yield busy, self.counter(busy, lambda at, n=number: 0.01 * (1 + n) * self.noise())
            per_request = 9 if name in BALANCERS else 2
            yield f"node_nf_conntrack_entries{{{labels}}}", lambda at, n=per_request: 300 + self.rate(at) * n
            yield f"node_nf_conntrack_entries_limit{{{labels}}}", lambda at: 262144
            yield f"node_memory_MemTotal_bytes{{{labels}}}", lambda at: 4e9
            disk = f'{{{labels},device="/dev/vda",fstype="ext4",mountpoint="/"}}'
            yield f"node_filesystem_avail_bytes{disk}", lambda at, n=number: 3.1e10 - n * 3e9 - (at + 90000) * 1000
            yield f"node_filesystem_size_bytes{disk}", lambda at: 4e10
            days = {"exporters": 1120, "ca": 3560} | ({"site": 71, "haproxy": 1120} if name in BALANCERS else {})
            days |= {"mysql": 1120} if name in DATABASES else {}
            for certificate, left in days.items():
                yield (
                    f'foobar_certificate_expiry_timestamp_seconds{{{labels},certificate="{certificate}"}}',
                    lambda at, left=left, n=number: self.end + (left + n) * 86400,
                )
        yield (
            'probe_ssl_earliest_cert_expiry{job="probe-certificate",instance="www.foobar.com"}',
            lambda at: self.end + 71 * 86400,
        )

    def rules(self) -> Iterator[Series]:
        """What Prometheus records and what fires, because nothing evaluates rules over the past."""
        yield "site:http_responses:rate1m", self.rate
        yield (
            "site:http_responses_failed:rate1m",
            lambda at: self.rate(at) * (0.0001 + (0.08 if self.down(at) else 0)),
        )
        yield "site:http_requests:rate1m", lambda at: self.rate(at) * 0.8
        yield "site:http_requests_slow:rate1m", lambda at: self.rate(at) * 0.004
        yield "site:http_responses_failed:ratio5m", lambda at: 0.0001 * self.noise()
        fired = {"page": ("NoPrimary", "", 900), "ticket": ("ServerDrained", 'instance="web-01",', 2760)}
        for severity in self.severities:
            name, labels, since = fired[severity]
            alert = f'alertname="{name}",{labels}severity="{severity}"'
            yield f'ALERTS{{{alert},alertstate="firing"}}', lambda at, s=since: 1 if at >= -s else None
            yield (
                f"ALERTS_FOR_STATE{{{alert}}}",
                lambda at, s=since: self.end - s if at >= -s else None,
            )
        yield 'ALERTS{alertname="Watchdog",alertstate="firing",severity="none"}', lambda at: 1

    def node(self, name: str) -> str:
        return f'job="node",instance="{name}"'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=26)
    parser.add_argument("--severity", choices=["page", "ticket"], action="append", default=[])
    parser.add_argument("--ahead", type=int, default=600, help="seconds of the future, for which there are values")
    arguments = parser.parse_args()
    end = int(time.time() + arguments.ahead) // STEP * STEP
    site = FakeMetrics(end, arguments.hours, failover=5800, deployment=14000, severities=arguments.severity)
    for line in site.text():
        print(line)


if __name__ == "__main__":
    main()
