"""The same invented events in folium's own layers: what ``bench.map --rivals`` measures ours against.

Address: ``?n=1000&layer=MarkerCluster`` or ``layer=GeoJson``. The cluster plugin is the npm package
``leaflet.markercluster`` 1.5.3, fetched once and served like our own files, so that no outside host slows it down.
"""

import subprocess
import tarfile
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component

from bench.synthetic import make_events
from views import offline
from views.literal_text import safe_text

import folium  # isort: skip
import folium.plugins
from folium.elements import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

PLUGIN = Path("var/bench/markercluster")
st.set_page_config(layout="wide")
count, layer = int(st.query_params.get("n", "1000")), st.query_params.get("layer", "MarkerCluster")


class Shown(MacroElement):
    """Tells the measuring browser which day the map now ends with: another one for every move of the slider."""

    _template = Template("{% macro script(this, kwargs) %}window.shown = {{ this.count }};{% endmacro %}")

    def __init__(self, count: int) -> None:
        super().__init__()
        self._name, self.count = "Shown", count


@st.cache_resource
def plugin_base() -> str:
    """Where the cluster plugin is served."""
    if not (PLUGIN / "package").exists():
        PLUGIN.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", "leaflet.markercluster@1.5.3"], cwd=PLUGIN, check=True)
        with tarfile.open(next(PLUGIN.glob("*.tgz"))) as archive:
            archive.extractall(PLUGIN, filter="data")
    return f"../{declare_component('cluster', path=str(PLUGIN / 'package' / 'dist')).name}/"


@st.cache_resource(max_entries=2)
def events(count: int) -> pd.DataFrame:
    """Events that have a place."""
    return make_events(count).dropna(subset=["lat"])


frame = events(count)
first, last = frame["first_day"].min(), frame["last_day"].max()
dates = st.slider("Dates", first, last, (first, last), key="dates", bind="query-params")
shown = frame[(frame["first_day"] <= dates[1]) & (frame["last_day"] >= dates[0])]
world = folium.Map((50.3, 36.6), zoom_start=8, tiles=None, maxZoom=11, prefer_canvas=True)
if layer == "MarkerCluster":
    base = plugin_base()
    folium.plugins.MarkerCluster.default_js = [("cluster", base + "leaflet.markercluster.js")]
    folium.plugins.MarkerCluster.default_css = [("cluster", base + "MarkerCluster.Default.css")]
    cluster = folium.plugins.MarkerCluster().add_to(world)
    for event in shown.itertuples():
        folium.CircleMarker((event.lat, event.lon), radius=6, tooltip=safe_text(event.kind)).add_to(cluster)
    Shown((dates[1] - first).days).add_to(world)
    offline.refuse_outside_urls(world)
    st_folium(world, height=520, use_container_width=True, returned_objects=[])
else:
    group = folium.FeatureGroup()
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [e.lon, e.lat]},
            "properties": {"kind": e.kind},
        }
        for e in shown.itertuples()
    ]
    folium.GeoJson({"type": "FeatureCollection", "features": points}, marker=folium.CircleMarker(radius=6)).add_to(
        group
    )
    Shown((dates[1] - first).days).add_to(group)
    st_folium(world, height=520, use_container_width=True, returned_objects=[], feature_group_to_add=group)
