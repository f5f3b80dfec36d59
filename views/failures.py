"""What the user is told when something cannot be used: a sentence, and no page full of code."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.territory import TerritoryUnknown
from geo.unpack import GazetteerError
from store.database import StoreError

LOG = logging.getLogger("strikeline")


@contextmanager
def told_as_sentences() -> Iterator[None]:
    """Show what the user can act on as a sentence and end the page there; log what only a developer can act on."""
    try:
        yield
    except (StoreError, GazetteerError, TerritoryUnknown, FileNotFoundError, PermissionError) as error:
        st.error("This page cannot be shown.", icon=":material/error:")
        st.text(str(error))
        st.stop()
    except Exception:
        LOG.exception("a page failed")
        st.error("Something went wrong on this page; the log of the server says what.", icon=":material/error:")
        st.caption("Nothing was lost: reports that were saved are kept.")
        st.stop()
