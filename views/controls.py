"""The filter bar: what it asks for is kept in the session, in the address, and from page to page."""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from model import EventKind, Precision, ReviewState
from views import address, filters, permalink, wording
from views.filters import MAX_WORDS, NOT_STATED, Wanted
from views.layers import Theme
from views.payload import STATUSES, Payload
from views.permalink import DEFAULTS, LISTS, MOST, Days, Words

LATEST = (7, 30, 90)  # days up to the last one of the data
_EXACT = (Precision.SITE, Precision.NEAR, Precision.DISTRICT, Precision.PROVINCE, Precision.AREA, Precision.COUNTRY)
_COLUMNS = {"weapon": "weapon_name", "actor": "actor_country", "country": "country", "unit": "admin1"}
"""Lists whose values are those of a column of the events."""


def limits(payload: Payload) -> tuple[date, date]:
    """The two ends of the date slider: a slider needs at least two days."""
    last = payload.day(payload.days - 1)
    return payload.day0, max(last, payload.day0 + timedelta(days=1))


def filter_bar(frame: pd.DataFrame, payload: Payload, names: Mapping[str, str]) -> Wanted:
    """Draw the filter, say it in words, and return it. Every page that shows events draws its own."""
    ends, words = limits(payload), _words(frame, names)
    _fill(words, ends)
    with st.container(key="filter_bar", gap="xsmall"):
        left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with left:
            days = _days(ends)
            said = st.container()
        with right, st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            _latest(days, ends)
            with st.popover("Filters", icon=":material/filter_list:", key="more_filters"):
                wanted = _fields(frame, words)
            if days is not None:
                wanted = replace(wanted, first_day=days[0], last_day=days[1])
            st.button("Reset", on_click=reset, key="reset", icon=":material/undo:", disabled=wanted == Wanted())
        said.text(filters.in_words(wanted, names, rejected=filters.rejected(frame)))
    _keep_chosen({key: st.session_state[key] for key in DEFAULTS} | {"dates": days}, words)
    return wanted


def keep_address() -> None:
    """Make the address say filter and chosen event; the last line of a page with a filter bar."""
    kept, view = st.session_state["kept"], st.session_state.get("view_asked")
    said = permalink.write(kept["chosen"], st.session_state.get("event"), kept["words"])
    address.keep(said, view=permalink.write_view(view) if view else "", obeyed=st.session_state["obeyed"])


def _fill(words: Words, ends: Days) -> None:
    """Give the widgets what the address asks for; or what was asked for on the page before, whose widgets are gone."""
    kept = st.session_state.get("kept")
    went_back, opened = address.went_back(), bool(st.session_state.get("page_changed"))
    st.session_state["obeyed"] = went_back or opened
    if went_back or kept is None:
        chosen = _obey(permalink.read(address.parameters(), words, ends), view=opened, event=went_back)
    elif opened or st.session_state.get("day_limits") != ends or any(key not in st.session_state for key in DEFAULTS):
        chosen = kept["chosen"]
    else:
        return
    st.session_state["day_limits"] = ends
    for key, value in chosen.items():
        st.session_state[key] = [each for each in value if each in words[key].values()] if key in LISTS else value
    first, last = chosen["dates"] or ends
    st.session_state["dates"] = (min(max(first, ends[0]), ends[1]), max(min(last, ends[1]), ends[0]))


def _obey(asked: permalink.Asked, *, view: bool, event: bool) -> Mapping[str, Any]:
    """Take from the address the filter, and the rest where it is newer than what the session has."""
    if event or "event" not in st.session_state:
        st.session_state["event"] = asked.event
    if view:  # a map that is drawn already keeps its own
        st.session_state["view_asked"] = asked.view
    st.session_state["ignored"] = asked.ignored
    return asked.chosen


def _keep_chosen(chosen: Mapping[str, Any], words: Words) -> None:
    """Remember the filter; what the address had wrong is told as long as nothing else is chosen."""
    kept, ignored = st.session_state.get("kept"), st.session_state.get("ignored")
    if ignored and kept is not None and kept["chosen"] != chosen and not st.session_state["obeyed"]:
        ignored = st.session_state["ignored"] = ()
    if ignored:
        st.caption(f"Ignored in the address, because not valid here: {', '.join(ignored)}.")
    st.session_state["kept"] = {"chosen": chosen, "words": words}


def _days(ends: Days) -> Days | None:
    """The chosen days; ``None`` for all of them."""
    chosen: Days = st.slider(
        "Days",
        min_value=ends[0],
        max_value=ends[1],
        value=ends,
        format="D MMM YYYY",
        key="dates",
        label_visibility="collapsed",
    )
    first, last = sorted(chosen)
    return None if (first, last) == ends else (first, last)


def _latest(days: Days | None, ends: Days) -> None:
    """Draw the quick ranges, one of them chosen where it is what the slider says."""
    ranges = {f"{count} days": (ends[1] - timedelta(days=count - 1), ends[1]) for count in LATEST}
    offered: dict[str, Days | None] = {name: range_ for name, range_ in ranges.items() if range_[0] > ends[0]}
    offered["All"] = None
    st.session_state["latest"] = next((name for name, range_ in offered.items() if range_ == days), None)

    def take_latest() -> None:
        name = st.session_state["latest"]
        if name is not None:
            st.session_state["dates"] = offered[name] or ends

    st.segmented_control(
        "The latest days", list(offered), key="latest", on_change=take_latest, label_visibility="collapsed"
    )


def _words(frame: pd.DataFrame, names: Mapping[str, str]) -> Words:
    """The words of every list and choice, in the order they are offered; the address has the same."""
    listed = {key: _named(filters.counts(frame, column), names) for key, column in _COLUMNS.items()}
    return {
        "kind": {wording.kind_words(kind): kind for kind in EventKind},
        **listed,
        "claim": {status: status for status in STATUSES},
        "review": {str(state): state for state in ReviewState},
        "precision": {_precision(worst): worst for worst in _EXACT},
    }


def _named(codes: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Codes by name, "not stated" last; one whose name is taken goes by both."""
    named: dict[str, str] = {}
    for code in sorted(codes, key=lambda code: (not code, names.get(code, code), code)):
        name = names.get(code, code) or NOT_STATED
        named[f"{name} ({code})" if name in named else name] = code
    return named


def no_result(frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str]) -> None:
    """Say that nothing passes the filter, and what stands in the way."""
    st.info("No event passes this filter.", icon=":material/search_off:")
    for words, n in filters.obstacles(frame, wanted, names):
        st.text(f"Without “{words}”: {wording.plural(n, 'event')}")
    st.button("Clear all filters", on_click=reset, key="reset_empty")


def reset() -> None:
    """Back to all events; for callbacks, which run before the widgets, and for pages without a filter bar."""
    for key, value in DEFAULTS.items():
        st.session_state[key] = list(value) if isinstance(value, list) else value
    st.session_state["dates"] = st.session_state.get("day_limits")
    if "kept" in st.session_state:
        st.session_state["kept"] = {**st.session_state["kept"], "chosen": dict(DEFAULTS)}


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


def start_view() -> permalink.View | None:
    """Latitude, longitude and zoom that the address asked for when the page was opened; ``None``: around the events."""
    view: permalink.View | None = st.session_state.get("view_asked")
    return view


def _fields(frame: pd.DataFrame, words: Words) -> Wanted:
    left, right = st.container(), st.container()
    with left:
        kinds = _list(frame, words, "kind", "Kind")
        weapons = _list(frame, words, "weapon", "Weapon")
        actors = _list(frame, words, "actor", "Country of who did it")
        killed = st.number_input("Killed, at least", 0, MOST, 0, key="killed")
        search = st.text_input(
            "Words", max_chars=MAX_WORDS, key="q", placeholder="In title, outlet, place, actor, weapon"
        )
    with right:
        claims = _list(frame, words, "claim", "Told as")
        reviews = _list(frame, words, "review", "Review", placeholder="All but rejected")
        countries = _list(frame, words, "country", "Country of the place")
        units = _list(frame, words, "unit", "Province of the place")
        injured = st.number_input("Injured, at least", 0, MOST, 0, key="injured")
        precision = st.selectbox("Place known to", [None, *_EXACT], format_func=_precision, key="precision")
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
        words=(search or "")[:MAX_WORDS],
    )


def _list(frame: pd.DataFrame, words: Words, key: str, label: str, *, placeholder: str = "Any") -> list[Any]:
    """Draw the field of a list, and under it how many events there are of each value."""
    named = {value: word for word, value in words[key].items()}
    chosen = st.multiselect(label, list(named), format_func=lambda v: named[v], key=key, placeholder=placeholder)
    column = _COLUMNS.get(key) or {"kind": "kind", "claim": "claim_status", "review": "review"}[key]
    shown = {str(value): word for value, word in named.items()}
    found = filters.counts(frame, column)
    # Counts stand beside the field: inside its options they would become part of the address.
    st.caption(
        " · ".join(f"{shown[value]} {wording.number(n)}" for value, n in found.items() if value in shown) or "none"
    )
    return chosen


def _precision(worst: Precision | None) -> str:
    return "any precision" if worst is None else f"{wording.PRECISION[worst]} or better"
