"""The timeline under the map: bars, a brush that the map follows while it moves, and play.

The component also carries the map's commands: it sends them over the session's channel whenever the page runs, and
answers the map's "hello" when that has just loaded. Its keyboard twin is the date slider of the filter bar.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, cast

import streamlit as st

from views import offline, payload
from views.timeline import DayBin, Unit


class Chosen(Protocol):
    """What the component gives back."""

    range: list[int] | None  # first and last day as offsets


_component = st.components.v2.component("strikeline_timeline", html="", js=offline.loader("brush.js"))


def timeline(
    bins: Mapping[Unit, Sequence[DayBin]],
    *,
    day0: date,
    days: int,
    selected: tuple[int, int],
    channel: str,
    key: str,
    on_change: Callable[[], None],
    command: Mapping[str, Any] | None = None,
) -> Chosen:
    """Draw the timeline; the result's ``range`` is the pair of day offsets the reader chose, or ``None`` before that.

    ``range`` changes when the reader lets go of the brush or pauses play, and then ``on_change`` runs; read it there
    as ``st.session_state[key]["range"]``. What ``selected`` says wins over it on the next run, so let ``on_change``
    set the date slider and take ``selected`` from there: both stay one value.

    Args:
        bins: bars from ``views.timeline.day_bins`` for each unit the reader may choose; any of the three, in any order.
        day0: day of offset 0 (``Payload.day0``).
        days: number of days (``Payload.days``).
        selected: first and last chosen day as offsets, both included.
        channel: the session's channel, the same as the map's.
        key: widget key.
        on_change: called without arguments when the reader has chosen other days.
        command: ``views.layers.command(...)``; its range gives way to the brush while that moves.
    """
    bars = {str(unit): _columns(bars, day0) for unit, bars in bins.items() if bars}
    file = payload.write_beside(json.dumps(bars, separators=(",", ":")).encode(), ".json")
    data = {
        "day0": day0.isoformat(),
        "days": days,
        "range": [int(selected[0]), int(selected[1])],
        "channel": channel,
        "bars": f"{offline.PAYLOAD_BASE}events/{file}",
        "command": dict(command) if command is not None else None,
    }
    return cast("Chosen", _component(key=key, data=data, default={"range": None}, on_range_change=on_change))


def _columns(bars: Sequence[DayBin], day0: date) -> dict[str, Any]:
    """Bars as one list of numbers a field that is not all zero, first days as offsets, and where the last bar ends."""
    fields = ("events", "killed", "injured", "killed_silent", "injured_silent", "unsure")
    columns = {name: [int(getattr(bar, name)) for bar in bars] for name in fields}
    columns["start"] = [(bar.first_day - day0).days for bar in bars]
    told: dict[str, Any] = {name: column for name, column in columns.items() if any(column)}
    return {**told, "end": (bars[-1].last_day - day0).days + 1}
