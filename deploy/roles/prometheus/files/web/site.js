// Adds to the dashboard what needs JavaScript: a graph in each figure, marks for other primaries and deployments, and
// new values every 30 seconds. Queries are in the page: data-query of each table's body, with Grafana's two variables.
// uPlot draws. Check: deploy/tests/test_dashboard.py
"use strict";

const SECONDS = { "1h": 3600, "6h": 6 * 3600, "1d": 86400, "7d": 7 * 86400 };
const POINTS = 240;
const SCRAPE_INTERVAL = 15;
const REFRESH = 30;
const HEIGHT = 184;
const COLORS = 8;
// Those of series that mean the same in each graph; servers get theirs by their place in the list of servers.
const COLOR_OF = { "2xx": 2, "3xx": 0, "4xx": 4, "5xx": 1, "median": 2, "95th percentile": 0, "99th percentile": 1 };
const MARK_COLOR = { primary: "--bad", release: "--link" };

const range = SECONDS[document.body.dataset.range];
const step = Math.max(SCRAPE_INTERVAL, Math.round(range / POINTS / SCRAPE_INTERVAL) * SCRAPE_INTERVAL);
const servers = document.body.dataset.instances.split(" ").filter(Boolean);
const probe = document.body.appendChild(document.createElement("i"));
probe.hidden = true;

// A color of site.css as a canvas knows it, which is the one of light-dark() that applies.
function css(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
}

// Prometheus' values of the range, each series as { name, values }, at the times start, start + step, ...
async function read(element, start, end) {
    const query = element.dataset.query
        .replaceAll("$__rate_interval", `${Math.max(4 * SCRAPE_INTERVAL, step)}s`)
        .replaceAll("$__interval", `${step}s`);
    const response = await fetch(`../api/v1/query_range?${new URLSearchParams({ query, start, end, step })}`);
    const answer = await response.json();
    if (answer.status !== "success") {
        throw new Error(answer.error);
    }
    const labels = element.dataset.labels.split(" ").filter(Boolean);
    return answer.data.result
        .map(({ metric, values }) => ({
            name: element.dataset.name ?? labels.map((label) => metric[label]).join(" "),
            values: aligned(values, start, end),
        }))
        .sort((one, other) => one.name.localeCompare(other.name));
}

// A value that is missing, or no number, is a gap.
function aligned(values, start, end) {
    const result = new Array(Math.floor((end - start) / step) + 1).fill(null);
    for (const [time, value] of values) {
        const number = Number(value);
        result[Math.round((time - start) / step)] = Number.isFinite(number) ? number : null;
    }
    return result;
}

function format(value, unit) {
    if (value === null || value === undefined) {
        return "–";
    }
    if (unit === "percentunit") {
        return `${short(value * 100)} %`;
    }
    if (unit === "s") {
        return value !== 0 && Math.abs(value) < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
    }
    return short(value);
}

function short(value) {
    const size = Math.abs(value);
    if (size >= 10000) {
        return `${short(value / 1000)}k`;
    }
    return String(size >= 100 ? Math.round(value) : Number(value.toPrecision(size < 1 ? 2 : 3)));
}

const two = (number) => String(number).padStart(2, "0");

function clock(seconds) {
    const date = new Date(seconds * 1000);
    return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

function day(seconds) {
    return new Date(seconds * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

const time = (seconds) => range > 86400 ? `${day(seconds)} ${clock(seconds)}` : clock(seconds);
const tick = (seconds) => range > 86400 && seconds % 86400 === 0 ? day(seconds) : clock(seconds);

function colorOf(name, number) {
    const server = servers.indexOf(name);
    return (COLOR_OF[name] ?? (server < 0 ? number : server)) % COLORS;
}

// The range of values: from 0, and at least up to data-max.
function scale(figure) {
    return (plot, lowest, highest) => {
        const least = Number(figure.dataset.max ?? (figure.dataset.unit === "percentunit" ? 0.01 : 0));
        return [0, Math.max(least, (highest ?? 0) * 1.1) || 1];
    };
}

function drawMarks(plot, marks) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.lineWidth = ratio;
    for (const mark of marks) {
        const x = Math.round(plot.valToPos(mark.time, "x", true));
        ctx.strokeStyle = ctx.fillStyle = css(MARK_COLOR[mark.kind]);
        ctx.setLineDash(mark.kind === "primary" ? [] : [4 * ratio, 3 * ratio]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.beginPath();
        ctx.moveTo(x - 4 * ratio, bbox.top - 5 * ratio);
        ctx.lineTo(x + 4 * ratio, bbox.top - 5 * ratio);
        ctx.lineTo(x, bbox.top + 2 * ratio);
        ctx.fill();
    }
    ctx.restore();
}

function element(name, content, attributes = {}) {
    const result = document.createElement(name);
    result.append(...[content].flat());
    for (const [key, value] of Object.entries(attributes)) {
        result.setAttribute(key, value);
    }
    return result;
}

function swatch(color) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const line = document.createElementNS(space, "rect");
    line.setAttribute("width", "100%");
    line.setAttribute("height", "100%");
    svg.setAttribute("class", "swatch");
    svg.setAttribute("aria-hidden", "true");
    svg.style.color = color;
    svg.append(line);
    return svg;
}

// The table below a graph is its legend: the last and the highest value, or the value at the cursor.
function fillTable(figure, all) {
    const unit = figure.dataset.unit;
    const head = figure.querySelector("thead tr");
    if (head.children.length === 2) {
        head.append(element("th", "Highest", { scope: "col" }));
    }
    figure.cells = [];
    for (const { body, series } of all) {
        body.replaceChildren(...series.map(({ name, values, color }) => {
            const cell = element("td", format(values.at(-1), unit));
            const known = values.filter((value) => value !== null);
            const highest = element("td", known.length ? format(Math.max(...known), unit) : "–");
            figure.cells.push({ cell, values });
            return element("tr", [element("th", [swatch(color), name], { scope: "row" }), cell, highest]);
        }));
    }
    if (!figure.cells.length) {
        all[0].body.replaceChildren(element("tr", element("td", "No data in this time.", { colspan: 3 })));
    }
}

function showAt(figure, plot, marks) {
    const index = plot.cursor.idx;
    const outside = index === null || index === undefined || plot.cursor.left < 0;
    for (const { cell, values } of figure.cells) {
        cell.textContent = format(outside ? values.at(-1) : values[index], figure.dataset.unit);
    }
    figure.querySelector("thead th:nth-child(2)").textContent = outside ? "Now" : time(plot.data[0][index]);
    const isNear = (mark) => Math.abs(plot.valToPos(mark.time, "x") - plot.cursor.left) < 6;
    const near = outside ? [] : marks.filter(isNear);
    const text = near.map((mark) => `${time(mark.time)} ${mark.text}`).join(", ");
    figure.querySelector(".note").replaceChildren(...(text ? [element("span", text)] : []));
}

function plotOf(figure, times, series, marks) {
    const box = figure.querySelector(".plot");
    const axis = { stroke: css("--quiet"), font: `12px ${getComputedStyle(box).fontFamily}`, ticks: { show: false } };
    const grid = { stroke: css("--line"), width: 1 };
    figure.plot?.destroy();
    figure.plot = new uPlot({
        width: box.clientWidth,
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        legend: { show: false },
        cursor: { sync: { key: "site" }, y: false, drag: { x: false, y: false }, points: { size: 6 } },
        scales: { x: { range: () => [times[0], times.at(-1)] }, y: { range: scale(figure) } },
        axes: [
            { ...axis, grid: { show: false }, size: 26, gap: 4, space: 60, values: (plot, splits) => splits.map(tick) },
            {
                ...axis, grid, size: 58, gap: 4, space: 34,
                values: (plot, splits) => splits.map((value) => format(value, figure.dataset.unit)),
            },
        ],
        series: [{}, ...series.map(({ color }) => ({ stroke: color, width: 1.5, points: { show: false } }))],
        hooks: {
            draw: [(plot) => drawMarks(plot, marks)],
            setCursor: [(plot) => showAt(figure, plot, marks)],
        },
    }, [times, ...series.map(({ values }) => values)], box);
}

async function draw(figure, start, end, marks) {
    const bodies = [...figure.querySelectorAll("tbody")];
    const results = await Promise.all(bodies.map((body) => read(body, start, end)));
    let number = 0;
    const all = bodies.map((body, index) => ({
        body,
        series: results[index].map((one) => ({ ...one, color: css(`--series-${colorOf(one.name, number++)}`) })),
    }));
    if (!figure.querySelector(".plot")) {
        const title = figure.querySelector("h3").textContent;
        figure.querySelector("table").before(
            element("p", "", { class: "note" }),
            element("div", [], { class: "plot", role: "img", "aria-label": `${title} over time; see the table` }),
        );
    }
    const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
    fillTable(figure, all);
    plotOf(figure, times, all.flatMap(({ series }) => series), marks);
}

async function readMarks(start, end) {
    const kinds = [...document.querySelectorAll("#marks li")];
    const found = await Promise.all(kinds.map(async (kind) => {
        const series = await read(kind, start, end);
        return series.flatMap(({ name, values }) => values.flatMap((value, index) => value === null ? [] : [{
            kind: kind.dataset.mark,
            time: start + index * step,
            text: `${kind.dataset.title ?? kind.textContent}: ${name}`,
        }]));
    }));
    return found.flat();
}

function showKey() {
    for (const kind of document.querySelectorAll("#marks li:not(:has(svg))")) {
        kind.dataset.title = kind.textContent;
        kind.prepend(swatch(css(MARK_COLOR[kind.dataset.mark])));
    }
    document.getElementById("marks").hidden = false;
}

async function drawAll() {
    const end = Math.floor(Date.now() / 1000 / step) * step;
    const start = end - range;
    const marks = await readMarks(start, end);
    showKey();
    await Promise.all([...document.querySelectorAll("figure")].map((figure) => draw(figure, start, end, marks)));
    document.body.dataset.drawn = end;
}

// Adds below each alert what it says. A query does not have that, so that it is not there without JavaScript.
async function describeAlerts() {
    const table = document.getElementById("alerts");
    if (!table) {
        return;
    }
    const answer = await (await fetch("../api/v1/alerts")).json();
    const said = new Map(answer.data.alerts.map(({ labels, annotations }) => [
        `${labels.alertname} ${labels.instance ?? ""}`, annotations.summary ?? "",
    ]));
    table.querySelectorAll(".said").forEach((row) => row.remove());
    for (const row of table.querySelectorAll("tbody tr")) {
        const text = said.get(row.dataset.alert);
        if (text) {
            row.after(element("tr", element("td", text, { colspan: 4 }), { class: "said" }));
        }
    }
}

// What the server evaluates, from the page as it is now.
async function readPage() {
    const response = await fetch(location.href);
    if (!response.ok) {
        throw new Error(response.statusText);
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
        old.replaceChildren(...page.getElementById(old.id).childNodes);
    }
    await describeAlerts();
}

// A page that is not seen asks nothing, and one that gets no answer says so.
async function refresh(...tasks) {
    if (document.hidden) {
        return;
    }
    try {
        await Promise.all(tasks.map((task) => task()));
        document.getElementById("stale")?.remove();
    } catch (error) {
        if (!document.getElementById("stale")) {
            const text = `Prometheus does not answer: ${error.message}. What you see is old.`;
            const attributes = { id: "stale", class: "verdict bad", role: "alert" };
            document.querySelector("main").prepend(element("p", text, attributes));
        }
    }
}

refresh(drawAll, describeAlerts);
setInterval(() => refresh(readPage), REFRESH * 1000);
setInterval(() => refresh(drawAll), Math.max(REFRESH, step) * 1000);
document.addEventListener("visibilitychange", () => refresh(readPage, drawAll));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => refresh(drawAll));
new ResizeObserver(() => {
    for (const figure of document.querySelectorAll("figure")) {
        figure.plot?.setSize({ width: figure.querySelector(".plot").clientWidth, height: HEIGHT });
    }
}).observe(document.body);
