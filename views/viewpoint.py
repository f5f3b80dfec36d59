"""Where the map starts: around the events, unless an address says otherwise."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from model import Precision
from views.permalink import View

THEATRE: View = (50.3, 36.6, 6)  # where there is no event with a dot
_MOST = 0.9
_ROOM = (360, 560)  # pixels, height and width of the map without a broad edge, where its panels lie


def around(frame: pd.DataFrame) -> View:
    """A view that holds the nine tenths of the events with a dot that lie closest together; else the theatre."""
    dots = frame.loc[frame["lat"].notna() & (pd.to_numeric(frame["precision"]) <= int(Precision.NEAR)), ["lat", "lon"]]
    if dots.empty:
        return THEATRE
    east = math.cos(math.radians(float(dots["lat"].median())))  # degrees of longitude in those of latitude
    apart = np.hypot(dots["lat"] - dots["lat"].median(), (dots["lon"] - dots["lon"].median()) * east)
    near = dots[apart <= np.quantile(apart, _MOST, method="higher")]
    low, high = near.min(), near.max()
    centre = (low + high) / 2
    pixels = 256 / 360 * np.array([(high["lat"] - low["lat"]) / east, high["lon"] - low["lon"]])  # at zoom 0
    room = np.array(_ROOM) / np.maximum(pixels, 1e-6)
    zoom = min(8, max(4, math.floor(math.log2(room.min()))))
    return float(round(centre["lat"], 3)), float(round(centre["lon"], 3)), zoom
