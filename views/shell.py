"""The frame around every page: page list and page config, drawn by ``app.py``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent


def draw() -> None:
    """Draw the frame and the page in it; for ``app.py``."""
    st.session_state["in_app"] = True
    st.set_page_config(page_title="Strikeline", page_icon="📍", layout="wide", initial_sidebar_state="auto")
    st.navigation(_pages(), position="top").run()


def stand_in_app() -> None:
    """Make sure that the frame is there; the first line of every page.

    A fresh server whose first visit is a deep link runs the page without ``app.py``, until someone calls
    ``st.navigation``. So this does, and runs again: once a session, for a page under test never has the frame.
    """
    if "in_app" not in st.session_state:
        st.session_state["in_app"] = False
        st.navigation(_pages(), position="top")
        st.rerun()


def _pages() -> list[st.Page]:
    folder = ROOT / "pages"
    return [
        st.Page(
            folder / "map.py", title="Map", icon=":material/map:", default=True, help="Events on map and timeline."
        ),
        st.Page(folder / "events.py", title="Events", icon=":material/table_rows:", help="The same events as a table."),
        st.Page(folder / "add.py", title="Add", icon=":material/note_add:", help="Read a report, then save it."),
        st.Page(folder / "about.py", title="About", icon=":material/info:", help="Boundaries, credits, limits, data."),
    ]
