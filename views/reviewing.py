"""What analysts say of the chosen event, and the form by which one says it.

Words of analysts are shown by ``st.text`` only.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model import Review, ReviewState
from store.database import ReviewRefused, StoreBusy
from store.signed import LEAST_WHY, MAX_BY, MAX_WHY
from views import cached, changes, wording
from views.literal_text import plain_text

LONGEST = 2_400  # characters of one line: a name, a day and a reason
MEANING = (
    "Accepted: the values are as the report tells them. In doubt: they may not be. Rejected: a misreading, which is "
    "neither counted nor drawn unless the filter asks for it. Every word is kept, and the newest one counts."
)


def review(event_id: str) -> None:
    """The words said so far, the newest first, and the form for the next."""
    said = cached.reviews(event_id)
    with st.container(gap=None):
        st.caption("Review")
        st.text("\n".join(_lines(said)))
    if refused := st.session_state.pop("review_refused", None):
        st.warning("Nothing was kept.", icon=":material/error:")
        st.text(f"Reason: {refused}")
    with st.expander("Review this event", icon=":material/rate_review:", key=f"review_{event_id}"):
        _form(event_id, said[0].state if said else ReviewState.NOT_REVIEWED)


def _lines(said: Sequence[Review]) -> list[str]:
    return [plain_text(wording.review_words(each), LONGEST) for each in said] or ["not reviewed"]


def _form(event_id: str, now: ReviewState) -> None:
    with st.form(f"review_form_{event_id}", border=False):
        others = [state for state in ReviewState if state is not now]
        st.radio("It is", others, format_func=str.capitalize, horizontal=True, key="review_state", help=MEANING)
        st.text_input("Your name", max_chars=MAX_BY, key="review_by", persist_state="session")
        st.text_input(
            "Why",
            max_chars=MAX_WHY,
            key="review_why",
            help=f"At least {LEAST_WHY} words; others will read them. Not needed to accept.",
        )
        st.form_submit_button("Keep", type="primary", icon=":material/check:", on_click=_keep, args=(event_id,))


def _keep(event_id: str) -> None:
    said = st.session_state
    try:
        changes.review_event(event_id, said["review_state"], by=said["review_by"], why=said["review_why"])
    except (ReviewRefused, StoreBusy) as reason:
        said["review_refused"] = str(reason)
    else:
        said["review_why"] = ""
