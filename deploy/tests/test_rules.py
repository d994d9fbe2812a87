"""The alert rules: rendered for a group, a pair, and a site without virtual addresses, and tested by promtool.

metrics/ has what the exporters of Debian 13 really export, which metrics/collect writes anew. A rule or a test that
names anything else is refused, because a rule on a metric that nobody exports never fires.
"""

import functools
import json
import re
import shutil
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from ansible_playbook import DEPLOY, render

TESTS = DEPLOY / "tests" / "rules"
RUNBOOK = DEPLOY / "MONITORING.md"
SEVERITIES = ("page", "ticket")
# What Prometheus itself adds: up to each target, and these labels to each metric.
OWN_METRICS = {"up": set(), "ALERTS": {"alertname", "alertstate", "severity"}}
OWN_LABELS = {"instance", "job", "address"}
# Words of the query language that are neither followed by a parenthesis nor a metric.
KEYWORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"}


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, text=True, timeout=600, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options
    )


@functools.cache
def rendered(inventory: str, *variables: str) -> dict[str, str]:
    """The rule files by their names."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "rules.json"
        extra_variables = (word for variable in (f"file={file}", *variables) for word in ("-e", variable))
        render("render-rules.yml", "-i", f"inventory/lab/{inventory}.yml", *extra_variables, timeout=600)
        return json.loads(file.read_text())


def sites() -> dict[str, dict[str, str]]:
    return {
        "group": rendered("group"),
        "pair": rendered("pair"),
        "no virtual addresses": rendered("group", '{"virtual_addresses": []}'),
    }


def rules(files: dict[str, str]) -> Iterator[dict[str, Any]]:
    for text in files.values():
        for group in yaml.safe_load(text)["groups"]:
            yield from group["rules"]


def alerts(files: dict[str, str]) -> list[dict[str, Any]]:
    return [rule for rule in rules(files) if "alert" in rule]


def all_rules() -> list[dict[str, Any]]:
    return [rule for files in sites().values() for rule in rules(files)]


def all_alerts() -> list[dict[str, Any]]:
    return [rule for rule in all_rules() if "alert" in rule]


def test_files() -> dict[Path, dict[str, Any]]:
    return {path: yaml.safe_load(path.read_text()) for path in sorted(TESTS.glob("**/*.yml"))}


def exported() -> dict[str, set[str]]:
    """The metrics of all exporters, each with the names of its labels."""
    metrics = {name: set(labels) for name, labels in OWN_METRICS.items()}
    for path in (DEPLOY / "tests" / "metrics").glob("*.txt"):
        for line in path.read_text().splitlines():
            if not line.startswith("#"):
                name, labels = parse_series(line.rpartition(" ")[0])
                metrics.setdefault(name, set()).update(labels)
    return metrics


def parse_series(series: str) -> tuple[str, set[str]]:
    name, _, labels = series.partition("{")
    return name.strip(), set(re.findall(r'(\w+)="(?:[^"\\]|\\.)*"', labels))


def metrics_of(expression: str) -> set[str]:
    """The names of the metrics in an expression of the query language."""
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', expression)
    text = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", text)
    text = re.sub(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "", text)
    text = re.sub(r"\boffset\s+\w+", "", text)
    names = re.findall(r"(?<![\w:.])[a-zA-Z_:][\w:]*(?!\w|:|\s*\()", text)
    return {name for name in names if name not in KEYWORDS}


class RulesTests(unittest.TestCase):
    maxDiff = None

    def test_promtool_accepts_the_rules_of_each_site(self) -> None:
        for title, files in sites().items():
            with self.subTest(title), tempfile.TemporaryDirectory() as directory:
                paths = self.write(files, directory)
                result = run("promtool", "check", "rules", *paths)
                self.assertEqual(result.returncode, 0, result.stdout)

    def test_each_alert_fires_and_stays_silent_as_its_tests_say(self) -> None:
        for path in test_files():
            site = "pair" if path.parent.name == "pair" else "group"
            with self.subTest(str(path.relative_to(TESTS))), tempfile.TemporaryDirectory() as directory:
                self.write(sites()[site], directory)
                shutil.copy(path, Path(directory) / "tests.yml")
                result = run("promtool", "test", "rules", "tests.yml", cwd=directory)
                self.assertEqual(result.returncode, 0, result.stdout)

    def test_each_alert_has_a_test_that_it_fires_and_one_that_it_does_not(self) -> None:
        fires, silent = set(), set()
        for test in (test for file in test_files().values() for test in file["tests"]):
            alert = test["name"].partition(":")[0]
            for check in test["promql_expr_test"]:
                expected = {
                    re.search(r'alertname="(\w+)"', sample["labels"])[1] for sample in check["exp_samples"]
                }  # fmt: skip
                fires |= expected
                silent |= {alert} - expected
        names = {rule["alert"] for rule in all_alerts()}
        self.assertEqual(sorted(names - fires), [], "no test lets these fire")
        self.assertEqual(sorted(names - silent - {"Watchdog"}), [], "no test shows when these do not fire")
        self.assertEqual(sorted((fires | silent) - names), [], "there are no such alerts")

    def test_each_alert_has_a_severity_and_says_what_to_do(self) -> None:
        for rule in all_alerts():
            with self.subTest(rule["alert"]):
                severities = ("none",) if rule["alert"] == "Watchdog" else SEVERITIES
                self.assertIn(rule["labels"]["severity"], severities)
                self.assertEqual(sorted(rule["annotations"]), ["description", "runbook_url", "summary"])
                self.assertRegex(rule["annotations"]["summary"], r"[.]$")
                self.assertRegex(rule["annotations"]["description"], r"[.]$")
                page, _, section = rule["annotations"]["runbook_url"].partition("#")
                self.assertRegex(page, r"^https://[0-9a-z.-]+:9090/user/runbook[.]html$")
                self.assertEqual(section, rule["alert"].lower())

    def test_the_runbook_has_a_paragraph_for_each_alert_and_no_other(self) -> None:
        sections = re.findall(r"(?m)^### (\w+)\n\n(\S.*)$", RUNBOOK.read_text())
        headings = re.findall(r"(?m)^### (.*)$", RUNBOOK.read_text())
        self.assertEqual(headings, [name for name, _ in sections], "a heading without a paragraph")
        self.assertEqual(sorted(headings), sorted({rule["alert"] for rule in all_alerts()}))

    def test_rules_name_only_metrics_that_are_exported(self) -> None:
        known = exported().keys() | {rule["record"] for rule in all_rules() if "record" in rule}
        for rule in all_rules():
            with self.subTest(rule.get("alert") or rule["record"]):
                self.assertEqual(sorted(metrics_of(rule["expr"]) - known), [])

    def test_selectors_name_only_labels_that_are_exported(self) -> None:
        metrics = exported()
        for rule in all_rules():
            for name, labels in re.findall(r"([a-zA-Z_][\w:]*)\{([^}]*)\}", rule["expr"]):
                used = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", re.sub(r'"[^"]*"', '""', labels)))
                with self.subTest(rule.get("alert") or rule["record"], metric=name):
                    self.assertEqual(sorted(used - metrics.get(name, set()) - OWN_LABELS), [])

    def test_tests_have_series_as_the_exporters_write_them(self) -> None:
        metrics = exported()
        for path, file in test_files().items():
            for test in file["tests"]:
                for series in test.get("input_series", []):
                    name, labels = parse_series(series["series"])
                    with self.subTest(path.name, series=series["series"]):
                        self.assertIn(name, metrics)
                        self.assertEqual(sorted(labels - metrics[name] - OWN_LABELS), [])

    def test_each_threshold_is_used(self) -> None:
        defaults = yaml.safe_load((DEPLOY / "roles" / "thresholds" / "defaults" / "main.yml").read_text())
        specs = yaml.safe_load((DEPLOY / "roles" / "thresholds" / "meta" / "argument_specs.yml").read_text())
        options = specs["argument_specs"]["main"]["options"]
        self.assertEqual({name: option["default"] for name, option in options.items()}, defaults)
        templates = (DEPLOY / "roles" / "prometheus" / "templates" / "rules").glob("*.j2")
        text = "\n".join(path.read_text() for path in templates)
        self.assertEqual([name for name in defaults if not re.search(rf"\b{name}\b", text)], [])

    def test_each_virtual_address_has_an_alert(self) -> None:
        counts = {
            title: sum(rule["alert"] == "VirtualAddressHolders" for rule in alerts(files))
            for title, files in sites().items()
        }
        self.assertEqual(counts, {"group": 2, "pair": 2, "no virtual addresses": 0})

    def test_a_virtual_address_is_written_as_the_exporter_writes_it(self) -> None:
        files = rendered("group", '{"virtual_addresses": ["FD80:0088:0:0::10"]}')
        self.assertIn('node_network_address_info{address="fd80:88::10"}', files["balancers.yml"])

    def write(self, files: dict[str, str], directory: str) -> list[str]:
        paths = [Path(directory) / name for name in files]
        for path in paths:
            path.write_text(files[path.name])
        return [str(path) for path in paths]


if __name__ == "__main__":
    unittest.main()
