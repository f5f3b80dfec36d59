"""Map, timeline, figures and the chosen event: one filter for all of them."""

import streamlit as st
from streamlit_folium import st_folium

from views import brush, cached, controls, filters, layers, panel, selection, shell
from views.failures import told_as_sentences

shell.stand_in_app("map")
heading, head = st.columns([1, 3], gap="medium", vertical_alignment="center")
heading.title("Events as reports tell them", anchor=False)
with told_as_sentences():
    frame, payload, names = cached.events(), cached.payload(), cached.area_names()
    if frame.empty:
        panel.nothing_stored(len(cached.reports()))
        st.stop()

    wanted = controls.filter_bar(frame, payload, names)
    shown = frame[filters.keep(frame, wanted)]
    headline = panel.headline(shown, payload)
    with head:
        panel.figures(headline)
    panel.no_result(shown, frame, wanted, names)

    left, right = st.columns([3, 2], gap="medium")
    with left:
        world = layers.draw_map(
            payload.url,
            channel=controls.channel(),
            view=controls.start_view(),
            theme=controls.theme(),
            pov=cached.pov(),
            backdrop=cached.backdrop(),
        )
        clicked = st_folium(world, key="map", height=440, use_container_width=True, returned_objects=[])
        selection.take_click(clicked, payload.rows)
        selected = controls.offsets(payload, wanted)
        command = layers.command(
            payload,
            selected,
            shown=cached.rows_shown(wanted),
            focus=selection.chosen_event(),
            theme=controls.theme(),
            notes=panel.picture_notes(headline, frame, wanted, names, cached.revision()),
        )
        brush.timeline(
            cached.bars(wanted),
            day0=payload.day0,
            days=payload.days,
            selected=selected,
            channel=controls.channel(),
            key="timeline",
            on_change=lambda: controls.take_days(payload, st.session_state["timeline"]["range"]),
            command=command,
        )
        panel.tiles_note(cached.backdrop())
    with right:
        panel.side(shown, payload, cached.reading_of(selection.chosen_event()))
    controls.keep_address()
