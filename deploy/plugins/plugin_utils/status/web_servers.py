"""Checks the web servers: that the application is ready, runs one release, and gets visitors from every balancer."""

from __future__ import annotations

from plugin_utils.status.finding import Finding, Findings, join_names
from plugin_utils.status.server import Server
from plugin_utils.status.site import Site


def check_application(site: Site) -> Findings:
    for server in site.reachable("web"):
        if server.runs("foobar") and not server.is_application_ready and site.primary:
            status = server.answers.get("ready", "000").replace("000", "no answer")
            yield Finding(
                f"The application on {server.name} is not ready [{status}]. See why:",
                site.commands.shell(server.name, "journalctl --no-pager --lines 30 --unit foobar"),
            )


def check_releases(site: Site) -> Findings:
    releases = {server.name: release for server in site.reachable("web") if (release := server.answers.get("release"))}
    if len(set(releases.values())) > 1:
        each = ", ".join(f"{release} on {host}" for host, release in releases.items())
        sentence = f"The web servers run different releases: {each}. Unless a roll-out is under way, choose one:"
        first = next(iter(releases.values()))
        yield Finding(sentence, site.commands.playbook("rollback", "", f"-e release={first}"))


def check_backends(site: Site) -> Findings:
    """Whether HAProxy on each balancer sends visitors to each web server."""
    balancers = [server for server in site.reachable("balancer") if server.runs("haproxy")]
    for server in site.members("web"):
        for balancer in balancers:
            yield from backend_findings(site, balancer, server)
        yield from drain_findings(site, balancers, server)


def backend_findings(site: Site, balancer: Server, server: Server) -> Findings:
    """Ignores a server that is coming up, with a status such as DOWN 1/2."""
    status = backend_status(balancer, server)
    if not status:
        yield Finding(f"{balancer.name} knows no {server.name}. Configure it:", site.commands.playbook("site"))
    elif status == "DOWN" and server.is_application_ready and server.runs("nginx"):
        port = "" if server.nginx_port == "443" else f":{server.nginx_port}"
        curl = "curl --no-progress-meter --include --max-time 3 --cacert /etc/haproxy/tls/authority.pem"
        yield Finding(
            f"{server.name} is ready, but {balancer.name} does not reach it. See its response:",
            site.commands.shell(balancer.name, f"{curl} https://{server.name}{port}/readyz"),
        )


def drain_findings(site: Site, balancers: list[Server], server: Server) -> Findings:
    draining = [one for one in balancers if backend_status(one, server).startswith(("DRAIN", "MAINT"))]
    others = [one for one in balancers if one not in draining]
    if not draining:
        return
    status, send = backend_status(draining[0], server), "sends" if len(draining) == 1 else "send"
    meanwhile, ended = (f" while {join_names(others)} may", "was interrupted") if others else ("", "failed")
    yield Finding(
        f"{join_names(draining)} {send} {server.name} no visitors [{status}]{meanwhile}, as after a patch or a roll-out "
        f"that {ended}. When it is ready:",
        site.commands.playbook("site"),
    )


def backend_status(balancer: Server, server: Server) -> str:
    return balancer.answers.get(f"visitors.{server.name}", "")
