"""A page with the map, the timeline and one filter over invented events: what browser tests and measurements drive.

Address: ``?n=5000`` events, ``view=8/50.3/36.6``, ``arcs=1`` or ``0``, ``dates=...&dates=...``.
"""

import secrets

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from bench.synthetic import make_events, make_links
from views import brush, layers, timeline
from views.payload import Payload, write_payload

st.set_page_config(layout="wide")
asked = st.query_params
count = int(asked.get("n", "5000"))


@st.cache_resource(max_entries=3)
def events(count):
    """The events, and their payload."""
    frame = make_events(count)
    return frame, write_payload(frame, make_links(frame))


frame, payload = events(count)
assert isinstance(payload, Payload)
channel = st.session_state.setdefault("channel", f"map-{secrets.token_hex(8)}")
last = payload.day(payload.days - 1)


def take_brush():
    chosen = st.session_state["timeline"]["range"]
    if chosen:
        st.session_state["dates"] = tuple(payload.day(offset) for offset in chosen)


st.session_state["runs"] = st.session_state.get("runs", 0) + 1
theme = st.context.theme.type or "light"
dates = st.slider("Dates", payload.day0, last, (payload.day0, last), key="dates", bind="query-params")
selected = (payload.offset(dates[0]), payload.offset(dates[1]))
fatal = st.checkbox("Fatal only", key="fatal")
shown = None
if fatal:
    deadly = (frame.set_index("event_id")["killed"].fillna(0) > 0).to_dict()
    shown = np.array([deadly[event_id] for event_id in payload.ids])
zoom, lat, lon = (float(part) for part in asked.get("view", "8/50.3/36.6").split("/"))
world = layers.draw_map(payload.url, channel=channel, view=(lat, lon, int(zoom)), theme=theme)
clicked = st_folium(world, key="map", height=520, use_container_width=True, returned_objects=[])
event = (clicked or {}).get("event")
kept = set(payload.ids) if shown is None else {i for i, keep in zip(payload.ids, shown, strict=True) if keep}
days = frame[frame["event_id"].isin(kept) & (frame["first_day"] <= dates[1]) & (frame["last_day"] >= dates[0])]
command = layers.command(
    payload,
    selected,
    shown=shown,
    focus=event,
    theme=theme,
    arcs={"1": True, "0": False}.get(asked.get("arcs")),
    notes={"title": "Invented strikes", "filter": f"{dates[0]} to {dates[1]}", "off_map": len(payload.off_map)},
)
units = (timeline.Unit.WEEK, timeline.Unit.MONTH, timeline.Unit.DAY)
brush.timeline(
    {unit: timeline.day_bins(frame, payload.day0, last, unit) for unit in units[: 2 if payload.days > 200 else 3]},
    day0=payload.day0,
    days=payload.days,
    selected=selected,
    channel=channel,
    key="timeline",
    on_change=take_brush,
    command=command,
)
st.metric("Events", len(days))
st.metric("Killed", int(days["killed"].sum()))
st.text(f"chosen {event}")
st.text(f"runs {st.session_state['runs']}")
