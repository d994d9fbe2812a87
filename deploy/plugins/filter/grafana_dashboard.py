"""Makes a dashboard for Grafana 10 and later of what the role prometheus shows on its own page (vars/dashboard.yml).

Whoever imports it chooses the data source. It has the page's tiles, graphs, and marks, with the same queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SCHEMA_VERSION = 39  # of Grafana 10.4; later ones migrate it
WIDTH = 24  # columns of Grafana's grid
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
MARK_COLORS = ("purple", "blue")

Variables = Mapping[str, Any]


def grafana_dashboard(
    name: str,
    topology: str,
    tiles: list[Variables],
    sections: list[Variables],
    tables: Variables,
    marks: list[Variables],
) -> dict[str, Any]:
    shown = [{**section, "panels": of_topology(section["panels"], topology)} for section in sections]
    panels = list(positioned(tiles, shown, tables))
    return {
        "uid": "foobar-site",
        "title": name,
        "tags": ["foobar"],
        "schemaVersion": SCHEMA_VERSION,
        "editable": True,
        "graphTooltip": 1,  # one cursor in all graphs
        "timezone": "utc",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [data_source()]},
        "annotations": {"list": [annotation(mark, color) for mark, color in zip(marks, MARK_COLORS, strict=True)]},
        "panels": [{"id": number, **panel} for number, panel in enumerate(panels, start=1)],
    }


def of_topology(panels: list[Variables], topology: str) -> list[Variables]:
    return [panel for panel in panels if panel.get("topology", topology) == topology]


def positioned(tiles: list[Variables], sections: list[Variables], tables: Variables) -> Iterator[dict[str, Any]]:
    y = 0
    for rows in ([tile_panel(tile) for tile in tiles], [table_panel(*table) for table in tables.items()]):
        height = 4 if rows[0]["type"] == "stat" else 7
        width = WIDTH // len(rows)
        for number, panel in enumerate(rows):
            yield panel | {"gridPos": {"x": number * width, "y": y, "w": width, "h": height}}
        y += height
    for section in sections:
        yield {
            "type": "row", "title": section["title"], "collapsed": False, "panels": [],
            "gridPos": {"x": 0, "y": y, "w": WIDTH, "h": 1},
        }  # fmt: skip
        y += 1
        for number, panel in enumerate(section["panels"]):
            yield graph_panel(panel) | {"gridPos": {"x": number % 3 * 8, "y": y + number // 3 * 8, "w": 8, "h": 8}}
        y += (len(section["panels"]) + 2) // 3 * 8


def data_source() -> dict[str, Any]:
    return {
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "current": {},
        "options": [],
        "hide": 0,
        "includeAll": False,
        "multi": False,
        "refresh": 1,
        "regex": "",
    }


def annotation(mark: Variables, color: str) -> dict[str, Any]:
    return {
        "name": mark["title"],
        "enable": True,
        "datasource": SOURCE,
        "expr": mark["query"],
        "step": "30s",
        "iconColor": color,
        "titleFormat": f"{mark['title']}: {legend(mark)}",
        "tagKeys": "",
        "textFormat": "",
        "useValueForTime": False,
    }


def tile_panel(tile: Variables) -> dict[str, Any]:
    defaults: dict[str, Any] = {"unit": tile["unit"], "thresholds": thresholds(tile.get("state"))}
    return {
        "type": "stat",
        "title": tile["title"],
        "description": tile["help"],
        "datasource": SOURCE,
        "targets": [target(0, tile["query"], tile["title"]) | {"instant": True, "range": False}],
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}, "graphMode": "none"},
    }


def table_panel(name: str, query: str) -> dict[str, Any]:
    is_time = name == "alerts"
    unit = "dateTimeAsIso" if is_time else "d"
    hidden = {"Time": True, "__name__": True, "job": True}
    # Grafana's times are in milliseconds.
    expression = f"({query}) * 1000" if is_time else query
    return {
        "type": "table",
        "title": "Alerts that fire, and since when" if is_time else "Days until certificates expire",
        "datasource": SOURCE,
        "targets": [target(0, expression, "") | {"instant": True, "range": False, "format": "table"}],
        "fieldConfig": {
            "defaults": {},
            "overrides": [
                {"matcher": {"id": "byName", "options": "Value"}, "properties": [{"id": "unit", "value": unit}]}
            ],
        },
        "options": {"showHeader": True},
        "transformations": [{"id": "organize", "options": {"excludeByName": hidden}}],
    }


def graph_panel(panel: Variables) -> dict[str, Any]:
    defaults: dict[str, Any] = {"unit": panel["unit"], "min": 0, "custom": {"lineWidth": 1, "showPoints": "never"}}
    if "max" in panel:
        defaults["max"] = panel["max"]
    return {
        "type": "timeseries",
        "title": panel["title"],
        "description": panel["help"],
        "datasource": SOURCE,
        "targets": [target(number, query["query"], legend(query)) for number, query in enumerate(panel["queries"])],
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {
            "legend": {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"]},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    }


def target(number: int, query: str, name: str) -> dict[str, Any]:
    return {"refId": chr(ord("A") + number), "datasource": SOURCE, "expr": query, "legendFormat": name}


def legend(query: Variables) -> str:
    return query["name"] if "name" in query else " ".join(f"{{{{{label}}}}}" for label in query["labels"])


def thresholds(state: Variables | None) -> dict[str, Any]:
    """Grafana's steps begin at their value; those of a tile whose low values are bad begin just above it."""
    if not state:
        return {"mode": "absolute", "steps": [{"color": "text", "value": None}]}
    warning, bad = float(state["warning"]), float(state["bad"])
    if not state.get("below"):
        steps = [("green", None), ("orange", warning), ("red", bad)]
    else:
        steps = [("red", None), ("orange", above(bad)), ("green", above(warning))]
    return {"mode": "absolute", "steps": [{"color": color, "value": value} for color, value in steps]}


def above(value: float) -> float:
    return value + 0.000001


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"grafana_dashboard": grafana_dashboard}
