"""Checks the settings of the certificate that visitors see: its source, and what that source needs."""

from __future__ import annotations

import re

from plugin_utils.inventory.model import EXAMPLE_DOMAIN, PLACEHOLDER, SITE, Faults, Inventory, parse_address, text
from plugin_utils.inventory.site_address import site_host_name

SOURCES = ("acme", "files", "internal")
FILES = ("https_certificate_file", "https_key_file")


def check_https_certificate(inventory: Inventory) -> Faults:
    value = text(inventory.site, "https_certificate")
    write = f"write https_certificate: with one of {', '.join(SOURCES)}"
    if not value:
        yield f"{SITE} has no https_certificate: {write}"
    elif value not in SOURCES:
        yield f"{SITE}: https_certificate is [{value}]: {write}"
    elif value == "acme":
        yield from email_faults(text(inventory.site, "https_acme_email"))
        yield from acme_name_faults(text(inventory.site, "haproxy_name") or site_host_name(inventory))
    elif value == "files":
        for name in (name for name in FILES if not text(inventory.site, name)):
            yield f"{SITE} has no {name}: write {name}: with its path on the machine that you run this on"


def email_faults(email: str) -> Faults:
    write = "write https_acme_email: with your address, to which the ACME server may send mail"
    if not email:
        yield f"{SITE} has no https_acme_email: {write}"
    elif PLACEHOLDER in email or EXAMPLE_DOMAIN.fullmatch(email.rpartition("@")[2]):
        yield f"{SITE}: https_acme_email is [{email}], which is the example's value: {write}"
    elif not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield f"{SITE}: https_acme_email is [{email}], which is no address: {write}"


def acme_name_faults(name: str) -> Faults:
    if name and ("." not in name or parse_address(name)):
        yield (
            f"{SITE}: https_certificate is acme, and no ACME server issues a certificate for [{name}]: "
            f"write a name in site_url that is in the public DNS, or https_certificate: internal"
        )
