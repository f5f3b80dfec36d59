"""Invented events from a seeded generator, for measuring and for browser tests: same seed, same events."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from model import EventKind

FIRST_DAY = date(2023, 1, 1)
DAYS = 730
TOWNS = (  # name, country, GeoNames admin-1 code, latitude, longitude, share of events
    ("Belgorod", "RU", "RU.09", 50.6034, 36.5809, 18),
    ("Kharkiv", "UA", "UA.07", 49.9818, 36.2548, 22),
    ("Shebekino", "RU", "RU.09", 50.4134, 36.9254, 10),
    ("Vovchansk", "UA", "UA.07", 50.2908, 36.9411, 8),
    ("Grayvoron", "RU", "RU.09", 50.4789, 35.6809, 5),
    ("Kupiansk", "UA", "UA.07", 49.7100, 37.6158, 7),
    ("Sudzha", "RU", "RU.41", 51.1910, 35.2710, 5),
    ("Kursk", "RU", "RU.41", 51.7269, 36.1846, 5),
    ("Sumy", "UA", "UA.21", 50.9216, 34.8003, 5),
    ("Valuyki", "RU", "RU.09", 50.2111, 38.0998, 3),
    ("Kyiv", "UA", "UA.12", 50.4500, 30.5200, 4),
    ("Odesa", "UA", "UA.17", 46.4700, 30.7300, 4),
    ("Dnipro", "UA", "UA.04", 48.4500, 35.0500, 4),
)
REGIONS = (  # name, country, admin-1 code, latitude, longitude, precision, its radius in km
    ("Kharkiv Oblast", "UA", "UA.07", 49.5, 36.5, 4, 80.0),
    ("Belgorod Oblast", "RU", "RU.09", 50.75, 37.5, 4, 80.0),
    ("Shebekinsky District", "RU", "RU.09", 50.45, 37.1, 3, 25.0),
    ("Ukraine", "UA", "", 49.0, 32.0, 6, 300.0),
)
LAUNCH = {  # name, latitude, longitude by the target's country
    "RU": (("Kharkiv", 49.98, 36.25), ("Sumy", 50.92, 34.80)),
    "UA": (("Belgorod", 50.60, 36.58), ("Kursk", 51.73, 36.18)),
}
STATUS = ("stated", "claimed", "confirmed", "contested", "denied")


def make_events(count: int, *, arcs: int = 300, seed: int = 1) -> pd.DataFrame:
    """Events with the columns of ``store.query.events``.

    A third gives no figures, a third of the rest leaves an end open; 3 in 100 are known to a region only, 2 in 100 not
    at all; 3 in 100 are told of several days; half lie around their town and not in it.

    Args:
        count: how many events.
        arcs: how many of them have a launch area or an accused country.
        seed: of the generator.
    """
    chance = np.random.default_rng(seed)
    frame = _places(count, chance)
    frame["report_id"] = [f"{n:016x}" for n in range(count)]
    frame["event_id"] = [f"{n:016x}-{n % 977}" for n in range(count)]
    frame["kind"] = chance.choice([kind.value for kind in EventKind if kind is not EventKind.OTHER], count)
    frame["telling"] = "reported"
    frame["claim_status"] = chance.choice(STATUS, count, p=(0.5, 0.3, 0.1, 0.06, 0.04))
    _add_days(frame, chance)
    silent = chance.random(count) < 0.35
    for outcome, mean, none in (("killed", 0.6, 0.6), ("injured", 2.4, 0.4)):
        _add_count(frame, outcome, chance.poisson(mean, count) * (chance.random(count) > none), silent, chance)
    _add_origins(frame, arcs, chance)
    return frame.assign(actor="", outlet="sample", day_basis="stated", day_precision=1)


def make_links(frame: pd.DataFrame, count: int = 20) -> pd.DataFrame:
    """Some events told as answers to earlier ones of the frame."""
    ids = frame["event_id"].to_numpy()
    later = np.linspace(7, len(ids) - 1, min(count, max(len(ids) - 7, 0))).astype(int)
    return pd.DataFrame({"event_id": ids[later], "answers_id": ids[later - 7]})


def _places(count: int, chance: np.random.Generator) -> pd.DataFrame:
    share = np.array([town[5] for town in TOWNS], float)
    towns = pd.DataFrame(TOWNS, columns=["place_name", "country", "admin1", "lat", "lon", "share"]).drop(
        columns="share"
    )
    frame = towns.iloc[chance.choice(len(TOWNS), count, p=share / share.sum())].reset_index(drop=True)
    frame["precision"], frame["precision_km"] = 1, 1.0
    around = chance.random(count) < 0.5
    frame["lat"] += around * chance.normal(0, 0.09, count)
    frame["lon"] += around * chance.normal(0, 0.14, count)
    rough = np.flatnonzero(chance.random(count) < 0.03)
    regions = pd.DataFrame(REGIONS, columns=[*towns.columns, "precision", "precision_km"])
    frame.loc[rough, regions.columns] = regions.iloc[rough % len(REGIONS)].to_numpy()
    frame = frame.astype({"lat": float, "lon": float, "precision_km": float, "precision": "Int64"})
    # Two events in the same town on one day may be one attack, told by two reports; those around it are apart.
    frame["place_id"] = pd.Series(pd.factorize(frame["place_name"])[0], dtype="Int64").mask(around)
    unknown = chance.random(count) < 0.02
    frame.loc[unknown, ["lat", "lon"]] = np.nan
    frame.loc[unknown, "precision"] = 7
    return frame


def _add_days(frame: pd.DataFrame, chance: np.random.Generator) -> None:
    best = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(chance.integers(3, DAYS - 3, len(frame)), unit="D")
    several = pd.to_timedelta(np.where(chance.random(len(frame)) < 0.03, 3, 0), unit="D")
    for name, days in (("best_day", best), ("first_day", best - several), ("last_day", best + several)):
        frame[name] = days.date


def _add_count(
    frame: pd.DataFrame, outcome: str, figure: np.ndarray, silent: np.ndarray, chance: np.random.Generator
) -> None:
    hedge = chance.random(len(frame))
    parts = {"": silent, "_low": silent | (hedge > 0.9), "_high": silent | (hedge < 0.15)}
    for suffix, absent in parts.items():
        frame[outcome + suffix] = pd.array(figure, dtype="Int64")
        frame.loc[absent, outcome + suffix] = pd.NA


def _add_origins(frame: pd.DataFrame, arcs: int, chance: np.random.Generator) -> None:
    frame["actor_country"] = np.where(frame["country"] == "UA", "RU", "UA")
    frame["origin_lat"], frame["origin_lon"], frame["origin_basis"], frame["origin_name"] = np.nan, np.nan, "", ""
    for row in chance.choice(len(frame), min(arcs, len(frame)), replace=False):
        frame.loc[row, "origin_basis"] = "named" if row % 2 else "country"
        if row % 2:
            launch = LAUNCH[frame.loc[row, "country"]][row // 2 % 2]
            frame.loc[row, ["origin_name", "origin_lat", "origin_lon"]] = launch
