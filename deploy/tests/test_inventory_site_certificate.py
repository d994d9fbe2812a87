"""The certificate that visitors see: its source, and what that needs."""

import unittest

from inventory_builder import InventoryBuilder, pem, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import SITE

EMAIL = "write https_acme_email: with your address, to which the ACME server may send mail"

VALID = {
    "a certificate by ACME": valid().acme(),
    "a certificate by ACME for another name": valid().acme(site_url="http://localhost", haproxy_name="www.foobar.test"),
    "a certificate from files": valid().variable(
        https_certificate="files", https_certificate_file="/root/fullchain.pem", https_key_file="/root/key.pem"
    ),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no certificate": (
        valid().variable(https_certificate=None),
        f"{SITE} has no https_certificate: write https_certificate: with one of acme, files, internal",
    ),
    "an unknown certificate": (
        valid().variable(https_certificate="letsencrypt"),
        f"{SITE}: https_certificate is [letsencrypt]: write https_certificate: with one of acme, files, internal",
    ),
    "no email": (valid().acme(https_acme_email=None), f"{SITE} has no https_acme_email: {EMAIL}"),
    "an email with the example's value": (
        valid().acme(https_acme_email="change-me@example.com"),
        f"{SITE}: https_acme_email is [change-me@example.com], which is the example's value: {EMAIL}",
    ),
    "an email of an example domain": (
        valid().acme(https_acme_email="me@example.org"),
        f"{SITE}: https_acme_email is [me@example.org], which is the example's value: {EMAIL}",
    ),
    "an invalid email": (
        valid().acme(https_acme_email="me"),
        f"{SITE}: https_acme_email is [me], which is no address: {EMAIL}",
    ),
    "ACME for a local name": (
        valid().acme(site_url="http://localhost:8088"),
        f"{SITE}: https_certificate is acme, and no ACME server issues a certificate for [localhost]: "
        f"write a name in site_url that is in the public DNS, or https_certificate: internal",
    ),
    "ACME for an IP address": (
        valid().acme(site_url="https://10.0.0.11"),
        f"{SITE}: https_certificate is acme, and no ACME server issues a certificate for [10.0.0.11]: "
        f"write a name in site_url that is in the public DNS, or https_certificate: internal",
    ),
    "a certificate without its file": (
        valid().variable(https_certificate="files", https_key_file="/root/key.pem"),
        f"{SITE} has no https_certificate_file: write https_certificate_file: "
        f"with its path on the machine that you run this on",
    ),
    "a certificate without its key": (
        valid().variable(https_certificate="files", https_certificate_file="/root/fullchain.pem"),
        f"{SITE} has no https_key_file: write https_key_file: with its path on the machine that you run this on",
    ),
}


class SiteCertificateTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
