"""What the About page says; the credits are those of the data files."""

from __future__ import annotations

import streamlit as st

from geo import basemap, territory
from views import backdrop, cached, panel, wording

NOBODY = "nothing of any other"


def text() -> str:
    """The page in Markdown. Raises ``TerritoryUnknown``."""
    view = territory.IN_WORDS[territory.point_of_view()]
    asked = f"{NOBODY}, but for the map tiles told of below" if cached.backdrop().origin else NOBODY
    return f"""
Strikeline reads news reports on armed conflict, finds the events they tell of, places and dates them, and keeps the
words behind every value. It runs on one machine and asks {asked}.

### How to read it
- **Each event is as one report tells it.** {panel.COUNTED_ONCE} Merging reports into incidents is not built yet.
- **A number is a range.** “≥ 22” is “at least 22”, “≤ 110” is “nearly 110”. “Silent” means that the report gives no
  number; that is not zero. A total adds the lower ends, has no upper one as soon as one event is silent, and says how
  many are.
- **A claim is not a fact.** “Claimed” means that nobody but one side says so, “contested” that another denies it.
- **Exact is not sure.** A dot is a place known at town level or better; a district, a province or a country is hatched.
- **Arcs are schematic**, not flight paths: solid where a source names the launch area, dashed from the border where
  only the country is claimed.

### Limits
- Rules read the text. They miss things and can be wrong; that is why every value shows its sentence.
- English reports are read. Reports in other languages are kept, and not read yet.
- Borders are drawn at {basemap.SCALE}. A place's country comes from the gazetteer, never from the drawn line.

### Boundaries and credits
{view}; `{territory.VARIABLE}` switches between {" and ".join(basemap.POVS)}.
{basemap.CAPTION}. Base map and places: {basemap.CREDIT}. Settlement register of Ukraine: KATOTTG.
"""


def tiles() -> None:
    """Where the tiles under the map come from, if any, and who learns of it."""
    st.text(backdrop.in_words(cached.backdrop()))


def data() -> None:
    """What is stored, and its revision."""
    reports, events = cached.reports(), cached.events()
    st.subheader("Data", anchor=False)
    st.text(
        f"Data revision {cached.revision()}: {wording.plural(len(reports), 'report')}, "
        f"{wording.plural(len(events), 'event')} told as having happened."
    )
    if len(reports):
        kept = reports[["published", "outlet", "title", "language", "events", "added_at", "added_by"]]
        kept = kept.assign(events=kept["events"].astype("str").where(reports["read"], "not read"))
        names = ("Published", "Outlet", "Title", "Language", "Events", "Added (UTC)", "Added by")
        st.dataframe(kept.set_axis(names, axis=1), hide_index=True, alt="Stored reports", key="reports")
