"""The chosen event, the same on every page: in the session, in the address, on the map and in each table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from views import permalink


def chosen_event() -> str | None:
    """Id of the event that is chosen on every page; ``None`` when there is none."""
    event_id: str | None = st.session_state.get("event")
    return event_id


def choose_event(event_id: str | None) -> None:
    """Choose an event on every page, or none."""
    st.session_state["event"] = permalink.event_id(event_id or "")


def open_event(event_id: str | None) -> None:
    """Choose an event and open its panel beside the map; for callbacks."""
    choose_event(event_id)
    if event_id:
        st.session_state["side"] = "Chosen event"


def side_shown(sides: Sequence[str]) -> str:
    """Draw the switch of the panel beside the map and say what it shows."""
    if "side" not in st.session_state:
        st.session_state["side"] = "Chosen event" if chosen_event() else sides[0]
    shown = st.segmented_control(
        "Beside the map", sides, key="side", required=True, label_visibility="collapsed", persist_state="session"
    )
    return str(shown)


def take_click(clicked: object, ids: Mapping[str, int]) -> None:
    """Choose the event that was clicked on the map, once for each click."""
    if not isinstance(clicked, dict) or "turn" not in clicked:
        st.session_state.pop("click", None)  # a map that has just been drawn counts its clicks from one again
        return
    if clicked == st.session_state.get("click"):
        return
    st.session_state["click"] = clicked
    event_id = clicked.get("event")
    open_event(event_id if isinstance(event_id, str) and event_id in ids else None)


def event_table(
    table: pd.DataFrame,
    ids: Sequence[str],
    *,
    key: str,
    alt: str,
    chosen: str | None,
    choose: Callable[[str | None], None],
    height: int | Literal["auto"] = "auto",
) -> None:
    """Draw a table of events in which the chosen event is the chosen row, both ways.

    Args:
        table: what is shown; may hold words of reports, for cells stay literal.
        ids: event id of each row.
        key: widget key, different on each page.
        alt: name of the table for screen readers.
        chosen: id of the chosen event; it need not be in the table.
        choose: called with the id of the row the reader chooses, or ``None`` when the row is let go.
        height: pixels, or as much as up to ten rows need.
    """
    rows = [ids.index(chosen)] if chosen in ids else []
    before = st.session_state.get(key)
    if before is None or list(before["selection"]["rows"]) != rows:
        st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def take_row() -> None:
        taken = st.session_state[key]["selection"]["rows"]
        choose(ids[taken[0]] if taken and taken[0] < len(ids) else None)

    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=height,
        on_select=take_row,
        selection_mode="single-row",
        alt=alt,
        column_config={name: st.column_config.TextColumn(name, width=width) for name, width in _WIDTHS.items()},
    )


_WIDTHS: Mapping[str, int] = {"Killed": 70, "Injured": 70, "Why": 260, "Report": 260}


def page_of(ids: Sequence[str], size: int, key: str) -> slice:
    """Draw the page numbers of a long table and say which rows to show; the chosen event's page comes up by itself."""
    pages = max(1, math.ceil(len(ids) / size))
    chosen = chosen_event()
    if chosen != st.session_state.get(f"{key}_for"):
        st.session_state[f"{key}_for"] = chosen
        if chosen in ids:
            st.session_state[key] = ids.index(chosen) // size + 1
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    page = st.pagination(pages, key=key) if pages > 1 else 1
    return slice((page - 1) * size, page * size)
