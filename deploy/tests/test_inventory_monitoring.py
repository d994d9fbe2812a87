"""The group ops: the operators' password, and who gets notifications of alerts."""

import unittest
from typing import Any

from inventory_builder import InventoryBuilder, pem, valid
from inventory_test_case import FaultyInventories, ValidInventories
from plugin_utils.inventory.model import SECRETS, SITE

PASSWORD = "write prometheus_operator_password: with what this prints: openssl rand -hex 16"
SMTP_PASSWORD = (
    "write alertmanager_smtp_password: with the password of alertmanager_smtp_username at your mail server"
)
TO = "write alertmanager_email_to: [you@yours.org], with those who get notifications"
FROM = "write alertmanager_email_from: with the address that your mail server sends alerts from"
HOST = "write alertmanager_smtp_host: with your mail server's name, without a port"
WEBHOOK = "write alertmanager_webhook_url: with a URL of https that takes POST requests"
SWITCH = "write alertmanager_dead_mans_switch_url: with a URL of https that takes POST requests"
INTERVAL = "write a whole number from 5 to 15, because the alert rules take rates over one minute"
OWN = "http is for an address of own_networks and for this server itself"


def monitored(**variables: Any) -> InventoryBuilder:
    return valid().monitored(**variables)


def by_webhook(url: str, **variables: Any) -> InventoryBuilder:
    """Without mail."""
    names = ("email_to", "email_from", "smtp_host", "smtp_username", "smtp_password")
    return monitored(**{f"alertmanager_{name}": None for name in names}, alertmanager_webhook_url=url, **variables)


VALID = {
    "no group ops": valid(),
    "no group ops, and an example of its settings": valid().variable(
        prometheus_operator_password="change-me", alertmanager_email_to=["change-me@example.com"]
    ),
    "mail": monitored(),
    "mail to one": monitored(alertmanager_email_to="me@foobar.org"),
    "mail without sign-in": monitored(alertmanager_smtp_username=None, alertmanager_smtp_password=None),
    "mail by TLS from the start": monitored(alertmanager_smtp_port=465),
    "a webhook": by_webhook("https://hooks.foobar.org/secret"),
    "a webhook by http on this server": by_webhook("http://127.0.0.1:8080/hook"),
    "a webhook by http on localhost": by_webhook("http://localhost:8080/hook"),
    "a webhook by http in an own network": by_webhook("http://10.0.0.99:8080/hook"),
    "a dead man's switch": monitored(alertmanager_dead_mans_switch_url="https://ping.foobar.org/1234"),
    "a CA": monitored(alertmanager_ca_certificate=pem("CERTIFICATE")),
    "mail of tickets, and a webhook for pages": monitored(
        alertmanager_webhook_url="https://hooks.foobar.org/secret",
        alertmanager_email_severities=["ticket"],
        alertmanager_webhook_severities=["page"],
    ),
    "retention": monitored(prometheus_retention="14d", prometheus_retention_size="512MB"),
    "the shortest interval": monitored(prometheus_scrape_interval_seconds=5),
    "the longest interval": monitored(prometheus_scrape_interval_seconds=15),
}

# Each row: the inventory, and its only fault.
FAULTY: dict[str, tuple[InventoryBuilder, str]] = {
    "no password": (
        monitored(prometheus_operator_password=None),
        f"{SECRETS} has no prometheus_operator_password: {PASSWORD}",
    ),
    "a password left at its example": (
        monitored(prometheus_operator_password="change-me"),
        f"{SECRETS}: prometheus_operator_password still has the example's value: {PASSWORD}",
    ),
    "a short password": (
        monitored(prometheus_operator_password="0123456789a"),
        f"{SECRETS}: prometheus_operator_password has 11 bytes, not 12 to 72: {PASSWORD}",
    ),
    "a password longer than bcrypt reads": (
        monitored(prometheus_operator_password="a" * 73),
        f"{SECRETS}: prometheus_operator_password has 73 bytes, not 12 to 72: {PASSWORD}",
    ),
    "a password of two lines": (
        monitored(prometheus_operator_password="0123456789\nabcdef"),
        f"{SECRETS}: prometheus_operator_password has a line break, a tab or a character beyond ASCII: {PASSWORD}",
    ),
    "a password of another purpose": (
        monitored(prometheus_operator_password="0123456789abcdef03"),
        f"{SECRETS}: prometheus_operator_password and mysql_monitor_password are the same: "
        f"write each with a secret of its own",
    ),
    "no receiver": (
        monitored(alertmanager_email_to=[]),
        f"{SITE} has no alertmanager_email_to and {SECRETS} no alertmanager_webhook_url, and nobody would get "
        f"alerts: write at least one of them",
    ),
    "an address left at its example": (
        monitored(alertmanager_email_to=["me@foobar.org", "change-me@example.com"]),
        f"{SITE}: alertmanager_email_to has [change-me@example.com], which still has the example's value: {TO}",
    ),
    "an address that is none": (
        monitored(alertmanager_email_to=["me"]),
        f"{SITE}: alertmanager_email_to has [me], which is no mail address: {TO}",
    ),
    "two addresses in one": (
        monitored(alertmanager_email_to="me@foobar.org, you@foobar.org"),
        f"{SITE}: alertmanager_email_to has [me@foobar.org, you@foobar.org], which is no mail address: {TO}",
    ),
    "no sender": (
        monitored(alertmanager_email_from=None),
        f"{SITE} has no alertmanager_email_from: {FROM}",
    ),
    "a sender left at its example": (
        monitored(alertmanager_email_from="alerts@example.com"),
        f"{SITE}: alertmanager_email_from has [alerts@example.com], which still has the example's value: {FROM}",
    ),
    "a sender that is none": (
        monitored(alertmanager_email_from="alerts at foobar.org"),
        f"{SITE}: alertmanager_email_from has [alerts at foobar.org], which is no mail address: {FROM}",
    ),
    "no mail server": (
        monitored(alertmanager_smtp_host=None),
        f"{SITE} has no alertmanager_smtp_host: {HOST}",
    ),
    "a mail server left at its example": (
        monitored(alertmanager_smtp_host="smtp.example.com"),
        f"{SITE}: alertmanager_smtp_host is [smtp.example.com], which still has the example's value: {HOST}",
    ),
    "a mail server with a port": (
        monitored(alertmanager_smtp_host="smtp.foobar.org:587"),
        f"{SITE}: alertmanager_smtp_host is [smtp.foobar.org:587], which is no host name: {HOST}",
    ),
    "a port that is none": (
        monitored(alertmanager_smtp_port="smtps"),
        f"{SITE}: alertmanager_smtp_port is [smtps], which is no port: write 587, or 465 for TLS from the start",
    ),
    "no password at the mail server": (
        monitored(alertmanager_smtp_password=None),
        f"{SECRETS} has no alertmanager_smtp_password: {SMTP_PASSWORD}",
    ),
    "a password at the mail server left at its example": (
        monitored(alertmanager_smtp_password="change-me"),
        f"{SECRETS}: alertmanager_smtp_password still has the example's value: {SMTP_PASSWORD}",
    ),
    "a user at the mail server left at its example": (
        monitored(alertmanager_smtp_username="change-me"),
        f"{SITE}: alertmanager_smtp_username still has the example's value: write your name at your mail server",
    ),
    "a password without a user": (
        monitored(alertmanager_smtp_username=None),
        f"{SITE} has no alertmanager_smtp_username, and {SECRETS} has alertmanager_smtp_password: "
        f"write both, or none if your mail server asks for no sign-in",
    ),
    "a webhook left at its example": (
        monitored(alertmanager_webhook_url="https://change-me"),
        f"{SECRETS}: alertmanager_webhook_url still has the example's value: {WEBHOOK}",
    ),
    "a webhook at an example's host": (
        monitored(alertmanager_webhook_url="https://hooks.example.com/secret"),
        f"{SECRETS}: alertmanager_webhook_url still has the example's value: {WEBHOOK}",
    ),
    "a webhook without a scheme": (
        monitored(alertmanager_webhook_url="hooks.foobar.org/secret"),
        f"{SECRETS}: alertmanager_webhook_url is no URL: {WEBHOOK}",
    ),
    "a webhook with a port that is none": (
        monitored(alertmanager_webhook_url="https://hooks.foobar.org:https/secret"),
        f"{SECRETS}: alertmanager_webhook_url is no URL: {WEBHOOK}",
    ),
    "a webhook by ftp": (
        monitored(alertmanager_webhook_url="ftp://hooks.foobar.org/secret"),
        f"{SECRETS}: alertmanager_webhook_url is no URL: {WEBHOOK}",
    ),
    "a webhook by http": (
        monitored(alertmanager_webhook_url="http://hooks.foobar.org/secret"),
        f"{SECRETS}: alertmanager_webhook_url sends alerts to [hooks.foobar.org] by http, where anybody on the way "
        f"could read them: {WEBHOOK}; {OWN}",
    ),
    "a dead man's switch by http": (
        monitored(alertmanager_dead_mans_switch_url="http://8.8.8.8/1234"),
        f"{SECRETS}: alertmanager_dead_mans_switch_url sends alerts to [8.8.8.8] by http, where anybody on the way "
        f"could read them: {SWITCH}; {OWN}",
    ),
    "a CA that is none": (
        monitored(alertmanager_ca_certificate="/etc/ssl/ca.pem"),
        f"{SITE}: alertmanager_ca_certificate is no certificate in PEM: write alertmanager_ca_certificate: |, "
        f"and below it, indented, that of the CA which signed the certificates of your mail server and webhook",
    ),
    "an unknown severity": (
        monitored(alertmanager_email_severities=["page", "ticket", "critical"]),
        f"{SITE}: [critical] in alertmanager_email_severities is no severity: write page or ticket, or both",
    ),
    "a severity without a receiver": (
        monitored(alertmanager_email_severities=["page"]),
        f"{SITE}: nobody would get alerts of the severity ticket: write it in alertmanager_email_severities or "
        f"alertmanager_webhook_severities, whichever has a receiver",
    ),
    "a retention without a unit": (
        monitored(prometheus_retention="30"),
        f"{SITE}: prometheus_retention is [30]: write a whole number with a unit, such as 30d",
    ),
    "a size without a unit": (
        monitored(prometheus_retention_size="4"),
        f"{SITE}: prometheus_retention_size is [4]: write a whole number with a unit, such as 4GB",
    ),
    "an interval that is too short": (
        monitored(prometheus_scrape_interval_seconds=4),
        f"{SITE}: prometheus_scrape_interval_seconds is [4]: {INTERVAL}",
    ),
    "an interval that is too long for a Prometheus outside the site": (
        valid().variable(prometheus_scrape_interval_seconds=16),
        f"{SITE}: prometheus_scrape_interval_seconds is [16]: {INTERVAL}",
    ),
    "an interval with a unit": (
        monitored(prometheus_scrape_interval_seconds="10s"),
        f"{SITE}: prometheus_scrape_interval_seconds is [10s]: {INTERVAL}",
    ),
}


class MonitoringTests(ValidInventories, FaultyInventories, unittest.TestCase):
    valid = VALID
    faulty = FAULTY


if __name__ == "__main__":
    unittest.main()
