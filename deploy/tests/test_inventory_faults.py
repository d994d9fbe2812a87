"""The faults of all checks together."""

import unittest

from inventory_builder import valid


class InventoryFaultsTests(unittest.TestCase):
    def test_all_faults_are_found_at_once(self) -> None:
        inventory = valid().host("web-01", address=None, mysql_server_id=0)
        inventory.variable(own_networks=None, mysql_topology="x")
        self.assertEqual(len(inventory.faults()), 4)


if __name__ == "__main__":
    unittest.main()
