"""The base class of the tests of the status."""

import unittest

from site_builder import SiteBuilder

WIDTH = 100  # of a terminal


class StatusTestCase(unittest.TestCase):
    """Runs all checks on sites, so that a finding of one check is shown to be none of another's."""

    maxDiff = None

    def assert_healthy(self, sites: dict[str, SiteBuilder]) -> None:
        for title, site in sites.items():
            with self.subTest(title):
                self.assertEqual(site.findings(), [])

    def assert_unhealthy(self, sites: dict[str, tuple[SiteBuilder, list[str]]]) -> None:
        for title, (site, findings) in sites.items():
            with self.subTest(title):
                self.assertEqual(site.findings(), findings)

    def assert_fits_terminal(self, sites: dict[str, tuple[SiteBuilder, list[str]]]) -> None:
        """Commands are longer, because an operator copies them."""
        for title, (site, _) in sites.items():
            lines = [line for finding in site.formatted_findings() for line in finding.splitlines()]
            sentences = [line for line in lines if not line.startswith("    ")]
            with self.subTest(title):
                self.assertLessEqual(max(map(len, [*site.table().splitlines(), *sentences])), WIDTH)
