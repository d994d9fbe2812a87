"""Checks the settings of the journals that the server in the group ops keeps, and that every server can send its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plugin_utils.inventory.firewall_table import EVERY_SERVER, applies_to, table_of
from plugin_utils.inventory.model import FIREWALL, SITE, Faults, Inventory, parse_number, text, texts

MAX_USE, MAX_DAYS = "journal_remote_max_use", "journal_remote_max_days"
SIZE = re.compile(r"[1-9][0-9]*[MGT]")
SMALLEST_MEGABYTES = 64  # eight files of systemd's smallest size
MEGABYTES = {"M": 1, "G": 1024, "T": 1024 * 1024}
DAYS = range(2, 3651)
PORT = "19532"


def check_journal_limits(inventory: Inventory) -> Faults:
    if not inventory.members("ops"):
        return
    size = text(inventory.site, MAX_USE)
    write = "write a whole number with M, G or T, 64M at least, such as 4G"
    if MAX_USE in inventory.site and not SIZE.fullmatch(size):
        yield f"{SITE}: {MAX_USE} is [{size}], which is no size: {write}"
    elif size and int(size[:-1]) * MEGABYTES[size[-1]] < SMALLEST_MEGABYTES:
        yield f"{SITE}: {MAX_USE} is [{size}], which is too little for the journals of several servers: {write}"
    days = text(inventory.site, MAX_DAYS)
    if MAX_DAYS in inventory.site and parse_number(days) not in DAYS:
        yield f"{SITE}: {MAX_DAYS} is [{days}]: write a whole number of days, from 2 to 3650, such as 14"


def check_journal_access(inventory: Inventory) -> Faults:
    if not inventory.site.get("firewall_table"):
        return
    for receiver in inventory.members("ops"):
        senders = [host for host in inventory.members("all") if host != receiver]
        closed = [host for host in senders if not lets_in(inventory, receiver, host)]
        if closed:
            yield (
                f"{FIREWALL}: no row lets {', '.join(closed)} send the journal to {receiver}, at port [{PORT}]: "
                f"write - {{ to: ops, from: all, tcp: [{PORT}] }}"
            )


def lets_in(inventory: Inventory, receiver: str, host: str) -> bool:
    rows = [row for row in table_of(inventory, receiver) if isinstance(row, Mapping)]
    return any(
        PORT in texts(row, "tcp")
        and applies_to(inventory, row, receiver)
        and any(source == EVERY_SERVER or host in inventory.members(source) for source in texts(row, "from"))
        for row in rows
    )
