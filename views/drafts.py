"""The Add page's parts: the form, what was found in the draft, saving it, and the upload with its list of outcomes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from intake import FIRST_DAY, MAX_FIELD, SUFFIXES, NotTaken
from model import PlacedEvent, Precision, Reading, Telling
from store.record import Added
from views import cached, changes, controls, panel, selection, wording

LANGUAGES = {"": "tell by the letters", "en": "English", "ru": "Russian", "uk": "Ukrainian"}
_KEPT: Final = "session"  # drafts survive a look at another page


def form() -> None:
    """The fields of a report; "Read" puts what was found into the session, and nothing into the store."""
    with st.form("draft", border=False):
        text = st.text_area(
            "Text of the report",
            max_chars=changes.MAX_PASTED + 1,  # what is longer is cut to this without a word, and then refused
            height=220,
            key="draft_text",
            placeholder="Paste the whole report, as it was published.",
            persist_state=_KEPT,
        )
        with st.grid(2, min_column_width=240):
            published = st.date_input(
                "Publication day",
                value=None,
                min_value=FIRST_DAY,
                max_value=_tomorrow(),
                format="YYYY-MM-DD",
                key="draft_published",
                help="Words like “Saturday” or “yesterday” count from this day. Without it, they stay undated.",
                persist_state=_KEPT,
            )
            outlet = st.text_input("Outlet", max_chars=200, key="draft_outlet", persist_state=_KEPT)
            title = st.text_input("Title", max_chars=500, key="draft_title", persist_state=_KEPT)
            url = st.text_input("Web address", max_chars=MAX_FIELD, key="draft_url", persist_state=_KEPT)
            language = st.selectbox(
                "Language",
                list(LANGUAGES),
                format_func=LANGUAGES.__getitem__,
                key="draft_language",
                persist_state=_KEPT,
            )
        if st.form_submit_button("Read", icon=":material/search:"):
            _read(text, published, outlet, title, url, language)


def found() -> None:
    """What the last "Read" found, with its evidence, and the button that saves it."""
    if reason := st.session_state.get("draft_refused"):
        st.error("The report was not read.", icon=":material/error:")
        st.text(f"Reason: {reason}")
    reading: Reading | None = st.session_state.get("draft_reading")
    if reading is None:
        return
    st.header("Found in this report", anchor=False)
    _say_day(reading)
    _save_or_say(reading)
    if not reading.version:
        st.warning("There are no rules for the language of this report yet. It can be kept, and is not read.")
    elif not reading.events:
        st.info("No event was found in this report. It can be kept all the same.")
        panel.skipped_note(reading)
    else:
        _events(reading)


def upload() -> None:
    """Upload files; each report becomes one row of the list: accepted, duplicate or rejected, with the reason."""
    st.markdown(
        "A `.txt` file is one report and may begin with a header (`published: 2024-01-01`, `outlet:`, `title:`, "
        "`url:`, `language:`, `note:`) that a blank line ends. A `.jsonl` file has one JSON object a line with `text` "
        "and the same names. Both in UTF-8."
    )
    with st.form("upload", border=False, clear_on_submit=True):
        files = st.file_uploader(
            "Files", type=[s.removeprefix(".") for s in SUFFIXES], accept_multiple_files=True, key="files"
        )
        sent = st.form_submit_button("Read and save", icon=":material/upload_file:")
    if sent and not files:
        st.warning("Choose at least one file first.")
    elif sent:
        with st.status("Reading …") as status:
            took, outcomes = changes.take_files(files, _tell)
            status.update(label="Done", state="complete")
        st.session_state["upload_outcomes"] = (took, outcomes)
    if "upload_outcomes" in st.session_state:
        took, outcomes = st.session_state["upload_outcomes"]
        st.success(
            f"{took.accepted} accepted, {wording.plural(took.duplicates, 'duplicate')}, {len(took.rejects)} rejected "
            f"of {wording.plural(len(outcomes), 'report')}."
        )
        rows = [(outcome.file, outcome.row, outcome.became, outcome.detail) for outcome in outcomes]
        table = pd.DataFrame(rows, columns=["File", "Row", "Became", "Detail"])
        st.dataframe(table, hide_index=True, alt="What became of each report of the upload", key="upload_list")


def _tell(done: changes.Outcome) -> None:
    st.text(f"{done.file}, row {done.row}: {done.became}")


def _read(text: str, published: date | None, outlet: str, title: str, url: str, language: str) -> None:
    for key in ("draft_reading", "draft_refused", "draft_added", "draft_event"):
        st.session_state.pop(key, None)
    try:
        with st.spinner("Reading …"):
            st.session_state["draft_reading"] = changes.read_pasted(
                text, published=published, outlet=outlet, title=title, url=url, language=language
            )
    except NotTaken as reason:
        st.session_state["draft_refused"] = str(reason)


def _say_day(reading: Reading) -> None:
    published = reading.report.published
    if published is None:
        st.warning(
            "No publication day is given and none stands at the head of the text. Words like “Saturday” are not "
            "guessed: those events stay undated."
        )
    elif st.session_state.get("draft_published") is None:
        st.info(f"Publication day taken from the head of the text: {wording.day(published)}.")


def _save_or_say(reading: Reading) -> None:
    added: Added | None = st.session_state.get("draft_added")
    if added is None:
        before = changes.added_on(reading.report.id)
        if before is None:
            st.button("Save", on_click=_save, args=(reading,), key="save", icon=":material/save:")
            st.caption("Nothing is stored yet.")
        else:
            _say_stored(f"This text is already stored, on {wording.day(before)}; nothing was added.")
            _map_button(cached.reading(reading.report.id))
        return
    if added.duplicate:
        _say_stored("This text was already stored; nothing was added.")
    else:
        happened = sum(placed.event.telling is Telling.REPORTED for placed in reading.events)
        told = f"Saved, with {wording.plural(happened, 'event')} told as having happened."
        st.success(told, icon=":material/check:")
    _map_button(cached.reading(added.report_id))


def _say_stored(sentence: str) -> None:
    st.info(sentence, icon=":material/content_copy:")


def _save(reading: Reading) -> None:
    st.session_state["draft_added"] = changes.save(reading)


def _map_button(stored: Reading) -> None:
    told = sorted(stored.events, key=lambda placed: (not placed.on_map, not placed.event.main))
    if told and st.button("Show on the map", key="show_on_map", icon=":material/map:"):
        controls.reset()
        selection.open_event(st.session_state.get("draft_event") or told[0].event.id)
        st.switch_page("pages/map.py")


def _events(reading: Reading) -> None:
    ids = [placed.event.id for placed in reading.events]
    chosen = st.session_state.setdefault("draft_event", _first(reading))
    st.caption(f"{wording.plural(len(ids), 'event')}. Choose a row to see the words behind each value.")
    selection.event_table(
        _table(reading),
        ids,
        key="draft_events",
        alt="Events found in this report",
        chosen=chosen,
        choose=lambda event_id: st.session_state.update(draft_event=event_id or _first(reading)),
    )
    panel.event(reading, next(p for p in reading.events if p.event.id == chosen), wide=True)


def _first(reading: Reading) -> str:
    return next((p.event.id for p in reading.events if p.event.main), reading.events[0].event.id)


def _table(reading: Reading) -> pd.DataFrame:
    columns = ["Day", "Place", "Kind", "Killed", "Injured", "By", "Precision", "Telling"]
    return pd.DataFrame([_row(placed) for placed in reading.events], columns=columns, dtype="str")


def _row(placed: PlacedEvent) -> tuple[str, ...]:
    told, target = placed.event, placed.target
    when = told.when
    return (
        wording.short_when(when.first_day, when.last_day, when.best, when.precision, when.basis)
        if when
        else "not known",
        target.place.name if target and target.place else told.target.text if told.target else "not named",
        wording.kind_words(told.kind),
        wording.count_ends(told.casualties.killed),
        wording.count_ends(told.casualties.injured),
        told.actor.name if told.actor else "not stated",
        wording.PRECISION[target.precision if target else Precision.UNRESOLVED],
        wording.TELLING[told.telling],
    )


def _tomorrow() -> date:
    return datetime.now(UTC).date() + timedelta(days=1)
