"""What pages read from the store, kept for as long as the data are the same. Bounded; nothing here may be changed.

Every cache key holds the store's address and its data revision, so a write by anyone shows on the next run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from geo import territory
from geo.gazetteer import Gazetteer, open_gazetteer
from model import EventFilter, Level, PlaceChoice, Reading, Review
from store import choices as choices_kept
from store import query, toponyms
from store import reviews as reviews_kept
from store.database import DEFAULT_PATH, VARIABLE, open_store
from views import backdrop as backdrops
from views import filters, timeline
from views.backdrop import Backdrop
from views.filters import Flags, Wanted
from views.payload import Payload, write_payload
from views.timeline import DayBin, Unit


def store() -> Engine:
    """The store that ``STRIKELINE_STORE`` names. Raises ``StoreError``."""
    return _store(_address())


def revision() -> int:
    """The revision of the data as of now."""
    return query.data_revision(store())


def events() -> pd.DataFrame:
    """Every event that a report tells as having happened, one row each. Shared by all readers: do not change it."""
    return _events(_address(), revision(), pov())


def payload() -> Payload:
    """The same events as the map fetches them."""
    return _payload(_address(), revision(), pov())


def rows_shown(wanted: Wanted) -> Flags:
    """One flag for each row of the map: does it pass the filter, whatever its days? (``Payload.ids``)."""
    return _rows_shown(_address(), revision(), filters.without_days(wanted))


def bars(wanted: Wanted) -> dict[Unit, tuple[DayBin, ...]]:
    """The bars of the timeline for the filter, whatever its days."""
    return _bars(_address(), revision(), filters.without_days(wanted))


def links() -> pd.DataFrame:
    """Which event answers which."""
    return _links(_address(), revision())


def reports() -> pd.DataFrame:
    """One row a report."""
    return _reports(_address(), revision())


def reading(report_id: str) -> Reading:
    """One report with all that was read from it. Raises ``ReportUnknown``."""
    return _reading(_address(), revision(), report_id)


def reading_of(event_id: str | None) -> Reading | None:
    """The report that tells an event; ``None`` where there is none of that id."""
    if event_id is None:
        return None
    try:
        return reading(event_id.partition("-")[0])
    except query.ReportUnknown:
        return None


def choices() -> tuple[PlaceChoice, ...]:
    """What analysts say names mean, as it counts now."""
    return _choices(_address(), revision())


def choice_history() -> pd.DataFrame:
    """Every choice and withdrawal, the newest first."""
    return _choice_history(_address(), revision())


def reviews(event_id: str) -> tuple[Review, ...]:
    """What analysts said of an event as it stands now, the newest first."""
    return _reviews(_address(), revision(), event_id)


def doubtful() -> pd.DataFrame:
    """Names that an analyst should look at, and those for which a choice counts."""
    return _doubtful(_address(), revision())


@st.cache_resource(max_entries=1, show_spinner="Opening the gazetteer …")
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    return open_gazetteer()


def area_names() -> Mapping[str, str]:
    """Names of the countries and provinces that events speak of, by code."""
    return _area_names(_address(), revision(), pov())


def pov() -> str:
    """Whose view of disputed territory is drawn. Raises ``TerritoryUnknown``."""
    return territory.point_of_view()


def backdrop() -> Backdrop:
    """The tiles under the map, or why there are none."""
    return _backdrop(backdrops.mark())


@st.cache_resource(max_entries=4, show_spinner="Preparing the map tiles …")
def _backdrop(mark: tuple[str, ...]) -> Backdrop:  # noqa: ARG001 (the mark is the key)
    return backdrops.find()


def _address() -> str:
    return os.environ.get(VARIABLE) or str(DEFAULT_PATH)


@st.cache_resource(max_entries=4, show_spinner=False)
def _store(address: str) -> Engine:
    return open_store(address)


@st.cache_resource(max_entries=4, show_spinner="Reading the store …")
def _events(address: str, revision: int, pov: str) -> pd.DataFrame:  # noqa: ARG001 (the revision is part of the key)
    frame = query.events(_store(address), EventFilter())
    pairs = zip(frame["country"], frame["admin1"], strict=True)
    frame["country"] = [territory.country_of(country, admin1, pov) for country, admin1 in pairs]
    return filters.prepare(frame)


@st.cache_resource(max_entries=4, show_spinner=False)
def _links(address: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    return query.links(_store(address), EventFilter())


@st.cache_resource(max_entries=4, show_spinner="Preparing the map …")
def _payload(address: str, revision: int, pov: str) -> Payload:
    frame, names = _events(address, revision, pov), _area_names(address, revision, pov)
    return write_payload(frame, _links(address, revision), pov=pov, names=names)


@st.cache_resource(max_entries=16, show_spinner=False)
def _rows_shown(address: str, revision: int, wanted: Wanted) -> Flags:
    flags: Flags = filters.keep(_events(address, revision, pov()), wanted)[_positions(address, revision, pov())]
    return flags


@st.cache_resource(max_entries=4, show_spinner=False)
def _positions(address: str, revision: int, pov: str) -> np.ndarray[Any, np.dtype[np.intp]]:
    return filters.positions(_events(address, revision, pov), _payload(address, revision, pov).ids)


@st.cache_resource(max_entries=16, show_spinner=False)
def _bars(address: str, revision: int, wanted: Wanted) -> dict[Unit, tuple[DayBin, ...]]:
    frame, payload = _events(address, revision, pov()), _payload(address, revision, pov())
    shown = frame[filters.keep(frame, wanted)]
    return timeline.all_bins(shown, payload.day0, payload.day(payload.days - 1))


@st.cache_resource(max_entries=4, show_spinner=False)
def _reports(address: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    return query.reports(_store(address))


@st.cache_resource(max_entries=64, show_spinner=False)
def _reading(address: str, revision: int, report_id: str) -> Reading:  # noqa: ARG001
    return query.reading(_store(address), report_id)


@st.cache_resource(max_entries=4, show_spinner=False)
def _area_names(address: str, revision: int, pov: str) -> dict[str, str]:
    frame = _events(address, revision, pov)
    codes: set[Any] = {*frame["actor_country"], *frame["country"], *frame["origin_country"]} - {""}
    countries = {code: gazetteer().country_name(code) or code for code in sorted(codes)}
    units = frame.loc[frame["admin1"] != "", ["admin1", "country", "place_id"]].drop_duplicates("admin1")
    told = zip(units["admin1"].astype(str), units["country"].astype(str), units["place_id"].astype(int), strict=True)
    return countries | {
        code: f"{_unit_name(place_id) or code}, {countries.get(country, country)}" for code, country, place_id in told
    }


def _unit_name(place_id: int) -> str:
    """The province a place lies in, or is; "" where the gazetteer has the place no more."""
    place = gazetteer().place(place_id)
    units = [] if place is None else [place, *gazetteer().ancestors(place)]
    return next((unit.name for unit in units if unit.level is Level.PROVINCE), "")


@st.cache_resource(max_entries=4, show_spinner=False)
def _choices(address: str, revision: int) -> tuple[PlaceChoice, ...]:  # noqa: ARG001
    return choices_kept.standing(_store(address))


@st.cache_resource(max_entries=64, show_spinner=False)
def _reviews(address: str, revision: int, event_id: str) -> tuple[Review, ...]:  # noqa: ARG001
    return reviews_kept.history(_store(address), event_id)


@st.cache_resource(max_entries=4, show_spinner=False)
def _choice_history(address: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    return choices_kept.history(_store(address))


@st.cache_resource(max_entries=4, show_spinner=False)
def _doubtful(address: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    return toponyms.doubtful(_store(address))
