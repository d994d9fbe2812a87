"""The limits of the received journals, and who may send them."""

import unittest

from inventory_builder import MONITORING, SSH, InventoryBuilder, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import FIREWALL, SITE

SIZE = "write a whole number with M, G or T, 64M at least, such as 4G"
DAYS = "write a whole number of days, from 2 to 3650, such as 14"
ROW = "write - { to: ops, from: all, tcp: [19532] }"
CLOSED = [row for row in MONITORING if row["to"] != "ops"]


def firewall(*rows: dict) -> InventoryBuilder:
    return valid().monitored(firewall_table=[SSH, *CLOSED, *rows])


VALID = {
    "no limits of the received journals": valid().monitored(),
    "the smallest and the fewest": valid().monitored(journal_remote_max_use="64M", journal_remote_max_days=2),
    "the largest and the most": valid().monitored(journal_remote_max_use="1T", journal_remote_max_days="3650"),
    "limits that nobody reads": valid().variable(journal_remote_max_use="much", journal_remote_max_days=0),
    "a row for each group of senders": firewall({"to": "ops", "from": ["balancer", "web"], "tcp": [19532]}),
    "a row to all": firewall({"to": "all", "from": "all", "tcp": [19532]}),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "a size without a unit": (
        valid().monitored(journal_remote_max_use=4096),
        f"{SITE}: journal_remote_max_use is [4096], which is no size: {SIZE}",
    ),
    "a size in Prometheus' notation": (
        valid().monitored(journal_remote_max_use="4GB"),
        f"{SITE}: journal_remote_max_use is [4GB], which is no size: {SIZE}",
    ),
    "an empty size": (
        valid().monitored(journal_remote_max_use=""),
        f"{SITE}: journal_remote_max_use is [], which is no size: {SIZE}",
    ),
    "too small a size": (
        valid().monitored(journal_remote_max_use="63M"),
        f"{SITE}: journal_remote_max_use is [63M], which is too little for the journals of several servers: {SIZE}",
    ),
    "too few days": (
        valid().monitored(journal_remote_max_days=1),
        f"{SITE}: journal_remote_max_days is [1]: {DAYS}",
    ),
    "days with a unit": (
        valid().monitored(journal_remote_max_days="14d"),
        f"{SITE}: journal_remote_max_days is [14d]: {DAYS}",
    ),
    "no row for the senders": (
        firewall(),
        f"{FIREWALL}: no row lets lb-01, web-01, web-02 send the journal to ops-01, at port [19532]: {ROW}",
    ),
    "a row for some of the senders": (
        firewall({"to": "ops", "from": "web", "tcp": [19532]}),
        f"{FIREWALL}: no row lets lb-01 send the journal to ops-01, at port [19532]: {ROW}",
    ),
    "a row to another group": (
        firewall({"to": "balancer", "from": "all", "tcp": [19532]}),
        f"{FIREWALL}: no row lets lb-01, web-01, web-02 send the journal to ops-01, at port [19532]: {ROW}",
    ),
}


class JournalsTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
