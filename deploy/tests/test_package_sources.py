"""The package sources and their pins are the same in the role apt, in the examples and in the images."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[1]
ROLE = DEPLOY / "roles" / "apt"


class PackageSourcesTests(unittest.TestCase):
    def test_the_examples_have_the_default_of_the_role(self) -> None:
        for example in ("example", "example-three"):
            site = DEPLOY / "inventory" / example / "group_vars" / "all" / "site.yml"
            self.assertEqual(yaml.safe_load(site.read_text())["apt_sources"], self.sources())

    def test_the_images_have_the_pins_of_the_role(self) -> None:
        (source,) = self.sources()
        written = DEPLOY / "image" / "apt" / f"foobar-{source['name']}"
        self.assertEqual(written.read_text(), self.preferences(source))

    def test_a_vendors_repository_is_pinned_by_its_host(self) -> None:
        source = {"name": "mysql", "packages": ["mysql-*"], "key": "-----BEGIN", "uris": ["https://mysql.example/apt"]}
        self.assertEqual(
            self.preferences(source),
            "# What apt may take from the source mysql: only this; written by the playbook.\n"
            '\nPackage: *\nPin: origin "mysql.example"\nPin-Priority: -10\n'
            '\nPackage: mysql-*\nPin: origin "mysql.example"\nPin-Priority: 990\n',
        )

    def sources(self) -> list[dict[str, Any]]:
        return yaml.safe_load((ROLE / "defaults" / "main.yml").read_text())["apt_sources"]

    def preferences(self, source: dict[str, Any]) -> str:
        """The preferences that the role writes."""
        with tempfile.TemporaryDirectory() as directory:
            target = Path(directory) / "preferences"
            subprocess.run(
                ["ansible", "localhost", "--inventory", "localhost,", "--connection", "local",
                 "--module-name", "ansible.builtin.template",
                 "--args", f"src={ROLE}/templates/preferences.j2 dest={target}",
                 "--extra-vars", json.dumps({"item": source})],
                check=True, capture_output=True, env={**os.environ, "ANSIBLE_CONFIG": str(DEPLOY / "ansible.cfg")},
            )  # fmt: skip
            return target.read_text()


if __name__ == "__main__":
    unittest.main()
