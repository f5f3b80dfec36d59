"""A page with the map, the timeline and one filter over invented events: what browser tests and measurements drive.

Address: ``?n=5000`` events, ``view=8/50.3/36.6`` or ``view=around`` the events, ``arcs=1`` or ``0``,
``dates=...&dates=...``, and ``tiles=...`` with ``credit=...`` for what the settings of the map's tiles would say.
"""

import secrets

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from bench.synthetic import make_events, make_links
from views import backdrop, brush, layers, tables, timeline, wording
from views.payload import write_payload

st.set_page_config(layout="wide")
asked = st.query_params
count = int(asked.get("n", "5000"))


@st.cache_resource(max_entries=3)
def events(count):
    """The events, their payload, and by row what the one filter asks; by event the days."""
    frame = make_events(count)
    payload = write_payload(frame, make_links(frame))
    deadly = frame["killed"].fillna(0).to_numpy() > 0
    order = frame.set_index("event_id").index.get_indexer(payload.ids)
    first, last = (frame[name].to_numpy("datetime64[D]") for name in ("first_day", "last_day"))
    units = (timeline.Unit.WEEK, timeline.Unit.MONTH)
    bins = {unit: timeline.day_bins(frame, payload.day0, payload.day(payload.days - 1), unit) for unit in units}
    return frame, payload, deadly, order, first, last, bins


frame, payload, deadly, order, first_day, last_day, bins = events(count)
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
shown = deadly[order] if fatal else None
view = None
if asked.get("view") != "around":
    zoom, lat, lon = (float(part) for part in asked.get("view", "8/50.3/36.6").split("/"))
    view = (lat, lon, int(zoom))
tiles = backdrop.find({"STRIKELINE_TILES": asked.get("tiles", ""), "STRIKELINE_TILES_CREDIT": asked.get("credit", "")})
world = layers.draw_map(payload.url, channel=channel, view=view, theme=theme, backdrop=tiles)
clicked = st_folium(world, key="map", height=520, use_container_width=True, returned_objects=[])
event = (clicked or {}).get("event")
inside = (first_day <= np.datetime64(dates[1])) & (last_day >= np.datetime64(dates[0]))
inside &= deadly | (not fatal)
command = layers.command(
    payload,
    selected,
    shown=shown,
    focus=event,
    theme=theme,
    arcs={"1": True, "0": False}.get(asked.get("arcs")),
    notes={"title": "Invented strikes", "filter": f"{dates[0]} to {dates[1]}", "off_map": len(payload.off_map)},
)
brush.timeline(
    bins,
    day0=payload.day0,
    days=payload.days,
    selected=selected,
    channel=channel,
    key="timeline",
    on_change=take_brush,
    command=command,
)
st.metric("Events", int(inside.sum()))
st.metric("Killed", wording.total_words(tables.total(frame[inside & frame["lat"].notna()], "killed")))
st.text(f"chosen {event}")
st.text(f"runs {st.session_state['runs']}")
