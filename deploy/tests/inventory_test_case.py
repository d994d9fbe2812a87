"""The tests that the inventory's checks share. All checks run on each one, so that a fault of one is no other's."""

from inventory_builder import InventoryBuilder


class ValidInventories:
    """Adds the test of inventories without a fault to a test case."""

    valid: dict[str, InventoryBuilder]

    def test_a_valid_inventory_has_no_fault(self) -> None:
        for title, inventory in self.valid.items():
            with self.subTest(title):
                self.assertEqual(inventory.faults(), [])


class FaultyInventories:
    """Adds the test of inventories with one fault to a test case."""

    faulty: dict[str, tuple[InventoryBuilder, str]]

    def test_each_fault_has_one_message(self) -> None:
        for title, (inventory, fault) in self.faulty.items():
            with self.subTest(title):
                self.assertEqual(inventory.faults(), [fault])
