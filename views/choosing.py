"""Forms by which an analyst says what a name means, adds an alias or takes a choice back, and the list of choices.

Words of analysts are shown by ``st.text``, in table cells and in lists that show text as it is only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from store.database import ChoiceRefused, StoreBusy
from store.signed import LEAST_WHY, MAX_BY, MAX_NAME, MAX_WHY
from views import cached, candidates, changes
from views.candidates import Option

CHOICES = "Choices made so far"
FORMS = ("place", "alias", "withdraw")
HERE, EVERYWHERE = "In this report only", "In every report"


def choose_form(name: str, report_id: str, options: Sequence[Option]) -> None:
    """By which an analyst picks one of the options, giving who and why."""
    if not options:
        return
    with st.form("choose_place"):
        st.selectbox(
            "The name means",
            range(len(options)),
            format_func=lambda n: candidates.label(n + 1, options[n]),
            key=candidates.pick_key(options),
        )
        st.checkbox("The report says near it, or somewhere around it", key="near")
        st.radio("Where this counts", [HERE, EVERYWHERE], horizontal=True, key="reach")
        _who_and_why("place")
        st.form_submit_button(
            "Choose this place",
            type="primary",
            icon=":material/check:",
            on_click=_choose,
            args=(name, report_id, options),
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
                key=f"alias {candidates.pick_key(options)}",
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
        labels = [f"{row.id} · “{row.name}” means {_meaning(row)}" for row in standing.itertuples()]
        told = dict(zip(numbers, labels, strict=True))
        st.selectbox("Choice", list(told), format_func=told.__getitem__, key=f"withdraw {list(told)}")
        _who_and_why("withdraw")
        st.form_submit_button("Take it back", icon=":material/undo:", on_click=_withdraw, args=(tuple(told),))


def outcome() -> None:
    """What became of the last thing the analyst sent."""
    if refused := st.session_state.pop("place_refused", None):
        st.warning("Nothing was kept.", icon=":material/error:")
        st.text(f"Reason: {refused}")
    if kept := st.session_state.pop("place_kept", None):
        st.success("Kept. It counts from now on.", icon=":material/check:")
        st.text(kept)


def _who_and_why(form: str) -> None:
    """The two fields without which nothing is kept; a name once given stands in every form."""
    st.text_input("Your name", max_chars=MAX_BY, key=f"{form}_by")
    st.text_input(
        "Why", max_chars=MAX_WHY, key=f"{form}_why", help=f"At least {LEAST_WHY} words; others will read them."
    )


def _said(form: str) -> tuple[str, str]:
    by = st.session_state[f"{form}_by"]
    st.session_state.update({f"{other}_by": by for other in FORMS})
    return by, st.session_state[f"{form}_why"]


def _choose(name: str, told_in: str, options: Sequence[Option]) -> None:
    meant = options[st.session_state[candidates.pick_key(options)]].place
    report_id = told_in if st.session_state["reach"] == HERE else None
    by, why = _said("place")
    try:
        changes.choose_place(name, meant, near=st.session_state["near"], report_id=report_id, by=by, why=why)
    except (ChoiceRefused, StoreBusy) as reason:
        st.session_state["place_refused"] = str(reason)
    else:
        reach = "in this report" if report_id else "in every report"
        _keep("place", f"“{name}” means {meant.name} {reach}.")


def _add_alias(name: str, options: Sequence[Option]) -> None:
    meant = options[st.session_state[f"alias {candidates.pick_key(options)}"]].place
    by, why = _said("alias")
    try:
        changes.choose_place(name, meant, near=False, report_id=None, by=by, why=why)
    except (ChoiceRefused, StoreBusy) as reason:
        st.session_state["place_refused"] = str(reason)
    else:
        st.session_state["alias_name"] = st.session_state["alias_search"] = ""
        _keep("alias", f"“{name.strip()}” means {meant.name} in every report.")


def _withdraw(standing: Sequence[int]) -> None:
    number = st.session_state[f"withdraw {list(standing)}"]
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
        means = _meaning(row)
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


def _meaning(row: Any) -> str:  # noqa: ANN401
    """The chosen place with the units it lies in."""
    gazetteer = cached.gazetteer()
    place = gazetteer.place(int(row.place_id))
    where = candidates.path_of(place, gazetteer) if place else gazetteer.country_name(row.country)
    return ", ".join(filter(None, (row.place_name, where)))
