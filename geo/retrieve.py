"""What a toponym may mean: the words around it read as cues, and the places its name leads to.

Steps, after Mordecai and the Edinburgh geoparser: abbreviation, exact name, name without "the city of", name of a unit
without "region", words for a country's people, case ending, other spelling, the name without a direction or a kind of
building, likeness. The first step that finds something ends the search, but units and towns of one name are both kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from geo.gazetteer import Found, Gazetteer
from geo.names import exact_key, expand_abbreviation
from model import Level, Toponym


class Cue(StrEnum):
    """What the words at the name say it is."""

    NONE = ""
    REGION = "region"
    DISTRICT = "district"
    TOWN = "town"


_REGION = (
    r"regions?|oblasts?|provinces?|states?|governorates?|prefecture|krai|republic|voivodeship|departments?|emirate"
    r"|област[ьіиею]\w*|край|края|крае|краю|республик\w+|республік\w+"
)
_DISTRICT = (
    r"districts?|raions?|rayons?|count(?:y|ies)|parish|borough|municipality|commune|hromada|community|LGA|tehsil|taluk|upazila"
    r"|local government(?: area)?|subdivision|block|район\w*|округ\w*|громад\w+"
)
_TOWN = r"city|town|township|village|hamlet|settlement|suburb|port|capital|neighbou?rhood|locality"
REGION_WORD = re.compile(rf"\b(?:{_REGION})\b", re.I)
DISTRICT_WORD = re.compile(rf"\b(?:{_DISTRICT})\b", re.I)
_TOWN_RU = r"село|селі|селе|села|місто|місті|міста|город[еау]?|смт|пгт|пос[её]лк\w+|селищ\w+|деревн\w+|хутор\w*"
_BEFORE_TOWN = re.compile(
    rf"(?:\b(?:{_TOWN})(?: of)?|\b(?:cities|towns|villages|settlements) of|\b(?:{_TOWN_RU})|\b[смг]\.)\s*[«\"“]?$", re.I
)
_BEFORE_REGION = re.compile(rf"\b(?:{_REGION}) of (?:the )?$", re.I)
_BEFORE_DISTRICT = re.compile(rf"\b(?:{_DISTRICT}) of (?:the )?$", re.I)
# "Kharkiv, Sumy and Chernihiv regions": the unit word stands behind the last name of the list.
_NAME = r"[A-ZА-ЯІЇЄҐ][\w’'-]+(?:\s[A-ZА-ЯІЇЄҐ][\w’'-]+)?"
_LIST = rf"(?:(?:,\s+{_NAME}){{0,4}}(?:,? and|,? or| та| и| і)\s+{_NAME})?"
_AFTER_REGION = re.compile(rf"{_LIST}[\s-](?:{_REGION})\b")
_AFTER_DISTRICT = re.compile(rf"{_LIST}[\s-](?:{_DISTRICT})\b")
_AFTER_TOWN = re.compile(rf"[\s-](?:{_TOWN})\b")
_PREFIX = re.compile(
    rf"^(?:the |(?:{_TOWN}|{_REGION}|{_DISTRICT}) of (?:the )?|(?:{_TOWN_RU}) |[смг]\.\s*|greater |downtown |central "
    r"|old town |old |metropolitan |nearby |neighbou?ring |occupied |outside |around |rural )",
    re.I,
)
_DIRECTION = re.compile(
    r"^(?:north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern"
    r"|south-?western|north-?east|north-?west|south-?east|south-?west|upper|lower|mid|inner|outer|far|deep)[\s-]+",
    re.I,
)
_GROUND = re.compile(
    r"[\s-]+(?:territor(?:y|ies)|soil|lands?|side|cit(?:y|ies)|towns?|villages?|positions|border|airspace|waters|mainland"
    r"|capital|coast|territorial waters|settlements)$",
    re.I,
)
_BUILDING = re.compile(
    r"[\s-]+(?:(?:international|regional|municipal|military|air|naval|central|general|community|public|national|state|"
    r"university|technical|high|primary|secondary|elementary|nuclear|power|railway|train|bus|metro|police|fire|oil|thermal)"
    r"[\s-]+){0,3}(?:airport|airfield|airbase|base|hospital|clinic|university|college|school|stadium|arena|prison|jail"
    r"|station|bridge|port|harbou?r|market|mosque|church|cathedral|temple|camp|plant|refinery|depot|mine|dam|reservoir"
    r"|road|street|avenue|highway|junction|checkpoint|crossing|park|square|suburbs?|neighbou?rhood|area|zone|front"
    r"|direction|axis|outskirts|cent(?:re|er)|downtown|valley|hills?|forest|river|lake|bay|beach|coast"
    r"|metropolitan area|city|town|village|settlement)$",
    re.I,
)
_UNIT_LEVELS = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNITY, Level.CITY_DISTRICT})
_TOWN_AFTER = re.compile(rf"[\s-]+(?:{_TOWN})$", re.I)
_POSSESSIVE = re.compile(r"[’']s?$")
_OWNED = re.compile(r"^(.{2,40}?)(?:[’']s|s[’'])\s+(.{2,60})$")
_ST = re.compile(r"^(?:st|ste)\.? ", re.I)


UNSURE_WAYS = frozenset({"similar", "sound"})  # likeness, not identity: see ``in_countries``


@dataclass(frozen=True, slots=True)
class Options:
    """The places a toponym may mean. ``loose`` words were dropped to find them, so none is more exact than "near"."""

    key: str
    cue: Cue
    found: tuple[Found, ...]
    loose: str = ""
    building: bool = False  # what was dropped is a kind of building or ground, so the name may be anybody's
    owner: tuple[Found, ...] = field(default=())  # places of the name before "'s"

    @property
    def stem(self) -> str:
        """The key without "region", "district" and the like: "Karak" and "Karak district" are no two witnesses."""
        return _unit_name(self.key) or self.key


def read_cue(text: str, toponym: Toponym) -> Cue:
    """What the name's own words, or those right beside it, say it is."""
    name, span = toponym.text, toponym.span
    before = text[max(0, span.start - 40) : span.start]
    after = text[span.end : span.end + 90]
    if DISTRICT_WORD.search(name) or _BEFORE_DISTRICT.search(before) or _AFTER_DISTRICT.match(after):
        return Cue.DISTRICT
    if REGION_WORD.search(name) or _BEFORE_REGION.search(before) or _AFTER_REGION.match(after):
        return Cue.REGION
    if _BEFORE_TOWN.search(before) or _AFTER_TOWN.match(after) or _BEFORE_TOWN.match(name[: name.find(" ") + 1]):
        return Cue.TOWN
    return Cue.NONE


def retrieve(text: str, toponym: Toponym, gazetteer: Gazetteer) -> Options:
    """All the places the toponym may mean, unranked."""
    cue = read_cue(text, toponym)
    name = _POSSESSIVE.sub("", toponym.text.strip(' \t\n.,;:()[]«»"“”')) or toponym.text.strip()
    span = toponym.span
    dot = toponym.text.rstrip().endswith(".") or (
        text[span.end : span.end + 1] == "." and text[max(0, span.start - 2) : span.start] == ", "
    )
    if dot and expand_abbreviation(name + "."):
        name += "."
    owned = _OWNED.match(name)
    if owned:
        owner = tuple(_by_name(owned[1], gazetteer))
        if owner:
            return Options(exact_key(name), cue, tuple(_by_name(owned[2], gazetteer)), owner=owner)
    found = _by_name(name, gazetteer, cue)
    if found:
        return Options(exact_key(name), cue, tuple(found))
    if len(name) >= 8:
        found = [Found(place, "spelling") for place in gazetteer.spelled_like(name)]
        if found:
            return Options(exact_key(name), cue, tuple(found))
    for dropped, bare in _looser(name):
        found = _by_name(bare, gazetteer)
        if found:
            return Options(exact_key(name), cue, tuple(found), dropped, bool(_BUILDING.search(f"{bare} {dropped}")))
    return Options(exact_key(name), cue, tuple(_alike(name, cue, gazetteer)))


def in_countries(options: Options, spoken_of: Collection[str]) -> Options:
    """Without names that are merely alike in countries that the text does not speak of.

    Where it speaks of none, a likeness in letters may still be a place of the war in Ukraine.
    """
    kept = tuple(
        f
        for f in options.found
        if f.how not in UNSURE_WAYS
        or f.place.country in spoken_of
        or (not spoken_of and f.how == "similar" and f.place.country in ("UA", "RU"))
    )
    # A likeness in sound is a last resort.
    if any(f.how == "similar" for f in kept):
        kept = tuple(f for f in kept if f.how != "sound")
    return replace(options, found=kept)


def _by_name(name: str, gazetteer: Gazetteer, cue: Cue = Cue.NONE) -> list[Found]:
    full = expand_abbreviation(name)
    names = [full] if full else []
    bare = _PREFIX.sub("", name)
    names += [n for n in dict.fromkeys((name, bare)) if n]
    names += [_ST.sub("Saint ", n) for n in names if _ST.match(n)]
    if cue is Cue.REGION and not _unit_name(bare):
        names += [f"{bare} Region", f"{bare} Province"]
    found: dict[int, Found] = {}
    for each in names:
        places = gazetteer.exact(each)
        if each == full:  # "Que." is the province, "N.Y." the state, whatever cities are called the same
            places = [p for p in places if p.level in (Level.COUNTRY, Level.PROVINCE)] or places
        for place in places:
            found.setdefault(place.id, Found(place, "exact" if each in (name, bare) else "short"))
    # A case form may look like the name of a village: "в Чугуеве" is Чугуев, not Чугуеве.
    written_so = bool(found)
    for each_found in gazetteer.inflected(bare):
        if not written_so or each_found.place.population >= 10_000 or each_found.place.level in _UNIT_LEVELS:
            found.setdefault(each_found.place.id, each_found)
    unit = _unit_name(bare)
    if unit and not any(f.place.level in _UNIT_LEVELS for f in found.values()):
        named = _inflected_or_exact(unit, gazetteer)
        units = [f for f in named if f.place.level in _UNIT_LEVELS]
        # "Korontada district" may be known as a town only.
        for each_found in units or (named if not found else ()):
            found.setdefault(each_found.place.id, each_found)
    code = gazetteer.country_of_people(_GROUND.sub("", bare))
    country = gazetteer.country(code) if code else None
    if country and not any(f.place.level is Level.COUNTRY for f in found.values()):
        found[country.id] = Found(country, "people")
    if found and all(f.place.population < 15_000 and f.place.level is Level.SETTLEMENT for f in found.values()):
        # "Vinnitsa" is a village too, but far more often the usual other spelling of a city.
        for place in gazetteer.spelled_like(bare):
            if place.population >= 50_000 and place.level is Level.SETTLEMENT:
                found.setdefault(place.id, Found(place, "spelling"))
    return list(found.values())


@lru_cache(maxsize=4096)
def _unit_name(name: str) -> str:
    """The name of a unit without "region", "district" and the like; "" where no such word stands in it."""
    bare = DISTRICT_WORD.sub("", REGION_WORD.sub("", name))
    bare = re.sub(r"\s+", " ", bare).strip(" -,")
    return bare if bare and bare != name else ""


def _inflected_or_exact(name: str, gazetteer: Gazetteer) -> Sequence[Found]:
    return [f for f in gazetteer.candidates(name, fuzzy=False) if f.how != "spelling" or len(name) > 5]


def _looser(name: str) -> list[tuple[str, str]]:
    """(words dropped, what is left): "southern Syria" -> Syria, "Pearson International Airport" -> Pearson."""
    left: list[tuple[str, str]] = []
    for pattern in (_DIRECTION, _GROUND, _BUILDING):
        bare = pattern.sub("", name)
        if bare != name and len(bare) > 2:
            left.append((name.replace(bare, "").strip(), bare))
            again = _DIRECTION.sub("", bare)
            if again != bare and len(again) > 2:
                left.append((name.replace(again, "").strip(), again))
    parts = [p for p in re.split(r"\s*[-–/,(]\s*|\s+(?:and|in|of|near)\s+", name) if len(p) > 2]
    if len(parts) > 1:
        left += [(" ".join(p for p in parts if p != part), part) for part in parts]
    return left


def _alike(name: str, cue: Cue, gazetteer: Gazetteer) -> list[Found]:
    """Other spellings, then names that differ by a letter or two: the latter only where the words call it a place."""
    bare = _unit_name(_PREFIX.sub("", name)) or _PREFIX.sub("", name)
    for each in dict.fromkeys((bare, _TOWN_AFTER.sub("", bare))):
        same_sound = [Found(place, "spelling") for place in gazetteer.spelled_like(each)]
        if same_sound:
            return same_sound
    # Nothing beside it says "place": only a long name, one letter off.
    alike = gazetteer.similar(bare) if cue is not Cue.NONE or len(bare) >= 8 else []
    if cue is Cue.NONE:
        alike = [f for f in alike if f.similarity >= 90]
    return [*alike, *gazetteer.sounding(bare)]
