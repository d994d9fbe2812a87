"""Which roles include which: the dependencies of roles point in one direction."""

import graphlib
import unittest
from collections.abc import Iterator
from pathlib import Path

import yaml

ROLES = Path(__file__).parents[1] / "roles"
INCLUDES = {
    f"{prefix}{action}" for prefix in ("", "ansible.builtin.") for action in ("include_role", "import_role")
}


def mappings(node: object) -> Iterator[dict]:
    """Yields each mapping of a YAML document, also those in blocks and lists."""
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from mappings(child)


def included_roles(role: Path) -> set[str]:
    """Returns the roles that a role includes in its tasks and handlers, or has as dependencies."""
    names = set()
    for file in [*role.glob("tasks/**/*.yml"), *role.glob("handlers/**/*.yml")]:
        for task in mappings(yaml.safe_load(file.read_text())):
            names |= {task[action]["name"] for action in INCLUDES & task.keys()}
    meta = role / "meta/main.yml"
    dependencies = yaml.safe_load(meta.read_text()).get("dependencies", []) if meta.exists() else []
    return (names | {dependency["role"] for dependency in dependencies}) - {role.name}


class RoleDependencyTests(unittest.TestCase):
    roles = {role.name: included_roles(role) for role in ROLES.iterdir() if role.is_dir()}

    def test_includes_are_found(self) -> None:
        self.assertIn("haproxy_drain", self.roles["keepalived"])  # by a task in a block

    def test_each_included_role_exists(self) -> None:
        """This also finds a role whose name is a template, which the next test would not follow."""
        self.assertEqual(set(), set().union(*self.roles.values()) - self.roles.keys())

    def test_no_role_includes_itself_by_another_one(self) -> None:
        try:
            graphlib.TopologicalSorter(self.roles).prepare()
        except graphlib.CycleError as error:
            # The sorter lists a role after those that it includes.
            self.fail(f"roles include each other in a circle: {' -> '.join(reversed(error.args[1]))}")


if __name__ == "__main__":
    unittest.main()
