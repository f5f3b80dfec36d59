"""The Places page's parts: names to look at, what they may mean, and the forms by which an analyst says so.

Words of reports and of analysts are shown by ``st.text``, in table cells, in lists that show text as it is, or as the
literal HTML of ``views.evidence`` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from model import PlacedEvent, Reading, Resolution, Span
from store.choices import LEAST_WHY, MAX_BY, MAX_NAME, MAX_WHY
from store.database import ChoiceRefused, StoreBusy
from store.toponyms import SURE
from views import cached, candidates, changes, evidence, selection, wording
from views.candidates import Option

NAMES = "Names to look at"
CHOICES = "Choices made so far"
ROWS = 50  # of a table at a time
LOOK, CHOSEN = "To look at", "Chosen by an analyst"
HERE, EVERYWHERE = "In this report only", "In every report"


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
    for key in ("pick", "search", "near", "candidate_click"):
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
    return candidates.find_options(toponym.resolution, found, gazetteer)


def take_click(clicked: object, options: Sequence[Option]) -> None:
    """Pick the point that was clicked on the small map, once for each click."""
    if not isinstance(clicked, dict) or "turn" not in clicked or clicked == st.session_state.get("candidate_click"):
        return
    st.session_state["candidate_click"] = clicked
    number = clicked.get("candidate")
    if isinstance(number, int) and 0 <= number < len(options):
        st.session_state["pick"] = number


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
    facts.append(("The rules say", "\n".join(filter(None, (evidence.place_words(rules, toponym.words), why)))))
    if resolution.choice is not None:
        facts.append(("An analyst says", f"{evidence.place_words(resolution)}\n{evidence.choice_words(resolution)}"))
    with st.grid(len(facts), min_column_width=260):
        for title, said in facts:
            _fact(title, said)


def choose_form(toponym: Toponym, options: Sequence[Option]) -> None:
    """By which an analyst picks one of the options, giving who and why."""
    if not options:
        return
    if st.session_state.get("pick", 0) >= len(options):
        st.session_state["pick"] = 0
    with st.form("choose_place"):
        st.selectbox(
            "The name means",
            range(len(options)),
            format_func=lambda n: candidates.label(n + 1, options[n]),
            key="pick",
        )
        st.checkbox("The report says near it, or somewhere around it", key="near")
        st.radio("Where this counts", [HERE, EVERYWHERE], horizontal=True, key="reach")
        _who_and_why("place")
        st.form_submit_button(
            "Choose this place", type="primary", icon=":material/check:", on_click=_choose, args=(toponym, options)
        )


def alias_form() -> None:
    """By which an analyst says what a name means everywhere, whether a report has it yet or not."""
    st.caption(
        "Say what a name means in every report: a local name, a code name, a spelling that the gazetteer lacks. It is "
        "looked for in reports that are read from now on, with its letter case as you write it."
    )
    with st.expander("Add an alias", icon=":material/add:", key="alias"):
        left, right = st.columns(2, gap="medium")
        name = left.text_input("Name, as reports write it", max_chars=MAX_NAME, key="alias_name")
        asked = right.text_input("Name of the place in the gazetteer", max_chars=MAX_NAME, key="alias_search")
        gazetteer = cached.gazetteer()
        options = candidates.searched(gazetteer.candidates(asked), gazetteer) if asked.strip() else ()
        if not options:
            st.caption("The gazetteer has no place of such a name." if asked.strip() else "Search for the place first.")
            return
        with st.form("add_alias", border=False):
            st.selectbox(
                "The place",
                range(len(options)),
                format_func=lambda n: candidates.label(n + 1, options[n]),
                key=f"alias_pick_{options[0].place.id}",
            )
            _who_and_why("alias")
            st.form_submit_button(
                "Add the alias", type="primary", icon=":material/add:", on_click=_add_alias, args=(name, options)
            )


def history() -> None:
    """Every choice and withdrawal, and the form that takes one back."""
    kept = cached.choice_history()
    if kept.empty:
        return
    st.header(CHOICES, anchor=False)
    taken_back = set(kept["withdraws"])
    rows = [_history_row(row, taken_back) for row in kept.itertuples()]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=CHOICES, key="choice_history")
    standing = kept[kept["stands"]]
    if standing.empty:
        return
    with st.expander("Take a choice back", icon=":material/undo:", key="take_back"), st.form("withdraw", border=False):
        numbers = [int(number) for number in standing["id"]]
        labels = [f"{row.id} · “{row.name}” means {row.place_name}" for row in standing.itertuples()]
        told = dict(zip(numbers, labels, strict=True))
        st.selectbox("Choice", list(told), format_func=told.__getitem__, key="withdraw_choice")
        _who_and_why("withdraw")
        st.form_submit_button("Take it back", icon=":material/undo:", on_click=_withdraw)


def outcome() -> None:
    """What became of the last thing the analyst sent."""
    if refused := st.session_state.pop("place_refused", None):
        st.warning("Nothing was kept.", icon=":material/error:")
        st.text(f"Reason: {refused}")
    if kept := st.session_state.pop("place_kept", None):
        st.success("Kept. It counts from now on.", icon=":material/check:")
        st.text(kept)


def _who_and_why(form: str) -> None:
    """The two fields without which nothing is kept."""
    st.session_state.setdefault(f"{form}_by", st.session_state.get("analyst", ""))
    st.text_input("Your name", max_chars=MAX_BY, key=f"{form}_by")
    st.text_input(
        "Why", max_chars=MAX_WHY, key=f"{form}_why", help=f"At least {LEAST_WHY} words; others will read them."
    )


def _said(form: str) -> tuple[str, str]:
    st.session_state["analyst"] = st.session_state[f"{form}_by"]
    return st.session_state[f"{form}_by"], st.session_state[f"{form}_why"]


def _choose(toponym: Toponym, options: Sequence[Option]) -> None:
    meant = options[st.session_state["pick"]].place
    report_id = toponym.report_id if st.session_state["reach"] == HERE else None
    by, why = _said("place")
    try:
        changes.choose_place(toponym.words, meant, near=st.session_state["near"], report_id=report_id, by=by, why=why)
    except (ChoiceRefused, StoreBusy) as reason:
        st.session_state["place_refused"] = str(reason)
    else:
        reach = "in this report" if report_id else "in every report"
        _keep("place", f"“{toponym.words}” means {meant.name} {reach}.")


def _add_alias(name: str, options: Sequence[Option]) -> None:
    meant = options[st.session_state[f"alias_pick_{options[0].place.id}"]].place
    by, why = _said("alias")
    try:
        changes.choose_place(name, meant, near=False, report_id=None, by=by, why=why)
    except (ChoiceRefused, StoreBusy) as reason:
        st.session_state["place_refused"] = str(reason)
    else:
        st.session_state["alias_name"] = st.session_state["alias_search"] = ""
        _keep("alias", f"“{name.strip()}” means {meant.name} in every report.")


def _withdraw() -> None:
    number = st.session_state["withdraw_choice"]
    by, why = _said("withdraw")
    try:
        changes.withdraw_choice(number, by=by, why=why)
    except (ChoiceRefused, StoreBusy) as reason:
        st.session_state["place_refused"] = str(reason)
    else:
        _keep("withdraw", f"Choice {number} is taken back: the rules’ own answer counts again.")


def _keep(form: str, told: str) -> None:
    st.session_state[f"{form}_why"] = ""
    st.session_state["place_kept"] = told


def _history_row(row: Any, taken_back: set[int]) -> dict[str, str]:  # noqa: ANN401 - a row of itertuples
    if row.withdraws:
        state, means = f"takes back {row.withdraws}", "what the rules say"
    else:
        state = "counts" if row.stands else "taken back" if row.id in taken_back else "replaced"
        means = ", ".join(dict.fromkeys((row.place_name, cached.gazetteer().country_name(row.country))))
    return {
        "No.": str(row.id),
        "Name": row.name,
        "Means": means,
        "Where": (row.title or row.report_id) if row.report_id else "every report",
        "State": state,
        "Who": row.by,
        "When (UTC)": row.at[:16].replace("T", " "),
        "Why": row.why,
    }


def _fact(title: str, words: str) -> None:
    with st.container(gap=None):
        st.caption(title)
        st.text(words)
