"""The dashboard: page list and page config; nothing else."""

import streamlit as st

st.set_page_config(page_title="Strikeline", page_icon="📍", layout="wide", initial_sidebar_state="auto")
PAGES = [
    st.Page(
        "pages/map.py", title="Map", icon=":material/map:", default=True, help="Events on the map and the timeline."
    ),
    st.Page("pages/events.py", title="Events", icon=":material/table_rows:", help="The same events as a table."),
    st.Page("pages/add.py", title="Add", icon=":material/note_add:", help="Read a report and save what it tells."),
    st.Page("pages/about.py", title="About", icon=":material/info:", help="Boundaries, credits, limits, data."),
]
st.navigation(PAGES, position="top").run()
