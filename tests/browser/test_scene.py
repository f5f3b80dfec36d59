"""What is drawn of the events: bubbles, hatched units, arcs and names."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drive import map_frame, settled, stats

pytestmark = pytest.mark.browser


def test_a_cluster_splits_on_zoom_and_one_spot_opens_as_a_list(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-07-30")
    frame = map_frame(page)
    settled(page)
    zoom = frame.evaluate("map_div.getZoom()")
    closer = frame.evaluate(
        """() => new Promise((glided) => {
            const dots = events.scene.nodes.filter((n) => !n.area).sort((a, b) => b.count - a.count);
            map_div.once("moveend", () => glided(map_div.getZoom()));
            events.open(dots[0], map_div.getCenter());
        })"""
    )
    assert closer > zoom
    frame.evaluate("map_div.setView([49.9818, 36.2548], map_div.getMaxZoom(), {animate: false})")
    frame.wait_for_function("events.scene.nodes.some((n) => n.place === 'Kharkiv' && n.count > 1)")
    frame.evaluate(
        "events.open(events.scene.nodes.find((n) => n.place === 'Kharkiv' && n.count > 1), map_div.getCenter())"
    )
    entries = frame.locator(".strikeline-list button")
    expect(entries.first).to_contain_text("Kharkiv")
    entries.first.click()
    expect(page.get_by_text(re.compile(r"chosen [0-9a-f]{16}-\d+"))).to_be_visible()


def test_no_bubble_holds_events_of_two_countries(open_map: Page) -> None:
    frame = map_frame(open_map)
    mixed = frame.evaluate(
        """async () => {
            const mixed = [];
            for (const zoom of [6, 8]) {
                map_div.setZoom(zoom, { animate: false });
                const { nodes, nodeOf, tally } = events.scene;
                const seen = new Map(nodes.filter((node) => !node.area).map((node) => [node, new Set()]));
                for (const row of tally.shownRows(() => true)) {
                    const node = nodeOf(row);
                    if (seen.has(node)) seen.get(node).add(events.columns.country[row]);
                }
                mixed.push([...seen.values()].map((countries) => countries.size));
            }
            return mixed;
        }"""
    )
    assert all(len(zoom) > 3 and set(zoom) == {1} for zoom in mixed)


def test_two_districts_of_one_name_are_two_marks(open_map: Page) -> None:
    numbers = map_frame(open_map).evaluate(
        """async () => {
            const data = await strikeline.fetchJson(events.settings.base.events + events.stem + ".json");
            const before = new strikeline.Columns(data), [row] = before.areas;
            data.lat[before.area.indexOf(before.area[row], row + 1)] += 5000; // half a degree
            return [before.areas.length, new strikeline.Columns(data).areas.length];
        }"""
    )
    assert numbers[1] == numbers[0] + 1


def test_a_province_is_hatched_in_its_own_outline(open_map: Page) -> None:
    frame = map_frame(open_map)
    marks = frame.evaluate(
        """() => {
            const ctx = document.createElement("canvas").getContext("2d");
            return events.scene.nodes.filter((n) => n.precision === 4).map((n) => ({
                outlined: Boolean(n.outline), unit: n.unit, inside: strikeline.insideOf(ctx, n.outline, n.x, n.y),
                clear: events.scene.nodes.every((m) => m.area || Math.hypot(m.x - n.x, m.y - n.y) > m.r + n.r),
            }));
        }"""
    )
    assert {mark["unit"] for mark in marks} == {"UA.07", "RU.09"}
    assert all(mark["outlined"] and mark["inside"] and mark["clear"] for mark in marks)
    assert frame.evaluate("events.scene.nodes.filter((n) => n.area && n.precision !== 4).every((n) => !n.outline)")
    numbers = """events.scene.nodes.filter((n) => n.area && n.spot).map(({ spot: [x, y] }) =>
        events.scene.nodes.every((m) => m.area || Math.hypot(m.x - x, m.y - y) > m.r + 10))"""
    assert set(frame.evaluate(numbers)) == {True}  # no bubble covers half a number


def test_arcs_are_capped_and_the_map_says_so(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.stats.arcs > 0")
    drawn = stats(frame)
    assert drawn["arcs"] <= 60
    if drawn["arcsTotal"] > 60:
        assert f"60 of {drawn['arcsTotal']} arcs drawn" in frame.locator(".strikeline-counter").inner_text()
    assert re.search(r"\d+ not on the map", frame.locator(".strikeline-counter").inner_text())


def test_arcs_end_at_the_rim_of_their_bubble_and_bend_left(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.scene.drawn.some((l) => l.node)")
    checks = frame.evaluate(
        """events.scene.drawn.filter((l) => l.node).map(({ curve: k, node: n }) => ({
            gap: Math.hypot(k.ex - n.x, k.ey - n.y) - n.r,
            left: (n.x - k.ax) * (k.cy - k.ay) - (n.y - k.ay) * (k.cx - k.ax),
        }))"""
    )
    assert all(abs(check["gap"] - 7) < 0.5 for check in checks)
    assert all(check["left"] < 0 for check in checks)  # y grows downward: left of travel is the negative side


def test_an_arc_whose_start_is_out_of_view_says_where_it_comes_from(page: Page, map_url: str) -> None:
    page.goto(f"{map_url}/?dates=2023-06-01&dates=2023-06-30")
    frame = map_frame(page)
    settled(page)
    frame.wait_for_function("events.scene.entries.length > 0 && events.stats.events < 1000")
    told = frame.evaluate(
        """() => {
            const { padX, padY, width, height } = events.frame, written = [], write = strikeline.Labels.prototype.write;
            strikeline.Labels.prototype.write = function (lines, box, dx) {
                written.push([lines[0].text, box]);
                return write.call(this, lines, box, dx);
            };
            events.redraw();
            strikeline.Labels.prototype.write = write;
            const inView = (x, y) => x >= padX && y >= padY && x <= width - padX && y <= height - padY;
            const ends = ({ x, y, arc }) => [inView(arc.curve.ax, arc.curve.ay), inView(x, y)];
            return { written, starts: events.scene.entries.map(ends), view: [padX, padY, width - padX, height - padY] };
        }"""
    )
    assert all(not start and entry for start, entry in told["starts"])
    names = [(text, box) for text, box in told["written"] if text.startswith("from ")]
    assert {text for text, _ in names} == {"from Kursk"}
    left, top, right, bottom = told["view"]
    for _, box in names:
        assert left <= box[0] < box[2] <= right
        assert top <= box[1] < box[3] <= bottom
        others = [other for _, other in told["written"] if other != box]
        assert not [o for o in others if o[0] < box[2] and o[2] > box[0] and o[1] < box[3] and o[3] > box[1]]


def test_a_name_stands_nearest_to_its_bubble_or_has_a_line_to_it(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.wait_for_function("events.towns && events.scene.nodes.length > 20")
    strays, led = frame.evaluate(
        """() => {
            const own = strikeline.Labels.prototype, { put, lead, write } = own, strays = [];
            let owner = null, led = 0, line = false;
            own.put = function (lines, x, y, gap, options = {}) {
                [owner, line] = [options.own, false];
                return put.call(this, lines, x, y, gap, options);
            };
            own.lead = function (...given) { line = true; led++; lead.apply(this, given); };
            own.write = function (lines, box, dx) {
                const across = (m) => Math.max(box[0] - m.x, 0, m.x - box[2]);
                const down = (m) => Math.max(box[1] - m.y, 0, m.y - box[3]);
                const away = (m) => Math.hypot(across(m), down(m)) - m.r;
                const nearer = (m) => m !== owner && away(m) < away(owner);
                if (owner && !line && events.scene.nodes.some(nearer)) strays.push(lines[0].text);
                write.call(this, lines, box, dx);
            };
            events.redraw();
            Object.assign(own, { put, lead, write });
            return [strays, led];
        }"""
    )
    assert strays == []
    assert led > 0


def test_hostile_words_in_a_payload_stay_words(open_map: Page) -> None:
    frame = map_frame(open_map)
    frame.evaluate(
        """() => {
            const bad = "<img src=x onerror=\\"window.broken=1\\">`${1}`</script>";
            events.columns.tables.place = events.columns.tables.place.map(() => bad);
            events.redraw();
            const one = events.scene.nodes.find((n) => n.count === 1);
            events.tip.show({ x: 200, y: 200 }, strikeline.nodeLines(events.columns, one));
            strikeline.openList(map_div, map_div.getCenter(), events.columns, [0, 1], () => {});
        }"""
    )
    open_map.wait_for_timeout(300)  # time for an image that must not be asked for
    assert frame.evaluate("window.broken") is None
    assert "<img" in frame.locator(".strikeline-list").inner_text()
