"""The base class of the tests of the inventory's checks."""

import unittest

from inventory_builder import InventoryBuilder


class InventoryTestCase(unittest.TestCase):
    """Runs all checks on inventories, so that a fault of one check is shown to be none of another's."""

    def assert_valid(self, inventories: dict[str, InventoryBuilder]) -> None:
        for title, inventory in inventories.items():
            with self.subTest(title):
                self.assertEqual(inventory.faults(), [])

    def assert_faulty(self, inventories: dict[str, tuple[InventoryBuilder, str]]) -> None:
        for title, (inventory, fault) in inventories.items():
            with self.subTest(title):
                self.assertEqual(inventory.faults(), [fault])
