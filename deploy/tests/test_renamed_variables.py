"""What an operator is told about variables and tags that have a new name."""

import re
import sys
import unittest
from pathlib import Path

DEPLOY = Path(__file__).parents[1]
sys.path.insert(0, str(DEPLOY / "plugins" / "filter"))

from renamed_variables import NEW_NAMES, NEW_TAGS, renamed_tags, renamed_variables  # noqa: E402


class RenamedVariablesTests(unittest.TestCase):
    def test_new_names_pass(self) -> None:
        self.assertEqual(renamed_variables({"web-01": {"mysql_timeout_seconds": 30}, "lb-01": {}}), [])

    def test_an_old_name_is_refused_once_with_the_new_name(self) -> None:
        hosts = {"lb-01": {}, "web-01": {"mysql_patience_seconds": 60}, "web-02": {"mysql_patience_seconds": 60}}
        self.assertEqual(
            renamed_variables(hosts),
            ["mysql_patience_seconds is called mysql_timeout_seconds now: rename it, where you set it"],
        )

    def test_an_old_value_is_refused_once_with_the_new_value(self) -> None:
        self.assertEqual(renamed_variables({"lb-01": {"https_certificate": "internal"}}), [])
        self.assertEqual(
            renamed_variables({host: {"https_certificate": "authority"} for host in ("lb-01", "lb-02")}),
            ["https_certificate: authority is called internal now: write https_certificate: internal"],
        )

    def test_each_new_name_is_a_variable_of_a_role_and_no_old_name_is(self) -> None:
        files = DEPLOY.glob("roles/*/meta/argument_specs.yml")
        variables = {name for file in files for name in re.findall(r"(?m)^      (\w+):$", file.read_text())}
        self.assertLessEqual(set(NEW_NAMES.values()), variables)
        self.assertFalse(set(NEW_NAMES) & variables)

    def test_an_old_tag_is_refused_with_the_new_one(self) -> None:
        self.assertEqual(renamed_tags(["all"], "--tags"), [])
        self.assertEqual(
            renamed_tags(["haproxy", "https"], "--skip-tags"),
            ["the tag https is called tls_public now: write --skip-tags tls_public"],
        )

    def test_each_new_tag_is_a_role_and_no_old_tag_is(self) -> None:
        roles = {role.name for role in DEPLOY.joinpath("roles").iterdir()}
        self.assertLessEqual(set(NEW_TAGS.values()), roles)
        self.assertFalse(set(NEW_TAGS) & roles)


if __name__ == "__main__":
    unittest.main()
