"""The filter bar, and where the map starts: what the address (URL) of a page holds, so that a link restores it.

What an address holds is never trusted: what is not valid is ignored, and the page says so.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model import EventKind, Precision, ReviewState
from views import filters, wording
from views.filters import MAX_WORDS, NOT_STATED, Wanted
from views.layers import Theme
from views.payload import STATUSES, Payload

DEFAULTS: Mapping[str, Any] = {
    "kind": [],
    "actor": [],
    "country": [],
    "unit": [],
    "weapon": [],
    "claim": [],
    "review": [],
    "precision": None,
    "killed": 0,
    "injured": 0,
    "q": "",
}
"""Keys of the filter's widgets; each is also the name of its parameter in the address. ``dates`` comes on top."""

MOST = 1_000_000  # people; the top of the two number fields
_VIEW = re.compile(r"(\d{1,2})/(-?\d{1,2}(?:\.\d{1,6})?)/(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)
_MOST = 0.9
_ROOM = (360, 560)  # pixels, height and width of the map without a broad edge, where its panels lie
_EXACT = (Precision.SITE, Precision.NEAR, Precision.DISTRICT, Precision.PROVINCE, Precision.AREA, Precision.COUNTRY)


def limits(payload: Payload) -> tuple[date, date]:
    """The two ends of the date slider: a slider needs at least two days."""
    last = payload.day(payload.days - 1)
    return payload.day0, max(last, payload.day0 + timedelta(days=1))


def filter_bar(frame: pd.DataFrame, payload: Payload, names: Mapping[str, str]) -> Wanted:
    """Draw the filter, say it in words, and return it. Every page that shows events draws its own."""
    asked = {key: st.query_params.get_all(key) for key in (*DEFAULTS, "dates")}
    first, last = limits(payload)
    _carry_over(first, last, names)
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    with left:
        first_day, last_day = sorted(_days(first, last))
    with right:
        said = st.container()
        with st.container(horizontal=True):
            with st.popover("More filters", icon=":material/filter_list:", key="more_filters", width=300):
                wanted = _fields(frame, names)
            if (first_day, last_day) != (first, last):
                wanted = replace(wanted, first_day=first_day, last_day=last_day)
            st.button("Reset", on_click=reset, key="reset", icon=":material/undo:", disabled=wanted == Wanted())
        said.text(filters.in_words(wanted, names, rejected=filters.rejected(frame)))
    _say_ignored(asked, (first, last))
    st.session_state["kept_filter"] = {key: st.session_state[key] for key in (*DEFAULTS, "dates")}
    return wanted


def _carry_over(first: date, last: date, names: Mapping[str, str]) -> None:
    """Give a page that has just been opened the filter of the one before, and its address too.

    For Streamlit, widgets of one key on two pages are two, and the address of a page begins empty.
    """
    kept = st.session_state.get("kept_filter")
    if kept is None or not st.session_state.get("page_changed"):
        return
    ends = kept["dates"]
    all_days = ends == st.session_state.get("day_limits")
    days = (first, last) if all_days else tuple(min(max(day, first), last) for day in ends)
    carried = {key: kept[key] for key in DEFAULTS} | {"dates": days}
    written = _as_written(carried, names)
    for key, value in carried.items():
        st.session_state[key] = value
        if value != DEFAULTS.get(key, (first, last)):
            st.query_params[key] = written[key]


def _as_written(chosen: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str | list[str]]:
    """The filter's values as their widgets write them into the address."""
    return {
        "kind": [wording.kind_words(kind) for kind in chosen["kind"]],
        "actor": [_country(code, names) for code in chosen["actor"]],
        "country": [_country(code, names) for code in chosen["country"]],
        "unit": [_country(code, names) for code in chosen["unit"]],
        "weapon": [weapon or NOT_STATED for weapon in chosen["weapon"]],
        "claim": list(chosen["claim"]),
        "review": [str(state) for state in chosen["review"]],
        "precision": _precision(chosen["precision"]),
        "killed": str(chosen["killed"]),
        "injured": str(chosen["injured"]),
        "q": chosen["q"],
        "dates": [str(day) for day in chosen["dates"]],
    }


def _days(first: date, last: date) -> tuple[date, date]:
    chosen: tuple[date, date] = st.slider(
        "Days",
        min_value=first,
        max_value=last,
        value=(first, last),
        format="D MMM YYYY",
        key="dates",
        bind="query-params",
        help="Both ends are included. The arrow keys move the end that has the focus by one day.",
    )
    return chosen


def no_result(frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str]) -> None:
    """Say that nothing passes the filter, and what stands in the way."""
    st.info("No event passes this filter.", icon=":material/search_off:")
    for words, n in filters.obstacles(frame, wanted, names):
        st.text(f"Without “{words}”: {wording.plural(n, 'event')}")
    st.button("Clear all filters", on_click=reset, key="reset_empty")


def reset() -> None:
    """Back to all events; for callbacks, which run before the widgets, and for pages without a filter bar."""
    st.session_state.pop("kept_filter", None)
    for key, value in DEFAULTS.items():
        st.session_state[key] = list(value) if isinstance(value, list) else value
    if "day_limits" in st.session_state:
        st.session_state["dates"] = st.session_state["day_limits"]


def take_days(payload: Payload, chosen: Sequence[int] | None) -> None:
    """Set the date slider to the offsets that the reader chose on the timeline; for callbacks."""
    if chosen is not None and len(chosen) == 2 and all(isinstance(n, int | float) and math.isfinite(n) for n in chosen):
        first, last = limits(payload)
        a, b = sorted(int(n) for n in chosen)
        days = (payload.day(max(a, 0)), payload.day(min(max(b, 0), payload.days - 1)))
        st.session_state["dates"] = (
            (max(days[0], first), min(days[1], last)) if b < payload.days - 1 else (days[0], last)
        )


def offsets(payload: Payload, wanted: Wanted) -> tuple[int, int]:
    """The wanted days as offsets into the payload; all of them where no days are asked for."""
    if wanted.first_day is None or wanted.last_day is None:
        return 0, payload.days - 1
    return payload.offset(wanted.first_day), payload.offset(wanted.last_day)


def channel() -> str:
    """Name of the page events of this session, by which timeline and map speak."""
    if "channel" not in st.session_state:
        st.session_state["channel"] = f"map-{secrets.token_hex(8)}"
    return str(st.session_state["channel"])


def theme() -> Theme:
    """The reader's theme; light where the browser has not said."""
    return "dark" if st.context.theme.type == "dark" else "light"


def start_view(frame: pd.DataFrame) -> tuple[float, float, int]:
    """Latitude, longitude and zoom to start with, fixed for the visit: from the address, else around the events."""
    if "view" not in st.session_state:
        asked = st.query_params.get("map", "")
        st.session_state["view"] = parse_view(asked) or around(frame)
        if asked and parse_view(asked) is None:
            note_ignored("map")
    view: tuple[float, float, int] = st.session_state["view"]
    return view


def parse_view(text: str) -> tuple[float, float, int] | None:
    """Reads "zoom/lat/lon"; ``None`` unless all three are numbers within the world."""
    match = _VIEW.fullmatch(text)
    if match is None:
        return None
    zoom, lat, lon = int(match[1]), float(match[2]), float(match[3])
    return (lat, lon, zoom) if zoom <= 20 and abs(lat) <= 85 and abs(lon) <= 180 else None


def around(frame: pd.DataFrame) -> tuple[float, float, int]:
    """A view that holds the nine tenths of the events with a dot that lie closest together; else the theatre."""
    dots = frame.loc[frame["lat"].notna() & (pd.to_numeric(frame["precision"]) <= int(Precision.NEAR)), ["lat", "lon"]]
    if dots.empty:
        return 50.3, 36.6, 6
    east = math.cos(math.radians(float(dots["lat"].median())))  # degrees of longitude in those of latitude
    apart = np.hypot(dots["lat"] - dots["lat"].median(), (dots["lon"] - dots["lon"].median()) * east)
    near = dots[apart <= np.quantile(apart, _MOST, method="higher")]
    low, high = near.min(), near.max()
    centre = (low + high) / 2
    pixels = 256 / 360 * np.array([(high["lat"] - low["lat"]) / east, high["lon"] - low["lon"]])  # at zoom 0
    room = np.array(_ROOM) / np.maximum(pixels, 1e-6)
    zoom = min(8, max(4, math.floor(math.log2(room.min()))))
    return float(round(centre["lat"], 3)), float(round(centre["lon"], 3)), zoom


def _fields(frame: pd.DataFrame, names: Mapping[str, str]) -> Wanted:
    left, right = st.container(), st.container()
    with left:
        kinds = st.multiselect(
            "Kind", list(EventKind), format_func=wording.kind_words, key="kind", bind="query-params", placeholder="Any"
        )
        _counted(frame, "kind", {str(kind): wording.kind_words(kind) for kind in EventKind})
        weapons = _codes(frame, "weapon_name", {}, "Weapon", "weapon")
        actors = _codes(frame, "actor_country", names, "Country of who did it", "actor")
        killed = st.number_input("Killed, at least", 0, MOST, 0, key="killed", bind="query-params")
        words = st.text_input(
            "Words",
            max_chars=MAX_WORDS,
            key="q",
            bind="query-params",
            placeholder="In title, outlet, place, actor, weapon",
        )
    with right:
        claims = st.multiselect("Told as", STATUSES, key="claim", bind="query-params", placeholder="Any")
        _counted(frame, "claim_status", {status: status for status in STATUSES})
        reviews = st.multiselect(
            "Review", list(ReviewState), key="review", bind="query-params", placeholder="All but rejected"
        )
        _counted(frame, "review", {str(state): str(state) for state in ReviewState})
        countries = _codes(frame, "country", names, "Country of the place", "country")
        units = _codes(frame, "admin1", names, "Province of the place", "unit")
        injured = st.number_input("Injured, at least", 0, MOST, 0, key="injured", bind="query-params")
        precision = st.selectbox(
            "Place known to",
            [None, *_EXACT],
            format_func=_precision,
            key="precision",
            bind="query-params",
        )
    return Wanted(
        kinds=frozenset(kinds),
        actors=frozenset(actors),
        countries=frozenset(countries),
        units=frozenset(units),
        weapons=frozenset(weapons),
        claims=frozenset(claims),
        reviews=frozenset(reviews),
        precision=precision,
        killed=int(killed or 0),
        injured=int(injured or 0),
        words=(words or "")[:MAX_WORDS],
    )


def _codes(frame: pd.DataFrame, column: str, names: Mapping[str, str], label: str, key: str) -> list[str]:
    shown = {code: _country(code, names) for code in filters.counts(frame, column)}
    options = sorted(shown, key=lambda code: (not code, shown[code]))
    chosen = st.multiselect(
        label, options, format_func=lambda code: shown[code], key=key, bind="query-params", placeholder="Any"
    )
    _counted(frame, column, shown)
    return [str(code) for code in chosen]


def _country(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code) or NOT_STATED


def _precision(worst: Precision | None) -> str:
    return "any precision" if worst is None else f"{wording.PRECISION[worst]} or better"


def _counted(frame: pd.DataFrame, column: str, shown: Mapping[str, str]) -> None:
    """Counts stand beside the field: inside its options they would become part of the address."""
    found = filters.counts(frame, column)
    st.caption(
        " · ".join(f"{shown[value]} {wording.number(n)}" for value, n in found.items() if value in shown) or "none"
    )


def _say_ignored(asked: Mapping[str, list[str]], ends: tuple[date, date]) -> None:
    """Name the parameters of the address that gave no valid value, once a visit."""
    st.session_state["day_limits"] = ends
    if "address_read" not in st.session_state:
        st.session_state["address_read"] = True
        for key, values in asked.items():
            default = ends if key == "dates" else DEFAULTS[key]
            if any(values) and st.session_state.get(key) == default and values != [str(default)]:
                note_ignored(key)
    if ignored := st.session_state.get("ignored"):
        st.caption(f"Ignored in the address, because not valid here: {', '.join(ignored)}.")


def note_ignored(key: str) -> None:
    """Remember a parameter of the address that was not valid; the filter bar says so."""
    st.session_state.setdefault("ignored", [])
    if key not in st.session_state["ignored"]:
        st.session_state["ignored"].append(key)
