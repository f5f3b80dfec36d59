"""Choose a place for every toponym of a document, all together.

Two passes: a best guess for each name by itself, then each again in the light of the others. Where no candidate is
likely enough the common unit above the candidates is the answer, with its own precision, never a guess at a village.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from geo.context import context_features, read_context
from geo.features import Features, Links, holds, own_features, people_of, read_links
from geo.gazetteer import Found, Gazetteer, distance_km
from geo.names import DATA
from geo.reasons import say_why
from geo.retrieve import UNSURE_WAYS, Cue, Options, in_countries, retrieve
from model import Candidate, Level, Place, Precision, Resolution, Toponym

_CLUES = frozenset({Level.COUNTRY, Level.PROVINCE})
_LADDER = (Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)
SIDE_BY_SIDE = 15.0  # km
SHOWN = 10  # candidates kept in a resolution


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights and thresholds of geo/data/weights.json."""

    weights: Mapping[str, float]
    unsure: float  # a best candidate less likely than this is not given ...
    settled_population: int  # ... unless it is at least this big
    settled_share: float  # ... and at least this likely
    ancestor_share: float  # share of the likelihood a unit must hold to be given instead


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The shipped weights."""
    raw = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    return Settings(
        raw["weights"], raw["unsure"], raw["settled_population"], raw["settled_share"], raw["ancestor_share"]
    )


@dataclass(slots=True)
class Ranking:
    """One toponym at work: its options and, per option, features and share of the likelihood."""

    toponym: Toponym
    options: Options
    own: list[Features]
    features: list[Features]
    shares: list[float]
    outer: Ranking | None = None  # the name written right behind it as the unit it lies in

    @property
    def best(self) -> int:
        """Index of the likeliest option."""
        return max(range(len(self.shares)), key=self.shares.__getitem__)

    @property
    def place(self) -> Place:
        """The likeliest place."""
        return self.options.found[self.best].place


def resolve(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """A resolution for each toponym, in the same order; every one carries its candidates and reasons.

    Args:
        text: the whole document; the words beside a name are cues.
        toponyms: the names to place; the more of the document's names, the better each is placed.
        gazetteer: an open gazetteer.
    """
    rankings = rank(text, [*toponyms, *_unlisted_units(text, toponyms, gazetteer)], gazetteer)
    return tuple(_decide(ranking, gazetteer) for ranking in rankings[: len(toponyms)])


def _unlisted_units(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Countries and first-order units that the text names but the caller does not ask about: "Miss Ohio" is a clue."""
    taken = sorted((t.span.start, t.span.end) for t in toponyms)
    starts = [start for start, _ in taken]
    reach = [0, *accumulate((end for _, end in taken), max)]  # how far the first n of them go
    return [
        Toponym(match.text, match.span)
        for match in gazetteer.spot(text)
        if match.levels & _CLUES and reach[bisect_left(starts, match.span.end)] <= match.span.start
    ]


def rank(text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Ranking]:
    """Options, features and likelihoods of every toponym; what ``resolve`` decides upon and training learns from."""
    weights = settings().weights
    people = people_of(text, gazetteer)
    retrieved = [retrieve(text, toponym, gazetteer) for toponym in toponyms]
    spoken_of = _countries(retrieved) | set(people)
    rankings = []
    for toponym, all_options in zip(toponyms, retrieved, strict=True):
        options = in_countries(all_options, spoken_of)
        towns = _towns(options.found)
        own = [own_features(f, options, towns) for f in options.found]
        for features, found in zip(own, options.found, strict=True):
            features["owner"] = any(holds(gazetteer, o.place, found.place) for o in options.owner)
        rankings.append(Ranking(toponym, options, own, own, _shares(own, weights)))
    links = read_links(text, toponyms)
    linked = _linked(links, rankings, gazetteer)
    for _ in range(2):
        # A street or a building is named after anything: it says nothing of where the text is.
        told = ((r.options.stem, r.place) for r in rankings if r.options.found and not r.options.building)
        context = read_context(told, people)
        siblings = _sibling_levels(links, rankings)
        for index, ranking in enumerate(rankings):
            ranking.features = [
                {
                    **own,
                    **context_features(found.place, ranking.options, context),
                    **linked[index][place],
                    "level_of_list": siblings[index].get(found.place.level, 0.0),
                }
                for place, (own, found) in enumerate(zip(ranking.own, ranking.options.found, strict=True))
            ]
            _obey_the_text(ranking.features)
        for ranking in rankings:
            ranking.shares = _shares(ranking.features, weights)
    for inner, outer, weight in links.inside:
        if weight >= 1 and rankings[inner].outer is None:
            rankings[inner].outer = rankings[outer]
    return rankings


def _countries(retrieved: Sequence[Options]) -> set[str]:
    """Countries of the names whose biggest bearer is a country, a first-order unit or a city."""
    spoken_of = set()
    for options in retrieved:
        sure = [f.place for f in options.found if f.how not in UNSURE_WAYS]
        if sure:
            biggest = max(sure, key=lambda place: place.population)
            if biggest.level in _CLUES or biggest.population >= 20_000:
                spoken_of.add(biggest.country)
    return spoken_of


def _obey_the_text(features: Sequence[Features]) -> None:
    """Where the text says in which unit a name lies, the war's usual places outside that unit count for nothing."""
    most = max((each["inside_next"] for each in features), default=0.0)
    for each in features:
        if most >= 0.5 and each["inside_next"] < most:
            each["front"] = each["battle"] = 0.0


def _sibling_levels(links: Links, rankings: Sequence[Ranking]) -> list[dict[Level, float]]:
    """Per toponym: level -> share of the other members of its list that are best read so."""
    found: list[dict[Level, float]] = [{} for _ in rankings]
    for members in links.lists:
        levels = {i: rankings[i].place.level for i in members if rankings[i].options.found}
        counts = Counter(levels.values())
        for index in members:
            others = counts - Counter({levels[index]: 1}) if index in levels else counts
            found[index] = {level: count / others.total() for level, count in others.items()}
    return found


def _towns(found: Sequence[Found]) -> frozenset[str]:
    return frozenset(f.place.admin1 for f in found if f.place.level is Level.SETTLEMENT and f.place.population > 1000)


def _shares(features: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    scores = [sum(weights.get(name, 0.0) * value for name, value in each.items()) for each in features]
    top = max(scores, default=0.0)
    likely = [math.exp(score - top) for score in scores]
    total = sum(likely) or 1.0
    return [value / total for value in likely]


def _linked(links: Links, rankings: Sequence[Ranking], gazetteer: Gazetteer) -> list[list[Features]]:
    """Per toponym and option: which share of the units written beside it hold it, and whether it holds a neighbour.

    "Springfield, Ill." once in a text says which Springfield the text means everywhere.
    """
    inside: dict[tuple[str, int], float] = defaultdict(float)
    holding: dict[tuple[str, int], float] = defaultdict(float)
    chains: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for inner, outer, weight in links.inside:
        chains[inner].append((outer, weight))
    for inner, outers in chains.items():
        one = rankings[inner].options
        held = []  # per unit that holds any option: the options it holds
        for outer, weight in outers:
            other = rankings[outer].options
            small_ones = set()
            for small in one.found:
                for big in other.found:
                    if holds(gazetteer, big.place, small.place):
                        small_ones.add(small.place.id)
                        key = (other.key, big.place.id)
                        holding[key] = max(holding[key], weight)
            held += [(small_ones, weight)] if small_ones else []
        for place in {found.place.id for found in one.found}:
            share = sum(weight for small_ones, weight in held if place in small_ones) / (len(held) or 1)
            inside[one.key, place] = max(inside[one.key, place], share)
    return [
        [
            {
                "inside_next": inside.get((r.options.key, f.place.id), 0.0),
                "holds_previous": holding.get((r.options.key, f.place.id), 0.0),
            }
            for f in r.options.found
        ]
        for r in rankings
    ]


def _decide(ranking: Ranking, gazetteer: Gazetteer) -> Resolution:
    toponym, options = ranking.toponym, ranking.options
    order = sorted(range(len(ranking.shares)), key=lambda i: -ranking.shares[i])
    candidates = tuple(
        Candidate(
            options.found[i].place,
            min(1.0, ranking.shares[i]),
            say_why(options.found[i], ranking.features[i], options, len(order)),
        )
        for i in order[:SHOWN]
    )
    if not candidates or _doubtful(ranking, order[0], gazetteer):
        return _stated_unit(ranking, candidates)
    best = candidates[0]
    if _too_unsure(best, ranking):
        return _back_off(ranking, candidates, gazetteer)
    return Resolution(toponym, best.place, _precision(best.place, options), best.score, best.reasons, candidates)


def _doubtful(ranking: Ranking, index: int, gazetteer: Gazetteer) -> bool:
    """Whether the best option is hardly what is meant: elsewhere than the text says, or alike only and unsupported."""
    found, features, options = ranking.options.found[index], ranking.features[index], ranking.options
    place = found.place
    outer = ranking.outer
    well_known = place.level is Level.COUNTRY or (not features["inexact"] and place.population >= 100_000)
    if outer is not None and max(outer.shares, default=0.0) >= 0.6 and not _may_hold(outer, place, gazetteer):
        stated = outer.place
        near = place.level is Level.SETTLEMENT and stated.level is Level.SETTLEMENT and distance_km(place, stated) < 60
        outside = stated.country != place.country
        doubt = outside or options.building or features["inexact"] > 0 or _plain_village(found, stated)
        unit = stated.level in (Level.PROVINCE, Level.DISTRICT)
        return doubt and not near and (not well_known or options.building or (outside and unit))
    if not (features["inexact"] or options.building or options.loose):
        return False
    supported = features["country_share"] > 0 or features["people_named"] > 0 or features["owner"]
    return not supported and place.population < 100_000 and place.country not in ("UA", "RU")


def _may_hold(outer: Ranking, place: Place, gazetteer: Gazetteer) -> bool:
    """Whether the place lies in anything the unit's name may mean: Donetsk is a region as well as a city."""
    return any(holds(gazetteer, found.place, place) for found in outer.options.found)


def _plain_village(found: Found, stated: Place) -> bool:
    """A small place outside the unit the text puts it in is another of the same name."""
    place = found.place
    if stated.level is Level.PROVINCE:
        return place.level is Level.SETTLEMENT and place.population < 20_000 and place.admin1 != stated.admin1
    return False


def _stated_unit(ranking: Ranking, candidates: tuple[Candidate, ...]) -> Resolution:
    """The unit the text puts an unknown name in, else nothing."""
    toponym, outer = ranking.toponym, ranking.outer
    for _ in range(3):
        if outer is None or (outer.options.found and max(outer.shares) >= 0.5):
            break
        outer = outer.outer
    if outer is None or not outer.options.found or max(outer.shares) < 0.5:
        why = "the gazetteer knows no such name" if not candidates else "no place of this name fits the text"
        return Resolution(toponym, None, Precision.UNRESOLVED, 0.0, (why,), candidates)
    stated = outer.place
    why = f"the gazetteer knows no such place; the text puts it in {stated.name}"
    precision = max(_precision(stated, outer.options), Precision.NEAR)
    return Resolution(toponym, stated, precision, max(outer.shares), (why,), candidates)


def _too_unsure(best: Candidate, ranking: Ranking) -> bool:
    """Whether another place of the name, elsewhere, is as likely; homonyms side by side count as one."""
    limits = settings()
    settled = best.place.population >= limits.settled_population and best.score >= limits.settled_share
    if best.place.level is not Level.SETTLEMENT or settled:
        return False
    around = sum(
        share
        for found, share in zip(ranking.options.found, ranking.shares, strict=True)
        if found.place.level not in (Level.COUNTRY, Level.PROVINCE)
        and distance_km(found.place, best.place) <= SIDE_BY_SIDE
    )
    return around < limits.unsure


def _back_off(ranking: Ranking, candidates: tuple[Candidate, ...], gazetteer: Gazetteer) -> Resolution:
    """The smallest unit that holds most of the likelihood, or nothing."""
    shares: dict[int, float] = defaultdict(float)
    units: dict[int, Place] = {}
    for found, share in zip(ranking.options.found, ranking.shares, strict=True):
        for unit in gazetteer.ancestors(found.place):
            if unit.level in _LADDER:
                units[unit.id] = unit
                shares[unit.id] += share
    count = len(ranking.shares)
    for level in _LADDER:
        likely = [i for i in units if units[i].level is level and shares[i] >= settings().ancestor_share]
        if likely:
            unit = units[max(likely, key=shares.__getitem__)]
            why = f"{count} places bear this name and none is likely enough; most likely it is in {unit.name}"
            precision = _LEVELS[level]
            return Resolution(ranking.toponym, unit, precision, min(1.0, shares[unit.id]), (why,), candidates)
    why = f"{count} places bear this name, in several countries, and none is likely enough"
    return Resolution(ranking.toponym, None, Precision.UNRESOLVED, candidates[0].score, (why,), candidates)


_LEVELS = {
    Level.COUNTRY: Precision.COUNTRY,
    Level.PROVINCE: Precision.PROVINCE,
    Level.DISTRICT: Precision.DISTRICT,
    Level.COMMUNITY: Precision.NEAR,
    Level.AREA: Precision.AREA,
}


def _precision(place: Place, options: Options) -> Precision:
    """By level; a point that may be 5 km off is "near", one that may be 20 km off is its district."""
    level = _LEVELS.get(place.level)
    if level is not None:
        return level
    unit_cue = options.cue in (Cue.REGION, Cue.DISTRICT)
    if unit_cue and place.level is Level.SETTLEMENT and place.feature_code != "PPLX":
        return Precision.DISTRICT  # the text speaks of a district; the gazetteer knows only its seat
    radius = place.precision_km
    precise = Precision.SITE if radius <= 5 else Precision.NEAR if radius < 20 else Precision.DISTRICT
    return max(precise, Precision.NEAR) if options.loose else precise
