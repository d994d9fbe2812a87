"""Checks the settings of the group ops, those of Prometheus and Alertmanager: who gets notifications of alerts, and how."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from plugin_utils.inventory.model import (
    EXAMPLE_DOMAIN,
    PLACEHOLDER,
    PORTS,
    SECRETS,
    SITE,
    Faults,
    Inventory,
    is_placeholder,
    is_within,
    parse_address,
    parse_network,
    parse_number,
    placeholder_fault,
    text,
    texts,
)
from plugin_utils.inventory.secrets import PASSWORDS, TOKEN_KEY

OPERATOR_PASSWORD = "prometheus_operator_password"
SMTP_PASSWORD = "alertmanager_smtp_password"
PASSWORD_LENGTHS = range(12, 73)  # bcrypt ignores what is longer
SMTP_SETTINGS = ("alertmanager_email_from", "alertmanager_smtp_host")
DEFAULT_SMTP_PORT = "587"
URLS = ("alertmanager_webhook_url", "alertmanager_dead_mans_switch_url")
SEVERITIES = ("page", "ticket")
RECEIVERS = {"alertmanager_email_severities": "alertmanager_email_to", "alertmanager_webhook_severities": URLS[0]}
EMAIL = re.compile(r"[^@\s,<>]+@[^@\s,<>]+\.[^@\s,<>]+")
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
RETENTION = re.compile(r"[1-9][0-9]*[hdwy]")
RETENTION_SIZE = re.compile(r"[1-9][0-9]*(MB|GB|TB)")
SCRAPE_INTERVALS = range(5, 16)


def check_operator_password(inventory: Inventory) -> Faults:
    if not inventory.members("ops"):
        return
    value = text(inventory.site, OPERATOR_PASSWORD)
    write = f"write {OPERATOR_PASSWORD}: with what this prints: openssl rand -hex 16"
    if is_placeholder(value):
        yield placeholder_fault(OPERATOR_PASSWORD, value, write)
    elif len(value.encode()) not in PASSWORD_LENGTHS:
        yield f"{SECRETS}: {OPERATOR_PASSWORD} has {len(value.encode())} bytes, not 12 to 72: {write}"
    elif not (value.isascii() and value.isprintable()):
        yield f"{SECRETS}: {OPERATOR_PASSWORD} has a line break, a tab or a character beyond ASCII: {write}"
    else:
        for other in (*PASSWORDS, TOKEN_KEY, SMTP_PASSWORD):
            if value == text(inventory.site, other):
                yield f"{SECRETS}: {OPERATOR_PASSWORD} and {other} are the same: write each with a secret of its own"


def check_receivers(inventory: Inventory) -> Faults:
    if not inventory.members("ops"):
        return
    if not any(texts(inventory.site, name) for name in RECEIVERS.values()):
        yield (
            f"{SITE} has no alertmanager_email_to and {SECRETS} no alertmanager_webhook_url, and nobody would get "
            f"alerts: write at least one of them"
        )
    if texts(inventory.site, "alertmanager_email_to"):
        yield from mail_faults(inventory)
    for name in URLS:
        if text(inventory.site, name):
            yield from url_faults(inventory, name)
    yield from ca_faults(inventory)


def mail_faults(inventory: Inventory) -> Faults:
    write = "write alertmanager_email_to: [you@yours.org], with those who get notifications"
    for value in texts(inventory.site, "alertmanager_email_to"):
        yield from address_faults("alertmanager_email_to", value, write)
    write_from = "write alertmanager_email_from: with the address that your mail server sends alerts from"
    write_host = "write alertmanager_smtp_host: with your mail server's name, without a port"
    sender, host = (text(inventory.site, name) for name in SMTP_SETTINGS)
    if sender:
        yield from address_faults(SMTP_SETTINGS[0], sender, write_from)
    else:
        yield f"{SITE} has no {SMTP_SETTINGS[0]}: {write_from}"
    if not host:
        yield f"{SITE} has no {SMTP_SETTINGS[1]}: {write_host}"
    elif is_example(host):
        yield f"{SITE}: {SMTP_SETTINGS[1]} is [{host}], which still has the example's value: {write_host}"
    elif not (HOST_NAME.fullmatch(host) or parse_address(host)):
        yield f"{SITE}: {SMTP_SETTINGS[1]} is [{host}], which is no host name: {write_host}"
    port = text(inventory.site, "alertmanager_smtp_port") or DEFAULT_SMTP_PORT
    if parse_number(port) not in PORTS:
        yield f"{SITE}: alertmanager_smtp_port is [{port}], which is no port: write 587, or 465 for TLS from the start"
    yield from sign_in_faults(inventory)


def sign_in_faults(inventory: Inventory) -> Faults:
    """A mail server without sign-in needs neither the name nor the password."""
    user, password = text(inventory.site, "alertmanager_smtp_username"), text(inventory.site, SMTP_PASSWORD)
    write = f"write {SMTP_PASSWORD}: with the password of alertmanager_smtp_username at your mail server"
    if user and is_placeholder(password):
        yield placeholder_fault(SMTP_PASSWORD, password, write)
    elif PLACEHOLDER in user:
        yield f"{SITE}: alertmanager_smtp_username still has the example's value: write your name at your mail server"
    elif password and not user:
        yield (
            f"{SITE} has no alertmanager_smtp_username, and {SECRETS} has {SMTP_PASSWORD}: "
            f"write both, or none if your mail server asks for no sign-in"
        )


def address_faults(name: str, value: str, write: str) -> Faults:
    if is_example(value.rpartition("@")[2]) or PLACEHOLDER in value:
        yield f"{SITE}: {name} has [{value}], which still has the example's value: {write}"
    elif not EMAIL.fullmatch(value):
        yield f"{SITE}: {name} has [{value}], which is no mail address: {write}"


def url_faults(inventory: Inventory, name: str) -> Faults:
    """The faults of a URL, whose path is a secret, so that messages show its host alone."""
    value = text(inventory.site, name)
    write = f"write {name}: with a URL of https that takes POST requests"
    host = host_of(value)
    if PLACEHOLDER in value or is_example(host):
        yield f"{SECRETS}: {name} still has the example's value: {write}"
    elif not host or not re.fullmatch(r"https?://\S+", value):
        yield f"{SECRETS}: {name} is no URL: {write}"
    elif not value.startswith("https://") and not is_own(inventory, host):
        yield (
            f"{SECRETS}: {name} sends alerts to [{host}] by http, where anybody on the way could read them: {write}; "
            f"http is for an address of own_networks and for this server itself"
        )


def host_of(url: str) -> str:
    """The host in a URL; empty if there is none, or if its port is no number."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


def is_own(inventory: Inventory, host: str) -> bool:
    networks = [network for network in map(parse_network, inventory.own_networks) if network]
    address = parse_address(host)
    return host == "localhost" or address is not None and (address.is_loopback or is_within(address, networks))


def is_example(host: str) -> bool:
    return PLACEHOLDER in host or bool(EXAMPLE_DOMAIN.fullmatch(host))


def ca_faults(inventory: Inventory) -> Faults:
    value = text(inventory.site, "alertmanager_ca_certificate")
    if value and "-----BEGIN CERTIFICATE-----\n" not in value:
        yield (
            f"{SITE}: alertmanager_ca_certificate is no certificate in PEM: write alertmanager_ca_certificate: |, and "
            f"below it, indented, that of the CA which signed the certificates of your mail server and webhook"
        )


def check_severities(inventory: Inventory) -> Faults:
    if not inventory.members("ops"):
        return
    received: set[str] = set()
    for name, receiver in RECEIVERS.items():
        severities = texts(inventory.site, name) if name in inventory.site else list(SEVERITIES)
        for value in (value for value in severities if value not in SEVERITIES):
            yield f"{SITE}: [{value}] in {name} is no severity: write {' or '.join(SEVERITIES)}, or both"
        if texts(inventory.site, receiver):
            received.update(severities)
    for value in SEVERITIES:
        if received and value not in received:
            yield (
                f"{SITE}: nobody would get alerts of the severity {value}: write it in "
                f"{' or '.join(RECEIVERS)}, whichever has a receiver"
            )


def check_retention(inventory: Inventory) -> Faults:
    if not inventory.members("ops"):
        return
    for name, pattern, example in (
        ("prometheus_retention", RETENTION, "30d"),
        ("prometheus_retention_size", RETENTION_SIZE, "4GB"),
    ):
        value = text(inventory.site, name)
        if value and not pattern.fullmatch(value):
            yield f"{SITE}: {name} is [{value}]: write a whole number with a unit, such as {example}"


def check_scrape_interval(inventory: Inventory) -> Faults:
    """Also without a group ops, because a Prometheus outside the site gets the same interval."""
    value = text(inventory.site, "prometheus_scrape_interval_seconds")
    if value and parse_number(value) not in SCRAPE_INTERVALS:
        yield (
            f"{SITE}: prometheus_scrape_interval_seconds is [{value}]: write a whole number from 5 to 15, because the "
            f"alert rules take rates over one minute"
        )
