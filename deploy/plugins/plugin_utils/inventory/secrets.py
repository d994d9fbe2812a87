"""Checks secrets.yml: that each password and key is there, is strong enough, and is used for one purpose."""

from __future__ import annotations

import base64
import binascii
import itertools
import re

from plugin_utils.inventory.model import SECRETS, Faults, Inventory, is_placeholder, placeholder_fault, text

PASSWORDS = (
    "mysql_application_password",
    "mysql_migration_password",
    "mysql_monitor_password",
    "mysql_replication_password",
    "haproxy_cluster_secret",
)
PASSWORD_LENGTHS = range(16, 33)  # MySQL's replication takes at most 32 characters
FORBIDDEN = set("'\"\\ ")  # would break the SQL and the option files that contain the passwords

TOKEN_KEY = "application_token_key"
MIN_TOKEN_KEY_BYTES = 32

ACCOUNT_KEY = "https_acme_account_key"
MAKE_ACCOUNT_KEY = "openssl ecparam -name prime256v1 -genkey -noout"
P_256 = bytes.fromhex("06082a8648ce3d030107")  # the DER encoding of the curve's object identifier

PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----\n(.*?)-----END \1-----", re.DOTALL)
# The settings of the certificate authority (CA), each with its file and the PEM blocks allowed in that.
CA = {
    "tls_ca_certificate": ("ca.pem", "certificate", {"CERTIFICATE"}),
    "tls_ca_key": (
        "ca.key",
        "key without a passphrase",
        {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "EC PARAMETERS"},
    ),
}
MAKE_CA = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=foobar "
    "-addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out ca.pem"
)


def check_passwords(inventory: Inventory) -> Faults:
    for name in PASSWORDS:
        value = text(inventory.site, name)
        write = f"write {name}: with what this prints: openssl rand -hex 16"
        if is_placeholder(value):
            yield placeholder_fault(name, value, write)
        elif len(value) not in PASSWORD_LENGTHS:
            yield f"{SECRETS}: {name} has {len(value)} characters, not 16 to 32: {write}"
        elif set(value) & FORBIDDEN or not (value.isascii() and value.isprintable()):
            yield f"{SECRETS}: {name} has a quote, a backslash, a space or a character beyond ASCII: {write}"


def check_token_keys(inventory: Inventory) -> Faults:
    value = text(inventory.site, TOKEN_KEY)
    keys = [key.strip() for key in value.split(",")]
    write = f"write {TOKEN_KEY}: with what this prints: openssl rand -base64 32"
    if is_placeholder(value):
        yield placeholder_fault(TOKEN_KEY, value, write)
    elif len(set(keys)) < len(keys):
        yield f"{SECRETS}: {TOKEN_KEY} lists a key twice: write each once"
    else:
        for position, key in enumerate(keys, start=1):
            if len(decode(key)) < MIN_TOKEN_KEY_BYTES:
                which = f"lists {len(keys)} keys, of which number {position} is" if len(keys) > 1 else "is"
                yield f"{SECRETS}: {TOKEN_KEY} {which} not {MIN_TOKEN_KEY_BYTES} bytes or more in base64: {write}"


def check_acme_account_key(inventory: Inventory) -> Faults:
    value = text(inventory.site, ACCOUNT_KEY)
    write = f"write {ACCOUNT_KEY}: |, and below it, indented, what this prints: {MAKE_ACCOUNT_KEY}"
    if text(inventory.site, "https_certificate") != "acme":
        return
    if is_placeholder(value):
        yield placeholder_fault(ACCOUNT_KEY, value, write)
    elif not is_pem(value, {"EC PRIVATE KEY", "PRIVATE KEY", "EC PARAMETERS"}):
        yield f"{SECRETS}: {ACCOUNT_KEY} is no key without a passphrase in PEM: {write}"
    elif not any(P_256 in decode_block(block) for _, block in PEM.findall(value)):
        yield f"{SECRETS}: {ACCOUNT_KEY} is no key on the curve P-256: {write}"


def check_ca(inventory: Inventory) -> Faults:
    for name, (file, kind, allowed) in CA.items():
        value = text(inventory.site, name)
        write = f"write {name}: |, and below it, indented, {file} of: {MAKE_CA}"
        if is_placeholder(value):
            yield placeholder_fault(name, value, write)
        elif not is_pem(value, allowed):
            yield f"{SECRETS}: {name} is no {kind} in PEM: {write}"


def check_distinct_secrets(inventory: Inventory) -> Faults:
    for name, other in itertools.combinations((*PASSWORDS, TOKEN_KEY), 2):
        value = text(inventory.site, name)
        if not is_placeholder(value) and value == text(inventory.site, other):
            yield f"{SECRETS}: {name} and {other} are the same: write each with a secret of its own"


def is_pem(value: str, allowed: set[str]) -> bool:
    """Whether all PEM blocks are of these kinds; there are several while the CA is being replaced."""
    blocks = PEM.findall(value)
    return bool(blocks) and all(kind in allowed and decode_block(block) for kind, block in blocks)


def decode_block(block: str) -> bytes:
    """The content of a PEM block, whose base64 is broken into lines."""
    return decode("".join(block.split()))


def decode(base64_text: str) -> bytes:
    """The decoded bytes; empty if the text is no base64."""
    try:
        return base64.b64decode(base64_text, validate=True)
    except (binascii.Error, ValueError):
        return b""
