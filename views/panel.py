"""What several pages draw in the same way: figures, the chosen event, the tray, empty states.

Words of a report are shown by ``st.text``, in table cells, or as the literal HTML of ``views.evidence``; by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd
import streamlit as st

from model import PlacedEvent, Reading
from views import controls, evidence, filters, tables, wording
from views.filters import Wanted
from views.payload import Payload

ROWS = 100  # of a table at a time
SIDES = ("Events", "Chosen event", "Not as a dot")
TELLS_TWICE = "Each report counts on its own: an attack that two reports tell of counts twice."


def figures(shown: pd.DataFrame, payload: Payload) -> None:
    """The headline: events, killed and injured as ranges, and what is not drawn."""
    off_map = int(shown["event_id"].isin(payload.off_map).sum())
    killed, injured = tables.total(shown, "killed"), tables.total(shown, "injured")
    reports = wording.plural(shown["report_id"].nunique(), "report")
    with st.grid(4, min_column_width=150, border=True):
        for label, value, note in (
            ("Events", wording.number(len(shown)), f"told by {reports}"),
            ("Killed", wording.total_words(killed), wording.total_note(killed)),
            ("Injured", wording.total_words(injured), wording.total_note(injured)),
            ("Not on the map", wording.number(off_map), "no place or no day; listed with the reason"),
        ):
            with st.container(gap=None):
                st.metric(label, value, help=TELLS_TWICE if label != "Not on the map" else None)
                st.caption(note)


def side(shown: pd.DataFrame, payload: Payload, reading: Reading | None) -> None:
    """Beside the map: the table of events, the chosen one, or the tray."""
    opened = controls.side_shown(SIDES)
    if opened == SIDES[0]:
        events(shown, key="map_events", height=520)
    elif opened == SIDES[1]:
        with st.container(height=610, border=False, key="chosen_event"):
            chosen(reading, shown)
    else:
        tray(shown, payload)


def events(shown: pd.DataFrame, *, key: str, height: int | Literal["auto"]) -> None:
    """The table of events, newest first."""
    newest = tables.newest_first(shown)
    ids = newest["event_id"].tolist()
    st.caption(f"{wording.plural(len(ids), 'event')}, the newest first. Choose a row to see its evidence.")
    rows = controls.page_of(ids, ROWS, f"{key}_page")
    controls.event_table(
        tables.events_table(newest.iloc[rows]),
        ids[rows],
        key=key,
        alt="Events that pass the filter",
        chosen=controls.chosen_event(),
        choose=controls.open_event,
        height=height,
    )


def tray(shown: pd.DataFrame, payload: Payload) -> None:
    """What cannot be drawn as a dot, each with its reason."""
    table = tables.tray(shown, frozenset(payload.off_map))
    missing = int(table["event_id"].isin(payload.off_map).sum())
    areas = len(table) - missing
    st.caption(
        f"{wording.plural(missing, 'event')} not on the map at all, {wording.number(areas)} drawn as an area and not as a dot."
    )
    if len(table):
        ids = table["event_id"].tolist()
        rows = controls.page_of(ids, ROWS, "tray_page")
        controls.event_table(
            table.drop(columns="event_id").iloc[rows],
            ids[rows],
            key="tray",
            alt="Events that cannot be drawn as a dot, with the reason",
            chosen=controls.chosen_event(),
            choose=controls.open_event,
            height=520,
        )


def chosen(reading: Reading | None, shown: pd.DataFrame) -> None:
    """The event that is chosen on every page, with its evidence."""
    event_id = controls.chosen_event()
    if event_id is None:
        st.info("Choose an event on the map or in the table to see the words behind each value.")
        return
    found = None if reading is None else next((p for p in reading.events if p.event.id == event_id), None)
    if reading is None or found is None:
        st.warning("The event that the address names is not in this store.")
        st.button("Let go of it", on_click=controls.choose_event, args=(None,), key="let_go")
        return
    if event_id not in set(shown["event_id"]):
        st.caption("The present filter hides this event.")
    event(reading, found)
    others = [p for p in reading.events if p.event.id != event_id]
    if others:
        also_told(others)


def event(reading: Reading, placed: PlacedEvent) -> None:
    """One event: what is known, what each party says, the report with its evidence, and the list of proofs."""
    told, report = placed.event, reading.report
    st.subheader(wording.kind_words(told.kind), anchor=False)
    st.text(", ".join(part for part in (told.weapon, wording.TELLING[told.telling]) if part))
    with st.grid(2, min_column_width=140):
        st.metric("Killed", wording.count_ends(told.casualties.killed), help="As this report tells it.")
        st.metric(
            "Injured", wording.count_ends(told.casualties.injured), help="“Silent”: no number, which is not zero."
        )
    _facts("Day", [wording.when_words(told.when), evidence.day_note(report, told)])
    place = evidence.place_words(placed.target, told.target.text if told.target else "")
    _facts("Place", [place, *evidence.place_notes(placed.target)])
    if told.origin is not None:
        _facts("Launch area, as named", [evidence.place_words(placed.origin, told.origin.text)])
    _facts("Who did it", [told.actor.name if told.actor else "not stated"])
    _facts("Who says what", [wording.claim_words(claim) for claim in told.claims] or ["no party is quoted"])
    _report_head(reading)
    st.html(evidence.marked_text(report, evidence.find_marks(reading, told)))
    st.html(evidence.proofs_table(evidence.list_proofs(reading, placed)))


def also_told(others: list[PlacedEvent]) -> None:
    """The other events of the same report, those that are not counted too."""
    _facts("Also in this report", [f"{evidence.headline(p)} ({wording.TELLING[p.event.telling]})" for p in others])


def nothing_stored(reports: int) -> None:
    """What a new user sees; or one whose reports tell of no attack."""
    if reports:
        st.info(f"{wording.plural(reports, 'report')} stored, and no attack found.", icon=":material/inbox:")
    else:
        st.info("Nothing is stored yet.", icon=":material/inbox:")
    st.markdown(
        "Strikeline reads news reports, finds the attacks they tell of, places and dates them, and keeps the words behind "
        "every value.\n\n"
        "- **Add** a report of your own, or\n"
        "- load the bundled samples from the command line: `python cli.py sample`"
    )
    st.page_link("pages/add.py", label="Add a report", icon=":material/note_add:")


def picture_notes(
    shown: pd.DataFrame, payload: Payload, wanted: Wanted, names: Mapping[str, str], revision: int
) -> dict[str, str | int]:
    """The words that the map writes on its picture."""
    totals = (wording.total_sentence(outcome, tables.total(shown, outcome)) for outcome in ("killed", "injured"))
    return {
        "title": f"{wording.plural(len(shown), 'event')}; {'; '.join(totals)}",
        "filter": filters.in_words(wanted, names),
        "as_of": f"data revision {revision}",
        "off_map": int(shown["event_id"].isin(payload.off_map).sum()),
    }


def no_result(shown: pd.DataFrame, frame: pd.DataFrame, wanted: Wanted, names: Mapping[str, str]) -> None:
    """Say so when the filter lets nothing pass."""
    if shown.empty and len(frame):
        controls.no_result(frame, wanted, names)


def _facts(title: str, lines: list[str]) -> None:
    with st.container(gap=None):
        st.caption(title)
        st.text("\n".join(line for line in lines if line))


def _report_head(reading: Reading) -> None:
    report = reading.report
    published = wording.day(report.published) if report.published else "publication day not known"
    st.divider()
    _facts(
        "Report",
        [report.title, ", ".join(part for part in (report.outlet, published) if part), report.url, report.note],
    )
    if not reading.version:
        st.caption("There are no rules for the language of this report yet: it is kept, and not read.")
    if reading.skipped:
        st.caption(f"{wording.plural(len(reading.skipped), 'sentence')} too long to be read.")
