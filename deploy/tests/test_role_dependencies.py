"""How roles include each other: in one direction, and with variables that the included role describes."""

import graphlib
import unittest
from collections.abc import Iterator
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parents[1]
ROLES = DEPLOY / "roles"
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


def calls_with_variables() -> Iterator[tuple[str, str, str, set[str]]]:
    """Yields the file, the role, the entry point and the variables of each task that includes a role with variables."""
    for file in [*DEPLOY.glob("*.yml"), *DEPLOY.glob("playbooks/*.yml"), *ROLES.glob("*/tasks/*.yml")]:
        for task in mappings(yaml.safe_load(file.read_text())):
            for action in INCLUDES & task.keys() if "vars" in task else ():
                call = task[action]
                yield file.name, call["name"], call.get("tasks_from", "main"), set(task["vars"])


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


class RoleArgumentTests(unittest.TestCase):
    def test_each_entry_point_describes_the_variables_that_it_is_called_with(self) -> None:
        """Ansible validates only entry points that the role's argument_specs.yml has."""
        called = list(calls_with_variables())
        self.assertGreater(len(called), 10)
        for file, role, entry_point, variables in called:
            with self.subTest(f"{file} calls {entry_point} of {role}"):
                specs = yaml.safe_load((ROLES / role / "meta/argument_specs.yml").read_text())["argument_specs"]
                self.assertLessEqual(variables, specs[entry_point]["options"].keys())


if __name__ == "__main__":
    unittest.main()
