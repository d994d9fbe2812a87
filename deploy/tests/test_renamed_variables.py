"""The messages about variables that have a new name."""

import re
import sys
import unittest
from pathlib import Path

DEPLOY = Path(__file__).parents[1]
sys.path.insert(0, str(DEPLOY / "plugins" / "filter"))

from renamed_variables import NEW_NAMES, renamed_variables  # noqa: E402


class RenamedVariablesTests(unittest.TestCase):
    def test_new_names_pass(self) -> None:
        self.assertEqual(renamed_variables({"web-01": {"mysql_timeout_seconds": 30}, "lb-01": {}}), [])

    def test_an_old_name_is_refused_once_with_the_new_name(self) -> None:
        hosts = {"lb-01": {}, "web-01": {"mysql_patience_seconds": 60}, "web-02": {"mysql_patience_seconds": 60}}
        self.assertEqual(
            renamed_variables(hosts),
            ["mysql_patience_seconds is called mysql_timeout_seconds now: rename it, where you set it"],
        )

    def test_each_new_name_is_a_variable_of_a_role_and_no_old_name_is(self) -> None:
        files = DEPLOY.glob("roles/*/defaults/main.yml")
        variables = {name for file in files for name in re.findall(r"(?m)^(\w+):", file.read_text())}
        self.assertLessEqual(set(NEW_NAMES.values()), variables)
        self.assertFalse(set(NEW_NAMES) & variables)


if __name__ == "__main__":
    unittest.main()
