"""The application on each web server, and its state on the balancers."""

import unittest

from site_builder import PLAYBOOK, SiteBuilder, group, group_with_two_balancers, group_without_members
from status_test_case import HealthySites, StatusTestCase, UnhealthySites

CURL = "curl --no-progress-meter --include --max-time 3 --cacert /etc/haproxy/tls/authority.pem"

HEALTHY = {
    "a web server that comes up": group().answer("lb-01", **{"visitors.web-02": "DOWN 1/2"}),
}

# Each row: the site, and all its findings.
UNHEALTHY: dict[str, tuple[SiteBuilder, list[str]]] = {
    "an application that is not ready": (
        group().answer("web-01", ready="503").answer("lb-01", **{"visitors.web-01": "DOWN"}),
        [
            "The application on web-01 is not ready [503]. See why: "
            "ssh web-01 sudo journalctl --no-pager --lines 30 --unit foobar"
        ],
    ),
    "an application that is not ready because there is no primary": (
        group_without_members().answer("web-01", ready="503").answer("lb-01", **{"visitors.web-01": "DOWN"}),
        [f"No primary, and so no writes: no member of the group is left. Start it: {PLAYBOOK} reboot-cluster.yml"],
    ),
    "different releases": (
        group().answer("web-01", release="0123456789ab"),
        [
            "The web servers run different releases: 0123456789ab on web-01, 782b72a23420 on web-02. "
            f"Unless a roll-out is under way, choose one: {PLAYBOOK} rollback.yml -e release=0123456789ab"
        ],
    ),
    "a drained web server": (
        group().answer("lb-01", **{"visitors.web-02": "DRAIN"}),
        [
            "lb-01 sends web-02 no visitors [DRAIN], as after a patch or a roll-out that failed. When it is ready: "
            f"{PLAYBOOK} site.yml"
        ],
    ),
    "a web server that a balancer cannot reach": (
        group().answer("lb-01", **{"visitors.web-02": "DOWN"}),
        [
            "web-02 is ready, but lb-01 does not reach it. See its response: "
            f"ssh lb-01 sudo {CURL} https://web-02/readyz"
        ],
    ),
    "a web server at another port that a balancer cannot reach": (
        group().variables("web-02", nginx_port=8443).answer("lb-01", **{"visitors.web-02": "DOWN"}),
        [
            "web-02 is ready, but lb-01 does not reach it. See its response: "
            f"ssh lb-01 sudo {CURL} https://web-02:8443/readyz"
        ],
    ),
    "a web server drained on both balancers": (
        group_with_two_balancers()
        .answer("lb-01", **{"visitors.web-02": "DRAIN"})
        .answer("lb-02", **{"visitors.web-02": "DRAIN"}),
        [
            "lb-01 and lb-02 send web-02 no visitors [DRAIN], as after a patch or a roll-out that failed. When it "
            f"is ready: {PLAYBOOK} site.yml"
        ],
    ),
    "a web server drained on one balancer": (
        group_with_two_balancers().answer("lb-02", **{"visitors.web-02": "MAINT"}),
        [
            "lb-02 sends web-02 no visitors [MAINT] while lb-01 may, as after a patch or a roll-out that was "
            f"interrupted. When it is ready: {PLAYBOOK} site.yml"
        ],
    ),
    "a web server that a balancer does not know": (
        group().answer("lb-01", **{"visitors.web-02": ""}),
        [f"lb-01 knows no web-02. Configure it: {PLAYBOOK} site.yml"],
    ),
}


class WebServersTests(HealthySites, UnhealthySites, StatusTestCase):
    healthy = HEALTHY
    unhealthy = UNHEALTHY


if __name__ == "__main__":
    unittest.main()
