"""Writes addresses as programs do: an IPv6 address has many spellings, and metrics contain one of them."""

from __future__ import annotations

import ipaddress
from typing import Any


def canonical_addresses(addresses: str | list[str]) -> list[str]:
    """The addresses of the setting, which may be a single one, in their canonical form."""
    return [str(ipaddress.ip_address(one)) for one in ([addresses] if isinstance(addresses, str) else addresses)]


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"canonical_addresses": canonical_addresses}
