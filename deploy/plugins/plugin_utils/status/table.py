"""The table of the status: a section for each kind of server, with a row for each server."""

from __future__ import annotations

from plugin_utils.status.finding import WIDTH
from plugin_utils.status.server import Server, parse_number
from plugin_utils.status.site import Site


def format_table(site: Site) -> str:
    sections = [database_rows(site), web_server_rows(site), balancer_rows(site)]
    first_width = max(len(row[0]) for section in sections for row in section)
    return "\n\n".join(format_section(section, first_width) for section in sections)


def database_rows(site: Site) -> list[list[str]]:
    is_pair = not site.is_group and len(site.groups["mysql"]) > 1
    semi_sync = ["semi-sync"] if is_pair else []
    rows = [["database", "role", "behind", *semi_sync, "certificate", "disk free", "mysql-agent"]]
    for server in site.members("mysql", "replica"):
        rows.append(
            [
                *(server.name, role(site, server), with_unit(site.lag_seconds(server), "s")),
                *([semi_sync_state(site, server)] if is_pair else []),
                with_unit(site.first_expiry(server), "days"),
                with_unit(server.disk_free, "%"),
                server.agent_message or "-",
            ]
        )
    return rows


def web_server_rows(site: Site) -> list[list[str]]:
    balancers = site.members("balancer")
    rows = [["web server", "application", "release", "since", "nginx", *(f"at {one.name}" for one in balancers)]]
    for server in site.members("web"):
        runs = server.runs("foobar")
        rows.append(
            [
                server.name,
                "ready" if server.is_application_ready else "not ready" if runs else unit_state(server, "foobar"),
                server.answers.get("release") or "-",
                start_time(server) if runs else "-",
                unit_state(server, "nginx"),
                *(balancer.answers.get(f"visitors.{server.name}", "-").lower() for balancer in balancers),
            ]
        )
    return rows


def balancer_rows(site: Site) -> list[list[str]]:
    has_addresses = bool(site.addresses)
    failover = ["keepalived", "address"] if has_addresses else []
    rows = [["balancer", "HAProxy", *failover, "certificate", "maintenance"]]
    for server in site.members("balancer"):
        held = [address for address in site.addresses if server in site.holders(address)]
        rows.append(
            [
                *(server.name, unit_state(server, "haproxy")),
                *([unit_state(server, "keepalived"), " ".join(held) or "-"] if has_addresses else []),
                with_unit(parse_number(server.answers.get("site_certificate_days")), "days"),
                server.answers.get("maintenance") or "-",
            ]
        )
    return rows


def role(site: Site, server: Server) -> str:
    if not server.answers:
        return "unreachable"
    if not server.mysql:
        return "no answer" if server.runs("mysql") else unit_state(server, "mysql")
    if server.name in site.primaries:
        return "primary"
    if site.is_member(server):
        return "member" if server.is_in_group else server.member_state
    if server.mysql.get("writable"):
        return "takes writes"
    if not site.replicates(server):
        return "not replicating" if server.mysql.get("follows") else "waiting"
    return "replica" if server.name in site.groups["mysql"] else "read-only replica"


def semi_sync_state(site: Site, server: Server) -> str:
    if server.name not in site.primaries:
        return "-"
    return "on" if server.has_semi_synchronous_replica else "off"


def unit_state(server: Server, unit: str) -> str:
    return server.unit_state(unit) if server.answers else "unreachable"


def start_time(server: Server) -> str:
    """The start of the application as day, minute and zone, from [Sat 2026-11-21 14:31:05 UTC]."""
    words = server.answers.get("foobar.ActiveEnterTimestamp", "").split()
    return f"{words[1]} {words[2][:5]} {words[3]}" if len(words) == 4 else "-"


def with_unit(value: int | None, unit: str) -> str:
    return "-" if value is None else f"{value} {unit}"


def format_section(rows: list[list[str]], first_width: int) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = first_width
    lines = ("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(line if len(line) <= WIDTH else line[: WIDTH - 3] + "..." for line in lines)
