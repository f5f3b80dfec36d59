"""Add reports: paste one and see what is found before it is saved, or upload files."""

import streamlit as st

from views import drafts, shell
from views.failures import told_as_sentences

shell.stand_in_app("add")
st.title("Add a report", anchor=False)
with told_as_sentences():
    paste, upload = st.tabs(["Paste", "Upload files"])
    with paste:
        drafts.form()
        drafts.found()
    with upload:
        drafts.upload()
