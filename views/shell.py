"""The frame around every page: page list and page config, drawn by ``app.py``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
# Streamlit leaves 96 pixels free above the title, for which its theme has no setting; the menu itself is 60 high.
# And it writes white on the dark theme's light blue buttons, which fails WCAG AA: the page's own ground does not.
# On a phone a figure stands beside its label, so that the map begins on the first screen.
STYLE = """
[data-testid="stMainBlockContainer"] { padding-top: 4.25rem; padding-bottom: 2rem; }
[data-testid="stHeading"] h1 { padding: 0.25rem 0 0.5rem; }
[data-testid^="stBaseButton-primary"] p { color: Canvas; }
.st-key-filter_bar [data-testid="stColumn"] > [data-testid="stVerticalBlock"] { gap: 0.25rem; }
.st-key-filter_bar [data-testid="stSlider"] { margin-bottom: -0.75rem; }
@media (max-width: 640px) {
  [data-testid="stHeading"] h1 { font-size: 1.25rem; }
  .st-key-figures [data-testid="stMetric"] > div { display: flex; flex-flow: row wrap; align-items: baseline; }
  .st-key-figures [data-testid="stMetric"] > div { gap: 0 0.4rem; }
  .st-key-figures [data-testid="stMetricValue"] { font-size: 1.25rem; padding: 0; }
  .st-key-figures [data-testid="stCaptionContainer"] { font-size: 0.75rem; }
  .st-key-figures [data-testid="stCaptionContainer"] p { line-height: 1.3; }
  .st-key-filter_bar [data-testid="stHorizontalBlock"] { gap: 0.5rem; }
  .st-key-latest button { padding: 0 0.4rem; }
  .st-key-reset button { padding: 0 0.6rem; }
  .st-key-reset p { font-size: 0; }
}
"""


def draw() -> None:
    """Draw the frame and the page in it; for ``app.py``."""
    st.session_state["in_app"] = True
    _configure()
    st.navigation(_pages(), position="top").run()


def stand_in_app(page: str) -> None:
    """Make sure that the frame is there, and note which page is shown; the first line of every page.

    A fresh server whose first visit is a deep link runs the page without ``app.py``, until someone calls
    ``st.navigation``. So this does, and runs again: once a session, for a page under test never has the frame.
    """
    if "in_app" not in st.session_state:
        st.session_state["in_app"] = False
        _configure()
        st.navigation(_pages(), position="top")
        st.rerun()
    st.session_state["page_changed"] = st.session_state.get("page") != page
    st.session_state["page"] = page


def _configure() -> None:
    st.set_page_config(page_title="Strikeline", page_icon="📍", layout="wide", initial_sidebar_state="auto")
    st.html(f"<style>{STYLE}</style>")


def _pages() -> list[st.Page]:
    folder = ROOT / "pages"
    # No icons: that of a page becomes the icon of the browser's tab, which would be fetched from elsewhere.
    return [
        st.Page(folder / "map.py", title="Map", default=True, help="Events on map and timeline."),
        st.Page(folder / "events.py", title="Events", help="The same events as a table."),
        st.Page(folder / "add.py", title="Add", help="Read a report, then save it."),
        st.Page(folder / "places.py", title="Places", help="Names that are not placed for sure; say what they mean."),
        st.Page(folder / "about.py", title="About", help="Boundaries, credits, limits, data."),
    ]
