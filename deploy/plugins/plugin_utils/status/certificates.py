"""Checks when certificates expire: the servers' internal ones, their authority's, and the one that visitors see."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings
from plugin_utils.status.server import parse_number
from plugin_utils.status.site import Site


def check_internal_certificates(site: Site) -> Findings:
    """An expired certificate ends all of its server's connections with other servers."""
    for server in site.reachable("all"):
        days = site.first_expiry(server)
        if None in site.internal_certificates(server):
            sentence = f"{server.name} has no certificate that can be read. Give it one:"
            yield Finding(sentence, site.commands.playbook("site"))
        elif days is not None and days < site.thresholds.internal_certificate_days:
            sentence = f"The certificate of {server.name} {expiry(days)}. Give every server a new one:"
            yield Finding(sentence, site.commands.playbook("renew-internal-certificates"))


def check_authority(site: Site) -> Findings:
    answers = [parse_number(server.answers.get("authority_days")) for server in site.reachable("all")]
    days = min((days for days in answers if days is not None), default=None)
    if days is not None and days < site.thresholds.internal_certificate_days:
        yield Finding(
            f"The site's own authority {expiry(days)}, and with it every certificate that servers show each other. "
            "Write a new one (deploy/README.md, Certificates), then:",
            site.commands.playbook("renew-internal-certificates"),
        )


def check_site_certificate(site: Site) -> Findings:
    for server in site.reachable("balancer"):
        name = server.name
        days = parse_number(server.answers.get("site_certificate_days"))
        if days is None and server.runs("haproxy"):
            yield Finding(f"{name} has no certificate for visitors. Give it one:", site.commands.playbook("site"))
        elif days is not None and days < site.thresholds.site_certificate_days:
            sentence = f"The certificate that visitors see at {name} {expiry(days)}. Renew it, and see why nobody did:"
            yield Finding(sentence, site.commands.playbook("renew-certificate"))
        elif server.unit_state("site-certificate-renew") == "failed":
            sentence = f"{name} asked for a new certificate for visitors, and got none. Ask again, and hear why:"
            yield Finding(sentence, site.commands.playbook("renew-certificate"))


def expiry(days: int) -> str:
    return f"ends in {days} days" if days > 0 else "ends today" if days == 0 else "has ended"
