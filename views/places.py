"""The Places page's parts: names to look at, where they stand, and what they may mean.

Words of reports are shown by ``st.text``, in table cells, in lists that show text as it is, or as the
literal HTML of ``views.evidence`` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from model import PlacedEvent, Reading, Resolution, Span
from store.signed import MAX_NAME
from store.toponyms import SURE
from views import cached, candidates, evidence, lookups, selection, wording
from views.candidates import Option

NAMES = "Names to look at"
ROWS = 50  # of a table at a time
LOOK, CHOSEN = "To look at", "Chosen by an analyst"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in a report, with how it is resolved now."""

    report_id: str
    words: str
    reading: Reading
    resolution: Resolution


def names() -> Toponym | None:
    """The table of names, and the one that is chosen in it; ``None`` where there is none to choose."""
    frame = cached.doubtful()
    open_, done = frame[frame["choice"] == 0], frame[frame["choice"] != 0]
    st.caption(
        "Names of targets and launch areas that were not placed, only as the unit above, or with a score below "
        f"{SURE:g}. Say what a name means, and it counts from then on; the rules’ own answer stays readable."
    )
    shown = st.segmented_control(
        "Names",
        [LOOK, CHOSEN],
        default=LOOK,
        required=True,
        key="places_shown",
        format_func=lambda side: f"{side} ({wording.number(len(open_ if side == LOOK else done))})",
        label_visibility="collapsed",
    )
    found = open_ if shown == LOOK else done
    if found.empty:
        nothing = (
            "Every place is known well enough: nothing to look at." if shown == LOOK else "Nothing was chosen yet."
        )
        st.info(nothing, icon=":material/check:")
        return None
    return _toponym(_chosen_row(found))


def _chosen_row(found: pd.DataFrame) -> pd.Series[Any]:
    """Draw the table; its chosen row, the first where none is."""
    ids = [f"{row.report_id} {row.words}" for row in found.itertuples()]
    chosen = st.session_state.get("toponym")
    chosen = chosen if chosen in ids else ids[0]
    pages = -(-len(ids) // ROWS)
    page = st.pagination(pages, key="places_page") if pages > 1 else 1
    rows = slice((page - 1) * ROWS, page * ROWS)
    if chosen not in ids[rows]:
        chosen = ids[rows][0]
    if chosen != st.session_state.get("toponym"):
        _turn_to(chosen)
    selection.event_table(
        pd.DataFrame([_name_row(row) for row in found.iloc[rows].itertuples()]),
        ids[rows],
        key="places_names",
        alt=NAMES,
        chosen=chosen,
        choose=lambda name: _turn_to(name or chosen),
    )
    return found.iloc[ids.index(chosen)]


def _turn_to(name: str) -> None:
    st.session_state["toponym"] = name
    st.session_state.update(search="", near=False, place_why="")
    stale = [key for key in st.session_state if str(key).startswith("pick ")]
    for key in (*stale, "candidate_click", "online_answer"):
        st.session_state.pop(key, None)


def _name_row(row: Any) -> dict[str, str]:  # noqa: ANN401 - a row of itertuples
    span = Span(int(row.start), int(row.end))
    country = cached.gazetteer().country_name(row.country)
    where = ", ".join(dict.fromkeys((row.place_name, country))) if row.place_name else "—"
    return {
        "Name": row.words,
        "Events": wording.number(row.events),
        "Why it is here": _doubt_words(row.doubt, row.score) or "chosen",
        "The rules say": where,
        "Sentence": evidence.sentence_around(cached.reading(row.report_id).report, span),
        "Report": row.title,
    }


def _doubt_words(doubt: str, score: float) -> str:
    return {"not placed": "not placed", "backed off": "only the unit above", "": ""}.get(doubt, f"score {score:.2f}")


def _toponym(row: pd.Series[Any]) -> Toponym:
    reading = cached.reading(row["report_id"])
    span = Span(int(row["start"]), int(row["end"]))
    found = next(r for r in _resolutions(reading.events) if r.toponym.span == span)
    return Toponym(row["report_id"], row["words"], reading, found)


def _resolutions(events: Sequence[PlacedEvent]) -> list[Resolution]:
    return [end for placed in events for end in (placed.target, placed.origin) if end is not None]


def options(toponym: Toponym) -> tuple[Option, ...]:
    """The places the name may mean: what the rules found, and what the analyst searches for."""
    gazetteer = cached.gazetteer()
    name = st.text_input(
        "Search the gazetteer for another place",
        max_chars=MAX_NAME,
        key="search",
        placeholder="A name in Latin or Cyrillic letters",
    )
    found = gazetteer.candidates(name) if name.strip() else []
    if name.strip() and not found:
        st.caption("The gazetteer has no place of such a name.")
    known = candidates.find_options(toponym.resolution, found, gazetteer)
    online = _online(name.strip())
    return known if online is None else (*known, online)


def _online(name: str) -> Option | None:
    """What the online geocoder says of a name: only where one is configured, and only when the analyst asks."""
    try:
        asked = lookups.settings()
        if not asked.service:
            return None
        clicked = st.button(
            f"Ask {asked.service.capitalize()} for this name",
            icon=":material/public:",
            disabled=not name,
            key="ask_online",
            help="Sends the name, and nothing else, to a service outside.",
        )
        st.caption(lookups.credit(asked))
        if clicked and name:
            st.session_state["online_answer"] = (name, lookups.ask(asked, name, cached.store()))
    except ValueError as reason:
        st.warning("The online geocoder is not configured as it should be.", icon=":material/error:")
        st.text(str(reason))
        return None
    told, answer = st.session_state.get("online_answer", ("", None))
    if answer is None or told != name:
        return None
    if answer.message:
        st.warning(f"{answer.message[0].upper()}{answer.message[1:]}.", icon=":material/cloud_off:")
    option = lookups.option_of(answer, asked.service, cached.gazetteer())
    if option is None and not answer.message:
        st.caption(f"{asked.service.capitalize()} knows no such place.")
    return option


def take_click(clicked: object, options: Sequence[Option]) -> None:
    """Pick the point that was clicked on the small map, once for each click."""
    if not isinstance(clicked, dict) or "turn" not in clicked or clicked == st.session_state.get("candidate_click"):
        return
    st.session_state["candidate_click"] = clicked
    number = clicked.get("candidate")
    if isinstance(number, int) and 0 <= number < len(options):
        st.session_state[candidates.pick_key(options)] = number


def option_list(options: Sequence[Option]) -> None:
    """The options with score, reasons and the units they lie in."""
    if options:
        st.html(candidates.options_table(options))
    else:
        st.info("The rules found no place that bears this name. Search for the one it means.")


def sentence(toponym: Toponym) -> None:
    """The sentence the name stands in, what the rules say, and what was chosen."""
    report, resolution = toponym.reading.report, toponym.resolution
    words = evidence.sentence_around(report, resolution.toponym.span)
    st.caption("Sentence")
    st.html(f"<div>{evidence.with_quote(words, toponym.words)}</div>")
    rules = resolution.machine or resolution
    given = rules.place is not None and rules.place.id in {c.place.id for c in rules.candidates}
    facts = [("Report", ", ".join(part for part in (report.title, report.outlet) if part) or report.id)]
    why = "" if given else "; ".join(rules.reasons)
    facts.append(("The rules say", _place_lines(rules, why)))
    if resolution.choice is not None:
        facts.append(("An analyst says", _place_lines(resolution, evidence.choice_words(resolution))))
    with st.grid(len(facts), min_column_width=260):
        for title, said in facts:
            _fact(title, said)


def _place_lines(resolution: Resolution, why: str) -> str:
    """The place with how exact it is, the units it lies in, and why."""
    where = "" if resolution.place is None else candidates.path_of(resolution.place, cached.gazetteer())
    return "\n".join(filter(None, (evidence.place_words(resolution, resolution.toponym.text), where, why)))


def _fact(title: str, words: str) -> None:
    with st.container(gap=None):
        st.caption(title)
        st.text(words)
