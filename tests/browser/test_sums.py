"""Page and map add up the same totals, for any days and any filter."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Frame, Page

from bench.synthetic import make_events
from tests.browser.drive import drawn, figure_words, map_frame, run_again, runs, settled, stats
from views import tables, wording
from views.payload import write_payload

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "days",
    [
        "",
        "?dates=2023-06-01&dates=2023-06-30",
        "?dates=2024-02-10&dates=2024-02-16",
        "?dates=2024-03-05&dates=2024-03-05",
    ],
)
def test_map_and_page_add_up_the_same_total(page: Page, map_url: str, days: str) -> None:
    page.goto(f"{map_url}/{days}")
    frame = map_frame(page)
    settled(page)
    drawn(frame)
    assert_same_total(page, frame)
    before = runs(page)
    page.get_by_text("Fatal only").click()
    run_again(page, before)
    drawn(frame, "events.columns.mask !== null")
    assert_same_total(page, frame)


def assert_same_total(page: Page, frame: Frame) -> None:
    told = figure_words(page, "Killed")
    assert stats(frame)["killedWords"] == told
    assert f"{told} killed" in frame.locator(".strikeline-counter").inner_text()


STEPS = """() => {
    const { columns: c, symbols, frame } = events, anew = (f) => new strikeline.Tally(c, f, symbols);
    const other = { ...frame, zoom: 5, scale: frame.scale / 8, x0: frame.x0 / 8, y0: frame.y0 / 8 };
    const same = (p, q) => p.length === q.length && p.every((value, i) => value === q[i]);
    let seed = 7, a = 300, b = 400, differ = [];
    const chance = (n) => (seed = (seed * 16807) % 2147483647) % n;
    const kept = anew(frame);
    for (let step = 0; step < 400; step++) {
        if (step % 40 === 20) c.setMask(Uint8Array.from({ length: (c.size >> 3) + 1 }, () => chance(256)));
        if (step % 40 === 39) c.setMask(null);
        const by = chance(9) - 4;
        if (step % 25 === 0) [a, b] = [chance(c.days), chance(c.days)].sort((p, q) => p - q); // a jump
        else if (step % 3 === 0) [a, b] = [a + by, b + by]; // the window slides
        else if (step % 3 === 1) a += by; else b += by; // one end moves
        a = Math.max(0, Math.min(c.days - 1, a));
        b = Math.max(a, Math.min(c.days - 1, b));
        const view = step % 50 < 25 ? frame : other;
        if (kept.frame !== view) kept.look(view, symbols);
        kept.show(a, b);
        const fresh = anew(view).show(a, b);
        if (!same(kept.sums, fresh.sums) || !same(kept.flags, fresh.flags)) differ.push([step, a, b]);
    }
    c.setMask(null);
    return differ;
}"""


def test_sums_kept_up_in_steps_are_those_made_anew(open_map: Page) -> None:
    assert map_frame(open_map).evaluate(STEPS) == []


def test_map_adds_up_what_the_page_adds_up_for_any_days_and_any_filter(open_map: Page, tmp_path: Path) -> None:
    events = make_events(5000)
    payload = write_payload(events, folder=tmp_path)
    placed = events.set_index("event_id", drop=False).loc[list(payload.ids)]
    first, last = (
        (pd.to_datetime(placed[name]) - pd.Timestamp(payload.day0)).dt.days for name in ("first_day", "last_day")
    )
    chance = np.random.default_rng(3)
    asked, told = [], []
    for _ in range(25):
        a, b = sorted(chance.integers(0, payload.days, 2).tolist())
        shown = chance.random(len(placed)) < chance.choice([0.1, 0.5, 0.9, 1.0])
        inside = placed[shown & (first <= b).to_numpy() & (last >= a).to_numpy()].reset_index(drop=True)
        asked.append([a, b, base64.b64encode(np.packbits(shown, bitorder="little").tobytes()).decode()])
        words = [wording.total_words(tables.total(inside, outcome)) for outcome in ("killed", "injured")]
        told.append([len(inside), *words])
    added = map_frame(open_map).evaluate(
        """(asked) => {
            const { columns: c, frame, symbols } = events, tally = new strikeline.Tally(c, frame, symbols);
            const words = (total, outcome) => strikeline.sumWords(total, outcome);
            const drawn = asked.map(([a, b, bits]) => {
                c.setMask(bits);
                const total = tally.show(a, b).total();
                return [strikeline.readSums(total).count, words(total, "killed"), words(total, "injured")];
            });
            c.setMask(null);
            return drawn;
        }""",
        asked,
    )
    assert added == told
    assert len({count for count, *_ in told}) > 20
