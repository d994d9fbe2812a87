"""The tests that the status's checks share. All checks run on each site, so that a finding of one is no other's."""

import unittest

from site_builder import SiteBuilder

WIDTH = 100  # of a terminal


class StatusTestCase(unittest.TestCase):
    maxDiff = None


class HealthySites:
    """Adds the test of sites without a finding to a test case."""

    healthy: dict[str, SiteBuilder]

    def test_a_healthy_site_has_no_finding(self) -> None:
        for title, site in self.healthy.items():
            with self.subTest(title):
                self.assertEqual(site.findings(), [])


class UnhealthySites:
    """Adds the tests of sites with findings to a test case."""

    unhealthy: dict[str, tuple[SiteBuilder, list[str]]]

    def test_each_problem_is_found_once_with_what_to_run(self) -> None:
        for title, (site, findings) in self.unhealthy.items():
            with self.subTest(title):
                self.assertEqual(site.findings(), findings)

    def test_the_output_fits_a_terminal(self) -> None:
        """Commands are longer, because an operator copies them."""
        for title, (site, _) in self.unhealthy.items():
            lines = [line for finding in site.formatted_findings() for line in finding.splitlines()]
            sentences = [line for line in lines if not line.startswith("    ")]
            with self.subTest(title):
                self.assertLessEqual(max(map(len, [*site.table().splitlines(), *sentences])), WIDTH)
