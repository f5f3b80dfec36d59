"""The places a name may mean: as numbered options, as a table, and as points on a small map.

The map follows the rules of ``views.layers``: its script is constant but for the name of the file that holds the
points, and nothing is loaded from outside.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from views import literal_text  # noqa: F401  (before folium)

import folium  # isort: skip

from geo import basemap, territory
from geo.gazetteer import Found, Gazetteer
from model import Level, Place, Resolution
from views import offline, payload, wording
from views.backdrop import OFFLINE, Backdrop
from views.canvas import ScriptLayer, blank_map
from views.layers import Theme
from views.literal_text import plain_text, safe_text

MOST_FOUND = 12  # places of one search
MIN_ZOOM, MAX_ZOOM = 1, 10
START = (50.3, 36.6, 5)  # latitude, longitude and zoom until the points are there: the map then shows all of them
SCRIPTS = ("space", "labels", "tiles", "basemap", "list", "commands", "candidates")
_HOW = {
    "exact": "the gazetteer has this name",
    "case ending": "the gazetteer has this name in another case",
    "spelling": "another spelling of the name",
    "similar": "a name that is written much alike",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A place an analyst may choose. ``score`` is ``None`` for one that was searched for by hand."""

    place: Place
    where: str  # units above, the smallest first
    reasons: tuple[str, ...]
    score: float | None = None


def find_options(resolution: Resolution, found: Iterable[Found], gazetteer: Gazetteer) -> tuple[Option, ...]:
    """The candidates of the rules, then what a search found beside them; each place once."""
    own = resolution.machine or resolution
    options = {c.place.id: Option(c.place, path_of(c.place, gazetteer), c.reasons, c.score) for c in own.candidates}
    if own.place is not None:
        given = Option(own.place, path_of(own.place, gazetteer), own.reasons, own.score)
        options.setdefault(own.place.id, given)
    for option in searched(found, gazetteer):
        options.setdefault(option.place.id, option)
    return tuple(options.values())


def searched(found: Iterable[Found], gazetteer: Gazetteer) -> tuple[Option, ...]:
    """What a search of the gazetteer found, the likeliest first."""
    return tuple(
        Option(each.place, path_of(each.place, gazetteer), (_HOW.get(each.how, each.how),))
        for each in list(found)[:MOST_FOUND]
    )


def path_of(place: Place, gazetteer: Gazetteer) -> str:
    """The units a place lies in, the smallest first; its codes where the gazetteer has it no more."""
    country = gazetteer.country_name(territory.country_of(place.country, place.admin1, territory.point_of_view()))
    names = [unit.name for unit in gazetteer.ancestors(place) if unit.level is not Level.COUNTRY]
    return ", ".join(filter(None, (*(names or [place.admin1]), country)))


def pick_key(options: Sequence[Option]) -> str:
    """Key of the list that shows these options: a list with others is another widget, so no pick is taken amiss."""
    return " ".join(["pick", *(str(option.place.id) for option in options)])


def label(number: int, option: Option) -> str:
    """An option in one line, for a list that shows text as it is."""
    return plain_text(f"{number} · {option.place.name} ({wording.LEVEL[option.place.level]}), {option.where}", 200)


def options_table(options: Sequence[Option]) -> str:
    """The options as an HTML table that wraps on a narrow screen; every word of it literal."""
    heads = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name in ("Place", "Score and reasons"))
    rows = "".join(_row(number, option) for number, option in enumerate(options, start=1))
    return (
        '<table class="candidates" style="width:100%;table-layout:fixed;border-collapse:collapse;font-size:.875rem">'
        f'<caption style="{_CAPTION}">Places the name may mean, as numbered on the map</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def write_points(options: Sequence[Option], *, folder: Path = payload.FOLDER) -> str:
    """Write the points as columns for the map; the name of the file below ``candidates/`` of the payload folder."""
    places = [option.place for option in options]
    columns: dict[str, Any] = {
        "lat": [round(place.lat * 1e4) for place in places],
        "lon": [round(place.lon * 1e4) for place in places],
        "radius": [round(place.precision_km, 1) for place in places],
        "place": [plain_text(place.name, 80) for place in places],
        "where": [plain_text(option.where, 160) for option in options],
        "label": [plain_text(words, 60) for words in _labels(options)],
    }
    body = json.dumps(columns, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()
    home = folder / "candidates"
    home.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(body).hexdigest()[:16]}.json"
    payload.place_file(home / name, body)
    payload.remove_old(home)
    return name


def _labels(options: Sequence[Option]) -> list[str]:
    """What to write beside the points: the name, or where several bear it, the unit that tells them apart."""
    borne = Counter(option.place.name for option in options)
    return [
        option.place.name if borne[option.place.name] == 1 else option.where.split(", ")[0] or option.place.name
        for option in options
    ]


def draw_candidates(
    points: str, *, theme: Theme = "light", pov: str = "un", backdrop: Backdrop = OFFLINE
) -> folium.Map:
    """The small map; give it to ``st_folium(..., returned_objects=[])``.

    A click on a point makes ``st_folium`` return ``{"candidate": <number from 0>, "turn": <number of the click>}``.

    Args:
        points: what ``write_points`` returned; other points are another map, which then shows all of them.
        theme: "light" or "dark".
        pov: whose state borders to draw, a name in ``geo.basemap.POVS``.
        backdrop: tiles under borders and points.

    Raises:
        OutsideUrlError: a file would be loaded from elsewhere.
    """
    small = blank_map(*START, (MIN_ZOOM, MAX_ZOOM))
    base = {
        "symbols": offline.asset("symbols.json"),
        "borders": offline.BASEMAP_BASE,
        "files": basemap.file_names(),
        "candidates": offline.PAYLOAD_BASE + "candidates/",
    }
    credit = f"{basemap.CREDIT} · {basemap.CAPTION}"
    settings = {"base": base, "points": points, "theme": theme, "pov": pov, "credit": credit}
    told = {**settings, "tiles": backdrop.for_map()}
    ScriptLayer("CandidateLayer", "candidates", SCRIPTS, told, backdrop, first="").add_to(small)
    offline.refuse_outside_urls(small, backdrop.origin)
    return small


_CAPTION = "text-align:left;font-weight:600;padding:.25rem 0"
_CELL = "text-align:left;vertical-align:top;padding:.35rem .5rem .35rem 0;border-bottom:1px solid #8884;" + (
    "overflow-wrap:anywhere"
)


def _row(number: int, option: Option) -> str:
    place = option.place
    people = f", {wording.number(place.population)} people" if place.population else ""
    what = f"{wording.LEVEL[place.level]}{people}; within {place.precision_km:g} km"
    named = f"<strong>{number} {safe_text(place.name)}</strong><br>{safe_text(option.where)}"
    score = "found by your search" if option.score is None else f"score {option.score:.2f}"
    why = safe_text("; ".join(option.reasons), 600)
    cells = (f"{named}<br><small>{safe_text(what)}</small>", f"<strong>{score}</strong><br>{why}")
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"
