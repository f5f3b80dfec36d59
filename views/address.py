"""The address bar: when the page obeys it, and how the page keeps it true.

The session knows what the reader asked for; the address is read when it may know more: on the first run of a visit,
and when the reader went back or forward. After every other run the page writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from views import offline, permalink

_writer = st.components.v2.component("strikeline_address", html="", js=offline.loader("address.js"))


def went_back() -> bool:
    """Whether this run came of the browser's Back or Forward, which bring an earlier address."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def parameters() -> Mapping[str, Sequence[str]]:
    """Every value of the parameters that are ours."""
    return {key: st.query_params.get_all(key) for key in permalink.KEYS}


def keep(said: Sequence[tuple[str, str]], *, view: str = "", obeyed: bool = False) -> None:
    """Write the address where it says something else; parameters that are not ours stay.

    Args:
        said: parameters and values; what is not among them leaves the address.
        view: the view of the map, where the address has none.
        obeyed: this run followed the address, so that only its spelling may change: no step of the history.
    """
    ours = [key for key in permalink.KEYS if key != "map"]
    _writer(key="address", data={"keys": ours, "said": said, "map": view, "obeyed": obeyed})
