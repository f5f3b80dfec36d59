"""Names the rules could not place or are not sure of: an analyst says what they mean, from then on."""

import streamlit as st
from streamlit_folium import st_folium

from views import cached, candidates, choosing, controls, panel, places, shell
from views.failures import told_as_sentences

shell.stand_in_app("places")
st.title("Places to look at", anchor=False)
with told_as_sentences():
    if not len(cached.reports()):
        panel.nothing_stored(0)
        st.stop()

    choosing.outcome()
    toponym = places.names()
    if toponym is not None:
        st.header("What the name means", anchor=False)
        places.sentence(toponym)
        left, right = st.columns(2, gap="medium")
        with right:
            options = places.options(toponym)
        with left:
            if options:
                small = candidates.draw_candidates(
                    candidates.write_points(options),
                    theme=controls.theme(),
                    pov=cached.pov(),
                    backdrop=cached.backdrop(),
                )
                clicked = st_folium(small, key="candidates", height=380, use_container_width=True, returned_objects=[])
                places.take_click(clicked, options)
            places.option_list(options)
        with right:
            choosing.choose_form(toponym.words, toponym.report_id, options)
    st.header("A name that reports use", anchor=False)
    choosing.alias_form()
    choosing.history()
