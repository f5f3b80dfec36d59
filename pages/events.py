"""The events as a table, the twin of the map for the keyboard and for reading; choose one to see its evidence."""

import streamlit as st

from views import cached, controls, filters, panel, selection, shell
from views.failures import told_as_sentences

shell.stand_in_app("events")
st.title("Events", anchor=False)
with told_as_sentences():
    frame, payload, names = cached.events(), cached.payload(), cached.area_names()
    if frame.empty:
        panel.nothing_stored(len(cached.reports()))
        st.stop()

    wanted = controls.filter_bar(frame, payload, names)
    shown = frame[filters.keep(frame, wanted)]
    panel.figures(panel.headline(shown, payload))
    panel.no_result(shown, frame, wanted, names)
    panel.events(shown, key="events", height="auto")
    with st.expander("Not drawn as a dot", key="events_tray"):
        panel.tray(shown, payload)
    st.header("Chosen event", anchor=False)
    panel.chosen(cached.reading_of(selection.chosen_event()), shown, wide=True)
    controls.keep_address()
