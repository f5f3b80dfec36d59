"""What several pages draw in the same way: figures, the chosen event, the tray, empty states.

Words of a report are shown by ``st.text``, in table cells, or as the literal HTML of ``views.evidence`` only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from model import PlacedEvent, Reading, Report, Telling
from views import controls, evidence, filters, reviewing, selection, tables, wording
from views.backdrop import Backdrop
from views.filters import Wanted
from views.literal_text import plain_text
from views.payload import Payload
from views.wording import Total

ROWS = 100  # of a table at a time
SIDE_HEIGHT = 620  # pixels: as high as map and timeline
LONGEST = 2_000  # characters of one line about an event or its report
SIDES = ("Events", "Chosen event", "Not as a dot")
COUNTED_ONCE = (
    "Where several reports tell of one place and day, only the one that is sure of the most is added. That is a lower "
    "bound: it may have been several attacks."
)


@dataclass(frozen=True, slots=True)
class Headline:
    """What the events shown add up to, for figures and picture."""

    events: int
    reports: int
    killed: Total
    injured: Total
    off_map: int


def headline(shown: pd.DataFrame, payload: Payload) -> Headline:
    """Add up the events shown."""
    return Headline(
        events=len(shown),
        reports=shown["report_number"].nunique(),
        killed=tables.total(shown, "killed"),
        injured=tables.total(shown, "injured"),
        off_map=int(shown["event_id"].isin(payload.off_map).sum()),
    )


def figures(head: Headline) -> None:
    """The headline: events, killed and injured as ranges, and what is not drawn."""
    reports = wording.plural(head.reports, "report")
    with st.container(key="figures"), st.grid(4, min_column_width=150):
        for label, value, note in (
            ("Events", wording.number(head.events), f"as told by {reports}"),
            ("Killed", wording.total_words(head.killed), wording.total_note(head.killed)),
            ("Injured", wording.total_words(head.injured), wording.total_note(head.injured)),
            ("Not on the map", wording.number(head.off_map), "no place or no day; listed with the reason"),
        ):
            with st.container(gap=None):
                st.metric(label, value, help=COUNTED_ONCE if label in ("Killed", "Injured") else None)
                st.caption(note)


def side(shown: pd.DataFrame, payload: Payload, reading: Reading | None) -> None:
    """Beside the map: the table of events, the chosen one, or the tray."""
    opened = selection.side_shown(SIDES)
    if opened == SIDES[0]:
        events(shown, key="map_events", height=min(SIDE_HEIGHT - 40, 38 + 35 * min(len(shown), ROWS)))
    elif opened == SIDES[1]:
        with st.container(height=SIDE_HEIGHT, key="chosen_event"):
            chosen(reading, shown)
    else:
        tray(shown, payload)


def events(shown: pd.DataFrame, *, key: str, height: int | Literal["auto"]) -> None:
    """The table of events, newest first."""
    newest = tables.newest_first(shown)
    ids = shown["event_id"].to_numpy()[newest].tolist()
    st.caption(
        f"{wording.plural(len(ids), 'event')}, the newest first. Choose a row (by keyboard: Shift and Space) "
        "to see its evidence."
    )
    rows = selection.page_of(ids, ROWS, f"{key}_page")
    selection.event_table(
        tables.events_table(shown.iloc[newest[rows]]),
        ids[rows],
        key=key,
        alt="Events that pass the filter",
        chosen=selection.chosen_event(),
        choose=selection.open_event,
        height=height,
    )


def tray(shown: pd.DataFrame, payload: Payload) -> None:
    """What cannot be drawn as a dot, each with its reason."""
    off_map = frozenset(payload.off_map)
    found = tables.rough(shown, off_map)
    ids = found["event_id"].tolist()
    missing = sum(event_id in off_map for event_id in ids)
    st.caption(
        f"{wording.plural(missing, 'event')} not on the map at all, {wording.number(len(ids) - missing)} drawn as "
        "an area, not as a dot. Each with the reason."
    )
    if ids:
        rows = selection.page_of(ids, ROWS, "tray_page")
        selection.event_table(
            tables.tray(found.iloc[rows], off_map),
            ids[rows],
            key="tray",
            alt="Events that cannot be drawn as a dot, with the reason",
            chosen=selection.chosen_event(),
            choose=selection.open_event,
            height=min(SIDE_HEIGHT - 40, 38 + 35 * min(len(ids), ROWS)),
        )


def chosen(reading: Reading | None, shown: pd.DataFrame, *, wide: bool = False) -> None:
    """The event that is chosen on every page, with its evidence."""
    event_id = selection.chosen_event()
    if event_id is None:
        st.info("Choose an event on the map or in the table to see the words behind each value.")
        return
    found = None if reading is None else next((p for p in reading.events if p.event.id == event_id), None)
    if reading is None or found is None:
        st.warning("The event that the address names is not in this store.")
        st.button("Let go of it", on_click=selection.choose_event, args=(None,), key="let_go")
        return
    if not (shown["event_id"] == event_id).any():
        st.caption("The present filter hides this event.")
    event(reading, found, wide=wide)
    if found.event.telling is Telling.REPORTED:
        reviewing.review(event_id)
    others = [p for p in reading.events if p.event.id != event_id]
    if others:
        also_told(others)


def event(reading: Reading, placed: PlacedEvent, *, wide: bool = False) -> None:
    """One event: what is known, what each party says, the report with its evidence, and the list of proofs.

    Args:
        reading: the report that tells it, with all that was read from it.
        placed: the event.
        wide: there is room for the report beside the facts.
    """
    told, report = placed.event, reading.report
    facts, words = st.columns([2, 3], gap="medium") if wide else (st.container(), st.container())
    with facts:
        st.subheader(wording.kind_words(told.kind), anchor=False)
        if told.telling is not Telling.REPORTED:
            st.caption(f"{wording.TELLING[told.telling].capitalize()}: neither counted nor drawn.")
        with st.grid(2, min_column_width=140):
            st.metric("Killed", wording.count_ends(told.casualties.killed), help="As this report tells it.")
            st.metric(
                "Injured", wording.count_ends(told.casualties.injured), help="“Silent”: no number, which is not zero."
            )
        _known(report, placed)
    with words:
        _report_head(reading)
        st.html(evidence.marked_text(report, evidence.find_marks(reading, told)))
    st.html(evidence.proofs_table(evidence.list_proofs(reading, placed)))


def _known(report: Report, placed: PlacedEvent) -> None:
    told = placed.event
    _facts("Day", [wording.when_words(told.when), evidence.day_note(report, told)])
    where = evidence.place_words(placed.target, told.target.text if told.target else "")
    _facts("Place", [where, evidence.choice_words(placed.target)])
    if told.origin is not None:
        launch = evidence.place_words(placed.origin, told.origin.text)
        _facts("Launch area, as named", [launch, evidence.choice_words(placed.origin)])
    _facts("Who did it", [told.actor.name if told.actor else "not stated"])
    _facts("Who says what", [wording.claim_words(claim) for claim in told.claims] or ["no party is quoted"])
    if notes := evidence.place_notes(placed.target):
        with st.expander("Why this place", key=f"why_place_{told.id}"):
            st.text("\n".join(plain_text(note, LONGEST) for note in notes))


def also_told(others: list[PlacedEvent]) -> None:
    """The other events of the same report, those that are not counted too."""
    _facts("Also in this report", [f"{evidence.headline(p)} ({wording.TELLING[p.event.telling]})" for p in others])


def nothing_stored(reports: int) -> None:
    """What a new user sees; or one whose reports tell of no attack."""
    if reports:
        st.info(f"{wording.plural(reports, 'report')} stored, and no event found in them.", icon=":material/inbox:")
    else:
        st.info("Nothing is stored yet.", icon=":material/inbox:")
    st.markdown(
        "Strikeline reads news reports, finds the events they tell of, places and dates them, and keeps the words "
        "behind every value.\n\n"
        "- **Add** a report of your own, or\n"
        "- load the bundled samples from the command line: `python cli.py sample`"
    )
    try:
        st.page_link("pages/add.py", label="Add a report", icon=":material/note_add:")
    except StreamlitPageNotFoundError:  # this page runs alone: a first visit of a fresh server by a deep link
        st.caption("Open “Add” in the menu.")


def picture_notes(
    head: Headline, frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str], revision: int
) -> dict[str, str | int]:
    """The words that the map writes on its picture."""
    totals = [wording.total_sentence("killed", head.killed), wording.total_sentence("injured", head.injured)]
    return {
        "title": f"{wording.plural(head.events, 'event')}; {'; '.join(totals)}",
        "filter": filters.in_words(wanted, names, rejected=filters.rejected(frame)),
        "as_of": f"data revision {revision}",
        "off_map": head.off_map,
    }


def no_result(shown: pd.DataFrame, frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str]) -> None:
    """Say so when the filter lets nothing pass."""
    if shown.empty and len(frame):
        controls.no_result(frame, wanted, names)


def _facts(title: str, lines: list[str]) -> None:
    with st.container(gap=None):
        st.caption(title)
        st.text("\n".join(plain_text(line, LONGEST) for line in lines if line))


def _report_head(reading: Reading) -> None:
    report = reading.report
    published = wording.day(report.published) if report.published else "publication day not known"
    _facts(
        "Report",
        [report.title, ", ".join(part for part in (report.outlet, published) if part), report.url, report.note],
    )
    if not reading.version:
        st.caption("There are no rules for the language of this report yet: it is kept, and not read.")
    skipped_note(reading)


def skipped_note(reading: Reading) -> None:
    """What of a report was not read, and where it begins; nothing where all of it was."""
    if reading.skipped:
        count = wording.plural(len(reading.skipped), "passage")
        st.caption(
            f"{count} not read, or only in pieces: too long, or too many names. The first begins at character "
            f"{reading.skipped[0].start + 1:,} of {len(reading.report.text):,}."
        )


def tiles_note(shown: Backdrop) -> None:
    """Why the tiles that are set are not under the map; nothing where all is well."""
    if shown.problem:
        st.warning("The map tiles that are set are not shown; the map is the offline one.", icon=":material/map:")
        st.text(shown.problem)
