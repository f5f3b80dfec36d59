"""Boundaries, credits, limits, and the state of the data."""

import streamlit as st

from views import about, shell
from views.failures import told_as_sentences

shell.stand_in_app("about")
st.title("About", anchor=False)
with told_as_sentences():
    st.markdown(about.text())
    about.tiles()
    about.data()
