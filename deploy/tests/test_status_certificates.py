"""When certificates expire."""

import unittest

from site_builder import PLAYBOOK, SiteBuilder, group, group_with_two_balancers, unit
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

HEALTHY = {
    "an expired certificate of a service that is no longer in use": group().answer(
        "web-01", **unit("haproxy", "inactive"), **{"haproxy.certificate_days": "-1"}
    ),
    "exporters' certificate that expires in three months": group().answer(
        "lb-01", **{"exporters.certificate_days": "90"}
    ),
    "a site certificate that expires in two weeks": group().answer("lb-01", site_certificate_days="14"),
    "a CA that expires in three months": group().answer("lb-01", ca_days="90"),
    "a certificate that expires in three months": group().answer("ops-01", **{"mysql.certificate_days": "90"}),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "a certificate that expires soon": (
        group().answer("web-01", **{"mysql.certificate_days": "89"}),
        [
            f"The certificate of web-01 expires in 89 days. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "an expired certificate": (
        group().answer("web-01", **{"mysql.certificate_days": "-1"}),
        [
            f"The certificate of web-01 has expired. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "a certificate of nginx that expires soon": (
        group().answer("web-02", **{"nginx.certificate_days": "89"}),
        [
            f"The certificate of web-02 expires in 89 days. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "the exporters' certificate that expires soon": (
        group().answer("lb-01", **{"exporters.certificate_days": "89"}),
        [
            f"The certificate of lb-01 expires in 89 days. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "Prometheus' certificate that expires soon": (
        group().answer("ops-01", **{"prometheus-client.certificate_days": "89", "prometheus.certificate_days": "90"}),
        [
            f"The certificate of ops-01 expires in 89 days. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "a balancer's certificate that expires today": (
        group().answer("lb-01", **{"haproxy.certificate_days": "0"}),
        [
            f"The certificate of lb-01 expires today. Renew those of all servers: {PLAYBOOK} "
            "renew-internal-certificates.yml"
        ],
    ),
    "a missing certificate": (
        group().answer("web-01", **{"mysql.certificate_days": ""}),
        [f"web-01 has no readable certificate. Create one: {PLAYBOOK} site.yml"],
    ),
    "a CA that expires soon": (
        group().answer("lb-01", ca_days="89").answer("web-01", ca_days="90"),
        [
            "The site's own CA expires in 89 days, and with it all internal certificates. "
            f"Create a new one (deploy/README.md, Certificates), then: {PLAYBOOK} renew-internal-certificates.yml"
        ],
    ),
    "a site certificate that expires soon": (
        group_with_two_balancers().answer("lb-02", site_certificate_days="13"),
        [
            "The certificate that visitors see at lb-02 expires in 13 days. Renew it, and see why it was not renewed: "
            f"{PLAYBOOK} renew-certificate.yml"
        ],
    ),
    "a site certificate whose renewal failed": (
        group_with_two_balancers().answer("lb-02", **unit("site-certificate-renew", "failed")),
        [
            "lb-02 requested a new certificate for visitors, and got none. Request it again, and see why: "
            f"{PLAYBOOK} renew-certificate.yml"
        ],
    ),
    "a missing site certificate": (
        group().answer("lb-01", site_certificate_days=""),
        [f"lb-01 has no certificate for visitors. Install one: {PLAYBOOK} site.yml"],
    ),
}


class CertificatesTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
