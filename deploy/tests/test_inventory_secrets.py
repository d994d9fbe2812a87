"""Passwords and keys."""

import unittest

from inventory_builder import InventoryBuilder, pem, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import SECRETS
from plugin_utils.inventory.secrets import MAKE_ACCOUNT_KEY, MAKE_CA

PASSWORD = "with what this prints: openssl rand -hex 16"
TOKEN_KEY = "application_token_key: with what this prints: openssl rand -base64 32"
CERTIFICATE = f"tls_ca_certificate: |, and below it, indented, ca.pem of: {MAKE_CA}"
CA_KEY = f"tls_ca_key: |, and below it, indented, ca.key of: {MAKE_CA}"
ACCOUNT_KEY = f"https_acme_account_key: |, and below it, indented, what this prints: {MAKE_ACCOUNT_KEY}"

VALID = {
    "two token keys": valid().variable(
        application_token_key="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
        ",ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
    ),
    "two CAs": valid().variable(tls_ca_certificate=pem("CERTIFICATE") * 2),
    "a CA with text before its PEM block": valid().variable(
        tls_ca_certificate="CN=foobar\n" + pem("CERTIFICATE")
    ),
    "a key with EC parameters": valid().variable(tls_ca_key=pem("EC PARAMETERS") + pem("EC PRIVATE KEY")),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "a password with the example's value": (
        valid().variable(mysql_monitor_password="change-me"),
        f"{SECRETS}: mysql_monitor_password still has the example's value: write mysql_monitor_password: {PASSWORD}",
    ),
    "an example made longer": (
        valid().variable(mysql_monitor_password="change-me-change-me"),
        f"{SECRETS}: mysql_monitor_password still has the example's value: write mysql_monitor_password: {PASSWORD}",
    ),
    "a password missing": (
        valid().variable(mysql_replication_password=None),
        f"{SECRETS} has no mysql_replication_password: write mysql_replication_password: {PASSWORD}",
    ),
    "a password too short": (
        valid().variable(mysql_migration_password="0123456789abcde"),
        f"{SECRETS}: mysql_migration_password has 15 characters, not 16 to 32: write mysql_migration_password: "
        f"{PASSWORD}",
    ),
    "a password too long": (
        valid().variable(mysql_migration_password="a" * 33),
        f"{SECRETS}: mysql_migration_password has 33 characters, not 16 to 32: write mysql_migration_password: "
        f"{PASSWORD}",
    ),
    **{
        f"a password with {character!r}": (
            valid().variable(mysql_application_password=f"0123456789{character}abcdef"),
            f"{SECRETS}: mysql_application_password has a quote, a backslash, a space or a character beyond ASCII: "
            f"write mysql_application_password: {PASSWORD}",
        )
        for character in "'\"\\ \t\né"
    },
    "a password twice": (
        valid().variable(mysql_monitor_password="0123456789abcdef01"),
        f"{SECRETS}: mysql_application_password and mysql_monitor_password are the same: "
        f"write each with a secret of its own",
    ),
    "a cluster's secret with the example's value": (
        valid().variable(haproxy_cluster_secret="change-me"),
        f"{SECRETS}: haproxy_cluster_secret still has the example's value: write haproxy_cluster_secret: {PASSWORD}",
    ),
    "a cluster's secret that is a password, too": (
        valid().variable(haproxy_cluster_secret="0123456789abcdef03"),
        f"{SECRETS}: mysql_monitor_password and haproxy_cluster_secret are the same: "
        f"write each with a secret of its own",
    ),
    "an account's key missing": (
        valid().acme(https_acme_account_key=None),
        f"{SECRETS} has no https_acme_account_key: write {ACCOUNT_KEY}",
    ),
    "an account's key with the example's value": (
        valid().acme(https_acme_account_key="change-me"),
        f"{SECRETS}: https_acme_account_key still has the example's value: write {ACCOUNT_KEY}",
    ),
    "an account's key that is a certificate": (
        valid().acme(https_acme_account_key=pem("CERTIFICATE")),
        f"{SECRETS}: https_acme_account_key is no key without a passphrase in PEM: write {ACCOUNT_KEY}",
    ),
    "an account's key on another curve": (
        valid().acme(https_acme_account_key=pem("EC PRIVATE KEY")),
        f"{SECRETS}: https_acme_account_key is no key on the curve P-256: write {ACCOUNT_KEY}",
    ),
    "a token key with the example's value": (
        valid().variable(application_token_key="change-me"),
        f"{SECRETS}: application_token_key still has the example's value: write {TOKEN_KEY}",
    ),
    "a token key missing": (
        valid().variable(application_token_key=None),
        f"{SECRETS} has no application_token_key: write {TOKEN_KEY}",
    ),
    "a token key too short": (
        valid().variable(application_token_key="MDEyMzQ1Njc4OWFiY2RlZg=="),
        f"{SECRETS}: application_token_key is not 32 bytes or more in base64: write {TOKEN_KEY}",
    ),
    "a token key that is not base64": (
        valid().variable(application_token_key="0123456789abcdef-0123456789abcdef-0123456789abcdef"),
        f"{SECRETS}: application_token_key is not 32 bytes or more in base64: write {TOKEN_KEY}",
    ),
    "a second token key too short": (
        valid().variable(application_token_key="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=,MDEyMzQ1Njc4OWFiY2RlZg=="),
        f"{SECRETS}: application_token_key lists 2 keys, of which number 2 is not 32 bytes or more in base64: "
        f"write {TOKEN_KEY}",
    ),
    "a token key twice": (
        valid().variable(application_token_key=",".join(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="] * 2)),
        f"{SECRETS}: application_token_key lists a key twice: write each once",
    ),
    "a CA with the example's value": (
        valid().variable(tls_ca_certificate="change-me"),
        f"{SECRETS}: tls_ca_certificate still has the example's value: write {CERTIFICATE}",
    ),
    "a CA missing": (
        valid().variable(tls_ca_certificate=None),
        f"{SECRETS} has no tls_ca_certificate: write {CERTIFICATE}",
    ),
    "a CA's key with the example's value": (
        valid().variable(tls_ca_key="change-me"),
        f"{SECRETS}: tls_ca_key still has the example's value: write {CA_KEY}",
    ),
    "a CA's key missing": (
        valid().variable(tls_ca_key=None),
        f"{SECRETS} has no tls_ca_key: write {CA_KEY}",
    ),
    "a CA on one line": (
        valid().variable(tls_ca_certificate=pem("CERTIFICATE").replace("\n", " ")),
        f"{SECRETS}: tls_ca_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "a CA that is not base64": (
        valid().variable(tls_ca_certificate=pem("CERTIFICATE", "...")),
        f"{SECRETS}: tls_ca_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "a key in the CA's certificate": (
        valid().variable(tls_ca_certificate=pem("CERTIFICATE") + pem("PRIVATE KEY")),
        f"{SECRETS}: tls_ca_certificate is no certificate in PEM: write {CERTIFICATE}",
    ),
    "a certificate as the CA's key": (
        valid().variable(tls_ca_key=pem("CERTIFICATE")),
        f"{SECRETS}: tls_ca_key is no key without a passphrase in PEM: write {CA_KEY}",
    ),
    "a CA's key with a passphrase": (
        valid().variable(tls_ca_key=pem("ENCRYPTED PRIVATE KEY")),
        f"{SECRETS}: tls_ca_key is no key without a passphrase in PEM: write {CA_KEY}",
    ),
}


class SecretsTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
