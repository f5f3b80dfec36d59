"""Where an attack hit: the most exact place of its clause, and further ones joined to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.roles import Role
from extract.toponyms import PlaceMention
from model import Level, Span, Toll

_TOGETHER = re.compile(
    r"\s*(?:,|,?\s+and|,?\s+as\s+well\s+as)\s+(?:(?:in|on|at|near|the|also|city|town|village|cities|of|regions?|"
    r"nearby|towns|villages|ports?|"
    r"airports?|bases?|districts?|camps?|provinces?|international|"
    r"[A-Z][\w-]+['’]s|\w+ern)\s+){0,5}"
)
_LIST = re.compile(r"\s*,?\s+and\s+(?:[\w’'-]+\s+){0,5}")
_MOST_TARGETS = 4
_AIR_FORCE = re.compile(r"\bair\s+(?:force|defen[cs]es?)\b")
_COUNTED_IN = re.compile(r"(?:\s+(?!and\b)[\w’'-]+){0,5}?\s+(?:in|at|near)\s+(?:the\s+(?:city|town|village)\s+of\s+)?")
_IN_TOWN = re.compile(r"(?:\s+[a-z-]+){0,2}\s+(?:in|of)\s+(?:the\s+(?:\w+\s+){0,2}(?:city|town|capital)\s+(?:of\s+)?)?")
_WHERE = re.compile(r"(?:,[^,;.]{1,60})?,?\s+where\b")
_AROUND = re.compile(r"\b(?:around|between|near|outside)\s+(?:the\s+(?:towns?|villages?|cities|city)\s+of\s+)?$")


def find_target(
    text: str, places: Sequence[PlaceMention], act: Span
) -> tuple[PlaceMention | None, tuple[PlaceMention, ...]]:
    """The most exact place hit, and further ones joined to it by "and"."""
    hit = [p for p in places if p.role is Role.TARGET]
    between = [p for p in places if p.role is Role.BETWEEN]
    if all(p.level is Level.COUNTRY for p in hit) and between:
        return between[-1], ()
    hit = hit or _scene(text, places, act)
    if not hit:
        return None, ()
    best = min(hit, key=lambda p: (_exactness(p), abs(p.span.start - act.start)))
    best = _town_of(text, hit, best)
    earlier = [p for p in hit if p.level is best.level and p.span.start < best.span.start]
    for place in reversed(earlier):  # of "X and Y" the first is the place, the second is another
        if _LIST.fullmatch(text[place.span.end : best.span.start]):
            best = place
    return best, _joined(text, hit, best)


def _scene(text: str, places: Sequence[PlaceMention], act: Span) -> list[PlaceMention]:
    """The place of a clause with "where": "the third victim is from X, where a shell hit a house"."""
    scenes = [p for p in places if p.role in (Role.MENTION, Role.SPEAKER) and p.span.end <= act.start]
    return [p for p in scenes[-1:] if _WHERE.match(text, p.span.end)]


def part_by_victims(
    text: str, places: Sequence[PlaceMention], tolls: Sequence[Toll]
) -> list[tuple[PlaceMention, tuple[Toll, ...]]]:
    """The places that each have victims of their own: "seven people were killed in X and one in Y"; else nothing."""
    parts: dict[str, tuple[PlaceMention, list[Toll]]] = {}
    towns = [p for p in places if p.role is Role.TARGET and p.level is Level.SETTLEMENT]
    for toll in tolls if len(towns) > 1 else ():
        near = next((p for p in towns if p.span.start >= toll.span.start), None)
        if near is not None and (
            near.span.end <= toll.span.end or _COUNTED_IN.fullmatch(text, toll.span.end, near.span.start)
        ):
            parts.setdefault(near.toponym.text, (near, []))[1].append(toll)
    if len(parts) < 2 or sum(len(part) for _, part in parts.values()) < len(tolls):
        return []
    return [(spot, tuple(part)) for spot, part in parts.values()]


def own_sky(text: str, clause: Span, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """An air force that shoots something down does so over its own country, where no other place is told."""
    if _AIR_FORCE.search(text, clause.start, clause.end) is None:
        return None
    countries = [p for p in places if p.level is Level.COUNTRY and p.role in (Role.ACTOR, Role.SPEAKER, Role.MENTION)]
    return countries[0] if countries and len(countries) == len(places) == 1 else None


def _town_of(text: str, hit: Sequence[PlaceMention], best: PlaceMention) -> PlaceMention:
    """The town of a site that lies in no country of such a name: "the Lido beach in Mogadishu"."""
    for place in hit:
        gap = text[best.span.end : place.span.start] if place.span.start >= best.span.end else ""
        if place.level is Level.SETTLEMENT and _IN_TOWN.fullmatch(gap) and not (best.countries & place.countries):
            return place if place.countries or not best.countries else best
    return best


def _exactness(place: PlaceMention) -> tuple[int, float]:
    """Towns before districts before regions before countries; a name known or cued before one only guessed."""
    town = {Level.FACILITY: 0, Level.CITY_DISTRICT: 0, Level.SETTLEMENT: 0, Level.COMMUNITY: 0}
    rank = town.get(place.level, place.exactness)
    unknown_site = place.level in (Level.FACILITY, Level.CITY_DISTRICT) and not place.countries
    return (rank, 1 if unknown_site or place.confidence < 0.6 else 0)


def _joined(text: str, hit: Sequence[PlaceMention], best: PlaceMention) -> tuple[PlaceMention, ...]:
    chain = [best]
    if _AROUND.search(text[max(0, best.span.start - 40) : best.span.start]):
        return ()
    for place in hit:
        if (
            place.toponym.span.start <= best.toponym.span.start
            or place.level is not best.level
            or len(chain) >= _MOST_TARGETS
        ):
            continue
        between = text[chain[-1].toponym.span.end : place.toponym.span.start]
        if not _TOGETHER.fullmatch(between):
            break
        chain.append(place)
    last_gap = text[chain[-2].toponym.span.end : chain[-1].toponym.span.start] if len(chain) > 1 else ""
    return tuple(chain[1:]) if "and" in last_gap else ()
