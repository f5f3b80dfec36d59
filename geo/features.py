"""What speaks for and against a candidate: numbers from the name alone, and from the rest of the document.

Fourteen of the features are those of the published geoparsers (population, feature class, distance to the other places,
agreement of country and first-order unit); the others read the words at the name.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer import Found, Gazetteer, distance_km
from geo.names import DATA, exact_key, expand_abbreviation, read_rows
from geo.retrieve import Cue, Options, read_cue
from model import Level, Place, Toponym

UNITS = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNITY})
THEATRE = frozenset({"UA", "RU", "BY"})
BATTLE_KM = 20.0
MOST_UNITS = 8  # around one name: what lies in more is no chain that anybody writes
UNKNOWN_POPULATION = 250  # villages below the 500 of the sources carry no figure


@lru_cache(maxsize=1)
def front() -> dict[str, float]:
    """Unit code -> how likely a report of the war in Ukraine means a place there; geo/data/front.tsv."""
    return {row[0]: float(row[1]) for row in read_rows(DATA / "front.tsv")}


Features = dict[str, float]


def front_of(place: Place) -> float:
    """How likely a report of the war in Ukraine means a place in this unit: 0 where it is not of the front."""
    return front().get(place.admin2) or front().get(place.admin1, 0.0)


@lru_cache(maxsize=1)
def _battles() -> tuple[tuple[float, float], ...]:
    return tuple((float(lat), float(lon)) for _, lat, lon in read_rows(DATA / "battles.tsv"))


def near_battle(place: Place) -> float:
    """1 at a place of geo/data/battles.tsv, a half at ``BATTLE_KM`` from the nearest, 0 for units and elsewhere."""
    if place.country not in ("UA", "RU") or place.level not in (Level.SETTLEMENT, Level.FACILITY, Level.CITY_DISTRICT):
        return 0.0
    east = math.cos(math.radians(place.lat))
    squares = ((lat - place.lat) ** 2 + ((lon - place.lon) * east) ** 2 for lat, lon in _battles())
    km = 111.2 * math.sqrt(min(squares))
    return 1 / (1 + km / BATTLE_KM) if km < 200 else 0.0


def own_features(found: Found, options: Options, towns: frozenset[str]) -> Features:
    """What the name and the words beside it say; ``towns``: first-order units with a town of this name."""
    place, how, similarity, form = found
    level = place.level
    unit = level in UNITS
    unit_cue = options.cue in (Cue.REGION, Cue.DISTRICT)
    agrees = {
        Cue.REGION: level is Level.PROVINCE,
        Cue.DISTRICT: level in (Level.DISTRICT, Level.COMMUNITY, Level.CITY_DISTRICT),
        Cue.TOWN: level in (Level.SETTLEMENT, Level.CITY_DISTRICT),
        Cue.NONE: False,
    }[options.cue]
    half = unit_cue and unit and not agrees
    names = {exact_key(n) for n in (place.name, place.name_ru, place.name_uk) if n}
    return {
        "population": math.log10(max(place.population, UNKNOWN_POPULATION)),
        "country": level is Level.COUNTRY,
        "province": level is Level.PROVINCE,
        "district": level is Level.DISTRICT,
        "community": level is Level.COMMUNITY,
        "city_district": level is Level.CITY_DISTRICT,
        "section": place.feature_code == "PPLX" and level is Level.SETTLEMENT,
        "capital": place.feature_code == "PPLC",
        "seat": place.feature_code in ("PPLA", "PPLA2"),
        "main_name": options.key in names or form in names,
        "city": max(0.0, math.log10(place.population + 1) - 4) if level is Level.SETTLEMENT and not unit_cue else 0.0,
        "cue_agrees": 1.0 if agrees else 0.7 if half else 0.0,
        "cue_disagrees": options.cue is not Cue.NONE and not agrees and not half,
        "city_of_unit": options.cue is Cue.NONE and unit and place.admin1 in towns,
        "bare_district": level in (Level.DISTRICT, Level.COMMUNITY)
        and options.cue is Cue.NONE
        and options.key not in names
        and any(f.place.level is Level.SETTLEMENT for f in options.found),
        "inexact": how in ("spelling", "similar", "sound"),
        "dissimilar": 100 - similarity,
        "vague_point": math.log10(1 + place.precision_km) if level is Level.SETTLEMENT else 0.0,
        "theatre": place.country in THEATRE,
        "front": front_of(place),
        "battle": near_battle(place) if not unit_cue else 0.0,
        "area": level is Level.AREA,
        "facility": level is Level.FACILITY,
        "people": how == "people",
    }


def holds(gazetteer: Gazetteer, outer: Place, inner: Place) -> bool:
    """Whether ``outer`` is a unit, a country or a city that ``inner`` belongs to."""
    if outer.id == inner.id or outer.country != inner.country:
        return False
    if outer.level is Level.COUNTRY:
        return True
    if outer.level is Level.PROVINCE:
        return inner.level is not Level.PROVINCE and inner.admin1 == outer.admin1
    if outer.level is Level.DISTRICT:
        return (
            inner.level not in (Level.PROVINCE, Level.DISTRICT) and bool(inner.admin2) and inner.admin2 == outer.admin2
        )
    if outer.level is Level.SETTLEMENT:
        above = gazetteer.parent(inner)
        return bool(above and above.id == outer.id) or (
            inner.population < outer.population and distance_km(outer, inner) < 15
        )
    return False


_KIND = (
    r"(?:village|town|city|settlement|district|area|neighbou?rhood|suburb|region|community|sector|subdistrict|junction"
    r"|airport|hospital|prison|camp|market|road|mosque|church|school|university|base|mine|port|commune|municipality)s?"
)
_WHERE = (
    r"(?:the |an? )?(?:(?:north|south|east|west|central|far|nearby|neighbou?ring|coastal|rural|rest|occupied)[a-z-]* )?"
)
_OF = r"(?:(?:province|region|district|state|town|city|village|county|countryside|suburbs?|outskirts|governorate) of )?"
_NEXT = re.compile(
    rf"\s*(?:{_KIND})?\s*(?:,|\(|\[|,?\s*(?:in|of|near|outside|within|at)(?:\s+the|\s+an?)?)\s*{_WHERE}{_OF}", re.I
)
# "Dibrova, a small village in the": what a name is, and where.
_APPOSED = re.compile(
    rf",?\s+(?:which is |that is )?(?:an?|the)\s+(?:[\w’'-]+\s+){{0,3}}?{_KIND}\s+(?:[\w’'-]+\s+){{0,3}}?"
    rf"(?:in|of|within|inside)\s+{_WHERE}{_OF}",
    re.I,
)
# "Воронежская область, Острогожский район, село Петропавловка": from the big to the small.
_THEN_TOWN = re.compile(
    r",?\s*(?:в\s+|у\s+)?(?:сел[оеі]|с\.|город[е]?|г\.|міст[оі]|м\.|смт|пгт|пос[её]л[ко]\w*|пос\.|селищ[еі]|деревн[яеи]"
    r"|д\.|хутор\w*|х\.|(?:the )?(?:village|town|city|settlement)(?: of)?)\s*[«\"“]?",
    re.I,
)
# A district that the gazetteer does not know: "in the Foo district of", "Фуского района".
_UNKNOWN_UNIT = re.compile(
    r"\s*(?:(?:,|\(|,?\s*(?:in|of))\s*(?:the\s+)?)?(?:[A-ZА-ЯІЇЄҐ][\w’'-]+\s+){1,2}"
    r"(?:district|raion|county|municipality|commune|район|округ|громад|общин)[а-яіїє]{0,4}\s*(?:,|\(|in|of)?\s*(?:the\s+)?"
)
_UNIT_RU = re.compile("(?:област|район|кра[йяюеї]|округ|громад)[а-яіїє]{0,4}$", re.I)
_AND = re.compile(r",? (?:and|or|та|и|і) |, ")
_COMMA = re.compile(r", ?")
_UNIT_CUES = (Cue.REGION, Cue.DISTRICT)


@dataclass(frozen=True, slots=True)
class Links:
    """Names written side by side."""

    inside: tuple[tuple[int, int, float], ...]  # inner, outer, weight: "Toretsk, Donetsk Oblast", "Kharkiv's Saltivka"
    lists: tuple[tuple[int, ...], ...]  # "Georgia, Oklahoma and Ohio"


def read_links(text: str, toponyms: Sequence[Toponym]) -> Links:
    """Which names stand beside one another as place and unit, and which as members of a list.

    A chain counts as a whole: in "X in the Y district of the Z region" X is as much in Z as in Y.
    """
    order = sorted(range(len(toponyms)), key=lambda i: toponyms[i].span.start)
    gaps = [text[toponyms[a].span.end : toponyms[b].span.start] for a, b in itertools.pairwise(order)]
    listed = _lists(text, toponyms, order, gaps)
    members = {pair for run in listed for pair in itertools.pairwise(run)}
    inside: dict[tuple[int, int], float] = {}
    for here, there, gap in zip(order, order[1:], gaps, strict=False):
        kinds = [read_cue(text, toponyms[i]) for i in (here, there)]
        downward = (
            (kinds == [Cue.REGION, Cue.DISTRICT] and _COMMA.fullmatch(gap))
            or (kinds[0] in _UNIT_CUES and kinds[1] not in _UNIT_CUES and _THEN_TOWN.fullmatch(gap))
            or (gap == " (" and toponyms[there].text[-8:].lower() == "district")
        )
        if downward or gap in ("'s ", "’s ", "' ", "’ "):
            inside[there, here] = 1.0
        elif (gap == " " and _UNIT_RU.search(toponyms[there].text)) or (
            kinds[1] in _UNIT_CUES and len(gap) <= 60 and _UNKNOWN_UNIT.fullmatch(gap)
        ):
            inside[here, there] = 1.0
        elif len(gap) <= 60 and (_NEXT.fullmatch(gap) or _APPOSED.fullmatch(gap)):
            inside[here, there] = 0.2 if (here, there) in members else 1.0
    return Links(_chained(inside, order), listed)


def _chained(inside: dict[tuple[int, int], float], order: Sequence[int]) -> tuple[tuple[int, int, float], ...]:
    """The links, nearest unit first, with those that follow from two others."""
    # "Larkana in Pakistan's Sindh province" is in Sindh first.
    first = [
        (here, unit)
        for here, owner, unit in zip(order, order[1:], order[2:], strict=False)
        if inside.get((here, owner)) == 1.0 and inside.get((unit, owner)) == 1.0
    ]
    linked = {**dict.fromkeys(reversed(first), 1.0), **inside}
    units: dict[int, list[int]] = defaultdict(list)  # name -> the units it surely lies in
    for (small, unit), weight in linked.items():
        if weight == 1.0:
            units[small].append(unit)
    for _ in range(2):  # four names in a row are a long chain
        sure = [pair for pair, weight in linked.items() if weight == 1.0]
        for small, unit in sure:
            for big in tuple(units[unit]):
                if big != small and (small, big) not in linked and len(units[small]) < MOST_UNITS:
                    linked[small, big] = 1.0
                    units[small].append(big)
    return tuple((small, big, weight) for (small, big), weight in linked.items())


def _lists(
    text: str, toponyms: Sequence[Toponym], order: Sequence[int], gaps: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """Runs of names joined by commas and closed by "and" or "or"; a comma run without it is place and unit."""
    runs, run, closed = [], [order[0]] if order else [], False
    for here, there, gap in zip(order, order[1:], gaps, strict=False):
        short = expand_abbreviation(text[toponyms[here].span.start : toponyms[here].span.end + 1].strip(" ,"))
        if _AND.fullmatch(gap) and not (short and "." in gap):
            run.append(there)
            closed = closed or not _COMMA.fullmatch(gap)
            continue
        if closed and len(run) > 1:
            runs.append(tuple(run))
        run, closed = [there], False
    if closed and len(run) > 1:
        runs.append(tuple(run))
    return tuple(runs)


def people_of(text: str, gazetteer: Gazetteer) -> dict[str, float]:
    """Country -> its share of the words for peoples and the one-word country names of the text."""
    counts: Counter[str] = Counter()
    for word in re.findall(r"\b[A-Z][a-z]{3,}\b", text):
        code = gazetteer.country_of_people(word) or gazetteer.country_by_word(word)
        if code:
            counts[code] += 1
    total = sum(counts.values())
    return {code: n / total for code, n in counts.items()}
