"""What the user is told when the store or the gazetteer cannot be used: one sentence, and no page full of code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.unpack import GazetteerError
from store.database import StoreError


@contextmanager
def told_as_sentences() -> Iterator[None]:
    """Show what the user can act on as a sentence and end the page there; anything else goes on as it is."""
    try:
        yield
    except (StoreError, GazetteerError, FileNotFoundError, PermissionError) as error:
        st.error("This page cannot be shown.", icon=":material/error:")
        st.text(str(error))
        st.stop()
