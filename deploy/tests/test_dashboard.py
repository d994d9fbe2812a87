"""The dashboard: its page as Prometheus renders it of the metrics of fake_metrics.py, and the same for Grafana."""

import functools
import json
import re
import socket
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

from ansible_playbook import render
from fake_metrics import FakeMetrics
from test_rules import DEPLOY, OWN_LABELS, all_rules, exported, metrics_of, parse_series, run

FILES = DEPLOY / "roles" / "prometheus" / "files" / "web"
FAILOVER, DEPLOYMENT = 1800, 2400  # seconds ago
RANGES = ("1h", "6h", "1d", "7d")


@functools.cache
def rendered(inventory: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as directory:
        variable = f"directory={directory}"
        render("render-dashboard.yml", "-i", f"inventory/lab/{inventory}.yml", "-e", variable, timeout=600)
        return {path.name: path.read_text() for path in Path(directory).iterdir()}


def grafana(inventory: str = "group") -> dict[str, Any]:
    return json.loads(rendered(inventory)["grafana.json"])


def grafana_queries(inventory: str = "group") -> list[str]:
    dashboard = grafana(inventory)
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    return panels + [mark["expr"] for mark in dashboard["annotations"]["list"]]


def template_queries(inventory: str) -> list[str]:
    """What the page's template asks for itself, without the name of a server in the place of %q or %s."""
    text = rendered(inventory)["index.html"]
    queries = re.findall(r"query \(?(?:printf |reReplaceAll \"RANGE\" \$range )?`([^`]*)`", text)
    return [re.sub(r"%s", "x", query.replace("%q", '"x"')).replace("RANGE", "6h") for query in queries]


def with_variables(query: str) -> str:
    return query.replace("$__rate_interval", "1m").replace("$__interval", "30s")


class Page(HTMLParser):
    """The text of a page, the rows of its tables, and the queries that its script evaluates."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.queries, self.rows, self.elements = "", [], [], []
        self.in_row = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if "data-query" in attributes:
            self.queries.append(attributes["data-query"])
        if tag == "tr":
            self.rows.append("")
            self.in_row = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.in_row = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.in_row:
            self.rows[-1] = " ".join(f"{self.rows[-1]} {data}".split())


class Server:
    """Prometheus with fake metrics of a site, and the dashboards of a group and of a pair."""

    def __init__(self, directory: Path, *, hours: float, severities: list[str], edit: Callable[[str], str] = str) -> None:
        self.end = int(time.time()) // 15 * 15
        site = FakeMetrics(self.end, hours, failover=FAILOVER, deployment=DEPLOYMENT, severities=severities)
        lines = filter(None, map(edit, site.text()))
        metrics = directory / "site.om"
        metrics.write_text("\n".join(lines) + "\n")
        result = run("promtool", "tsdb", "create-blocks-from", "openmetrics", str(metrics), str(directory / "data"))
        if result.returncode:
            raise AssertionError(result.stdout)
        (directory / "prometheus.yml").write_text("global: {}\n")
        for inventory in ("group", "pair"):
            (directory / "consoles").mkdir(exist_ok=True)
            (directory / "consoles" / f"{inventory}.html").write_text(rendered(inventory)["index.html"])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.process = Popen(
            (
                *("prometheus", f"--config.file={directory}/prometheus.yml", f"--web.listen-address={self.address}"),
                *(f"--storage.tsdb.path={directory}/data", "--storage.tsdb.retention.time=30d"),
                *(f"--web.console.templates={directory}/consoles", f"--web.user-assets={FILES}"),
            ),
            stdout=DEVNULL,
            stderr=DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self.is_ready():
            if time.monotonic() > deadline:
                self.stop()
                raise AssertionError("Prometheus does not start")
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            return self.get("/-/ready")[0] == 200
        except OSError:
            return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def get(self, path: str) -> tuple[int, str, str]:
        try:
            with urllib.request.urlopen(f"http://{self.address}{path}", timeout=30) as answer:
                return answer.status, answer.headers.get("Content-Type", ""), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Content-Type", ""), error.read().decode()

    def query(self, query: str) -> dict[str, Any]:
        return json.loads(self.get("/api/v1/query?" + urllib.parse.urlencode({"query": query}))[2])

    def query_range(self, query: str, step: int) -> list[dict[str, Any]]:
        times = {"start": self.end - 3540, "end": self.end, "step": step}
        answer = json.loads(self.get("/api/v1/query_range?" + urllib.parse.urlencode({"query": query, **times}))[2])
        return answer["data"]["result"]


class DashboardTests(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.server = Server(Path(directory.name), hours=1, severities=["page", "ticket"])
        cls.addClassCleanup(cls.server.stop)

    def page(self, inventory: str = "group", query: str = "") -> Page:
        status, content_type, text = self.server.get(f"/consoles/{inventory}.html{query}")
        self.assertEqual((status, content_type), (200, "text/html; charset=utf-8"), text)
        return Page(text)

    def test_the_page_is_rendered_for_each_range(self) -> None:
        for inventory in ("group", "pair"):
            for name in RANGES:
                with self.subTest(inventory, range=name):
                    page = self.page(inventory, f"?range={name}")
                    current = [one["href"] for tag, one in page.elements if "aria-current" in one]
                    self.assertEqual(current, [f"?range={name}"])
                    self.assertNotRegex(page.text, "NaN|no value|Inf")

    def test_an_unknown_range_is_six_hours(self) -> None:
        for query in ("", "?range=", "?range=1y", "?range=6h%5D"):
            with self.subTest(query):
                body = next(one for tag, one in self.page(query=query).elements if tag == "body")
                self.assertEqual(body["data-range"], "6h")

    def test_the_page_says_without_javascript_what_is_true(self) -> None:
        page = self.page(query="?range=1h")
        self.assertIn("The site needs you now", page.text)
        for row in (
            r"^page NoPrimary – \d+ \w+ \d\d:\d\d$",
            r"^ticket ServerDrained web-01 \d+ \w+ \d\d:\d\d$",
            r"^web-01 replica online \d+ ms \d+(\.\d)? %$",
            r"^web-02 primary online – \d+(\.\d)? %$",
            r"^2xx \d+\.\d$",
            r"^99th percentile \d+ ms$",
            r"^site lb-01 71$",
            r"^as visitors see it www.foobar.com 71$",
            r"^\d+ \w+ \d\d:\d\d web-02 became primary$",
            r"^\d+ \w+ \d\d:\d\d web-01 runs version 1.1.0, release 91cc04d8e7ab$",
        ):
            with self.subTest(row):
                self.assertEqual(sum(bool(re.search(row, one)) for one in page.rows), 1, page.rows)
        # The server that lost its role did not get it.
        self.assertNotRegex("\n".join(page.rows), "web-01 became primary")

    def test_a_pair_shows_its_replication(self) -> None:
        rows = self.page("pair", "?range=1h").rows
        for row in (r"^web-01 replica runs ", r"^web-02 primary runs ", "web-02 became primary$"):
            with self.subTest(row):
                self.assertEqual(sum(bool(re.search(row, one)) for one in rows), 1, rows)

    def test_each_query_has_an_answer(self) -> None:
        for inventory in ("group", "pair"):
            for query in grafana_queries(inventory):
                with self.subTest(inventory, query=query):
                    answer = self.server.query(with_variables(query))
                    self.assertEqual(answer["status"], "success", answer)
                    if query not in [mark["expr"] for mark in grafana(inventory)["annotations"]["list"]]:
                        self.assertTrue(answer["data"]["result"], "no series")

    def test_each_change_is_one_mark(self) -> None:
        primary, release = (mark["expr"] for mark in grafana()["annotations"]["list"])
        for step in (15, 30, 300):
            with self.subTest(step=step):
                marks = self.server.query_range(primary.replace("$__interval", f"{step}s"), step)
                self.assertEqual([one["metric"]["instance"] for one in marks], ["web-02"])
                self.assertEqual(len(marks[0]["values"]), 1)
                self.assertAlmostEqual(marks[0]["values"][0][0], self.server.end - FAILOVER, delta=step + 15)
                marks = self.server.query_range(release.replace("$__interval", f"{step}s"), step)
                self.assertEqual(sorted(one["metric"]["instance"] for one in marks), ["web-01", "web-02"])
                self.assertEqual({one["metric"]["version"] for one in marks}, {"1.1.0"})
                self.assertEqual([len(one["values"]) for one in marks], [1, 1])

    def test_the_page_and_grafana_ask_the_same(self) -> None:
        for inventory in ("group", "pair"):
            with self.subTest(inventory):
                tables = [
                    target["expr"]
                    for panel in grafana(inventory)["panels"]
                    if panel["type"] == "table"
                    for target in panel["targets"]
                ]
                found = sorted(set(grafana_queries(inventory)) - set(tables))
                self.assertEqual(sorted(self.page(inventory).queries), found)
        self.assertIn("applier_queue", "\n".join(self.page("group").queries))
        self.assertNotIn("applier_queue", "\n".join(self.page("pair").queries))

    def test_each_heading_of_the_runbook_can_be_linked_to(self) -> None:
        page = rendered("group")["runbook.html"]
        headings = re.findall(r"(?m)^### (\w+)$", (DEPLOY / "MONITORING.md").read_text())
        self.assertEqual(re.findall(r'<h3 id="(\w+)">', page), [heading.lower() for heading in headings])
        self.assertIn("<p>Page. No database server accepts writes, ", page)
        self.assertIn("<code>promote.yml -e host=...</code>", page)
        self.assertNotRegex(page, r"[`*]{1,2}\w|\]\(")

    def test_the_script_and_the_style_are_served(self) -> None:
        for name, content_type in {"site.css": "text/css", "site.js": "text/javascript"}.items():
            status, found, text = self.server.get(f"/user/{name}")
            self.assertEqual((status, found.split(";")[0]), (200, content_type))
            self.assertEqual(text, (FILES / name).read_text())

    def test_the_page_runs_nothing_that_its_policy_forbids(self) -> None:
        page = self.page()
        policy = next(one["content"] for tag, one in page.elements if one.get("http-equiv"))
        self.assertTrue(policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; "), policy)
        for tag, attributes in page.elements:
            self.assertFalse(tag == "style" or (tag == "script" and "src" not in attributes), tag)
            self.assertEqual([name for name in attributes if name == "style" or name.startswith("on")], [])

    def test_each_table_has_a_caption_and_each_id_is_unique(self) -> None:
        page = self.page()
        tags = [tag for tag, _ in page.elements]
        self.assertEqual(tags.count("table"), tags.count("caption"))
        ids = [one["id"] for _, one in page.elements if "id" in one]
        self.assertEqual(sorted(ids), sorted(set(ids)))
        for _, one in page.elements:
            if "aria-labelledby" in one:
                self.assertIn(one["aria-labelledby"], ids)
            self.assertFalse("data-live" in one and "id" not in one, one)


class QuietDashboardTests(unittest.TestCase):
    def verdict(self, **options: Any) -> str:
        with tempfile.TemporaryDirectory() as directory:
            server = Server(Path(directory), hours=0.1, severities=[], **options)
            try:
                text = Page(server.get("/consoles/group.html")[2]).text
            finally:
                server.stop()
        return next(line for line in text.splitlines() if "well" in line.lower() and "?" not in line or "known" in line)

    def test_nothing_fires(self) -> None:
        self.assertEqual(self.verdict(), "All is well No alert fires.")

    def test_rules_that_are_not_evaluated_are_not_well(self) -> None:
        found = self.verdict(edit=lambda line: "" if "ALERTS" in line else line)
        self.assertRegex(found, "^Nothing is known ")


class FailedDatabasesTests(unittest.TestCase):
    """The text files are up to a minute old, and still have the roles of before."""

    def test_a_database_has_the_role_that_it_has_now(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            server = Server(Path(directory), hours=0.1, severities=[], edit=self.failed)
            try:
                group, pair = (Page(server.get(f"/consoles/{name}.html")[2]).rows for name in ("group", "pair"))
            finally:
                server.stop()
        for rows, row in (
            (group, r"^web-01 does not answer – "),
            (group, r"^web-02 – offline "),
            (group, r"^ops-01 replica online "),
            (pair, r"^web-01 does not answer – "),
            (pair, r"^web-02 replica runs "),
        ):
            with self.subTest(row):
                self.assertEqual(sum(bool(re.search(row, one)) for one in rows), 1, rows)

    def failed(self, line: str) -> str:
        """MySQL of web-01 has stopped; that of web-02, the primary, was killed and has just been started again."""
        if line.startswith("mysql_") and 'instance="web-01"' in line:
            return line.replace("} 1 ", "} 0 ") if line.startswith("mysql_up") else ""
        if line.startswith('mysql_global_variables_read_only{job="mysqld",instance="web-02"}'):
            return line.replace("} 0 ", "} 1 ")
        if 'instance="web-02",member_host="web-02"' in line:
            return line.replace("ONLINE", "OFFLINE").replace("PRIMARY", "")
        return line


class QueriesTests(unittest.TestCase):
    """As test_rules.py has it for the alert rules: what nobody exports is never seen."""

    maxDiff = None

    def queries(self) -> list[str]:
        found = [query for site in ("group", "pair") for query in (*grafana_queries(site), *template_queries(site))]
        return [with_variables(query) for query in dict.fromkeys(found)]

    def known(self) -> dict[str, set[str]]:
        recorded = {rule["record"]: set() for rule in all_rules() if "record" in rule}
        return exported() | recorded | {"ALERTS_FOR_STATE": {"alertname", "severity"}}

    def test_queries_name_only_metrics_that_are_exported(self) -> None:
        self.assertGreater(len(self.queries()), 50)
        for query in self.queries():
            with self.subTest(query):
                self.assertEqual(sorted(metrics_of(query) - self.known().keys()), [])

    def test_selectors_name_only_labels_that_are_exported(self) -> None:
        metrics = self.known()
        for query in self.queries():
            for name, labels in re.findall(r"([a-zA-Z_][\w:]*)\{([^}]*)\}", query):
                used = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", re.sub(r'"[^"]*"', '""', labels)))
                with self.subTest(query, metric=name):
                    self.assertEqual(sorted(used - metrics[name] - OWN_LABELS), [])

    def test_the_fake_metrics_have_series_as_the_exporters_write_them(self) -> None:
        metrics = self.known()
        site = FakeMetrics(0, 0, failover=0, deployment=0, severities=["page", "ticket"])
        for series in {name for name, _ in site.series()}:
            name, labels = parse_series(series)
            with self.subTest(series):
                self.assertIn(name, metrics)
                self.assertEqual(sorted(labels - metrics[name] - OWN_LABELS), [])


class GrafanaTests(unittest.TestCase):
    def test_panels_have_what_grafana_reads(self) -> None:
        dashboard = grafana()
        self.assertGreaterEqual(
            set(dashboard), {"uid", "title", "schemaVersion", "panels", "templating", "annotations", "time"}
        )  # fmt: skip
        (source,) = dashboard["templating"]["list"]
        self.assertEqual((source["name"], source["type"], source["query"]), ("datasource", "datasource", "prometheus"))
        ids = [panel["id"] for panel in dashboard["panels"]]
        self.assertEqual(sorted(ids), sorted(set(ids)))
        for panel in dashboard["panels"]:
            if panel["type"] != "row":
                with self.subTest(panel["title"]):
                    self.assertIn(panel["type"], ("stat", "timeseries", "table"))
                    for target in (panel, *panel["targets"]):
                        self.assertEqual(target["datasource"], {"type": "prometheus", "uid": "${datasource}"})
                    letters = [target["refId"] for target in panel["targets"]]
                    self.assertEqual(letters, sorted(set(letters)))

    def test_panels_do_not_overlap(self) -> None:
        taken: set[tuple[int, int]] = set()
        for panel in grafana()["panels"]:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24)
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            self.assertFalse(cells & taken, panel["title"])
            taken |= cells


if __name__ == "__main__":
    unittest.main()
