"""What the build makes: entries, the spellings of their names, and small geometry."""

from __future__ import annotations

import itertools
import math
import re
import statistics
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.names import words

THEATRE = words("UA RU BY MD PL RO HU SK LT LV EE GE")
Point = tuple[float, float]


@dataclass(slots=True)
class Entry:
    """One place on its way into the gazetteer; ``names`` holds every spelling, ``main`` names included."""

    id: int
    level: str
    name: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    feature_code: str
    precision_km: float
    source: str
    parent: int = 0
    name_ru: str = ""
    name_uk: str = ""
    names: set[str] = field(default_factory=set)


def km(a: Point, b: Point) -> float:
    """Great-circle distance."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1, h)))


def middle(points: Iterable[Point]) -> Point:
    """Median latitude and median longitude."""
    lats, lons = zip(*points, strict=True)
    return statistics.median(lats), statistics.median(lons)


def made_id(base: int, *parts: str) -> int:
    """An id that stays the same from build to build, for a place that no source numbers."""
    return base + zlib.crc32("|".join(parts).encode()) % 900_000_000


def plain(name: str) -> str:
    """A Cyrillic name for joining two sources: lower case, no apostrophes, ё as е."""
    return re.sub("[’'ʼ`´”]", "", name.lower()).replace("ё", "е").strip()


def _table(pairs: str) -> dict[str, str]:
    """Letters and what stands for them, as spaced pairs."""
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_UK = _table(
    "а a б b в v г h ґ g д d е e з z и y і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f ц ts є ie ю iu я ia"
)
_UK |= {"ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "’": "", "'": "", "ʼ": ""}
_UK_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RU = _table("а a б b в v г g д d е e з z и i й y к k л l м m н n о o п p р r с s т t у u ф f ц ts ы y э e")
_RU |= {"ъ": "", "ь": "", "ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ё": "yo", "ю": "yu", "я": "ya"}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _words(name: str, one: dict[str, str], start: dict[str, str]) -> str:
    out = []
    for word in re.split(r"([\s\-()]+)", name):
        low = word.lower().replace("зг", "zgh") if one is _UK else word.lower()
        latin = "".join((start if i == 0 else one).get(c, one.get(c, c)) for i, c in enumerate(low))
        out.append(_capital(latin) if word[:1].isupper() else latin)
    return "".join(out)


def latin_uk(name: str) -> str:
    """Ukrainian in Latin letters, by resolution 55 of the Cabinet of Ministers (2010)."""
    return _words(name, _UK, _UK_START)


def latin_ru(name: str) -> str:
    """Russian in Latin letters, BGN/PCGN 1947 without apostrophes: е is "ye" at the start and after a vowel."""
    name = re.sub(r"(?i)(?:\b|(?<=[аеёиоуыэюяъь]))е(?=\w)", lambda m: "йе" if m[0].islower() else "Йе", name)
    return re.sub(r"(?i)yy\b", lambda m: m[0], _words(name, _RU, {})).replace("Yye", "Ye").replace("yye", "ye")


_TO_RUSSIAN = str.maketrans("іІїЇєЄґҐ", "иИиИеЕгГ")
# Ukrainian ending -> Russian endings it may stand for, the likeliest first.
_RUSSIAN_ENDINGS = (
    ("іївка", ("еевка", "иевка")),
    ("ївка", ("евка",)),
    ("івка", ("овка", "евка")),
    ("івці", ("овцы",)),
    ("ське", ("ское",)),
    ("цьке", ("цкое",)),
    ("ськ", ("ск",)),
    ("цьк", ("цк",)),
    ("ський", ("ский",)),
    ("цький", ("цкий",)),
    ("ське", ("ское",)),
    ("ська", ("ская",)),
    ("цька", ("цкая",)),
    ("ове", ("ово", "овое")),
    ("еве", ("ево",)),
    ("єве", ("ево",)),
    ("ине", ("ино",)),
    ("їне", ("ино",)),
    ("не", ("ное",)),
    ("нє", ("нее",)),
    ("ий", ("ый", "ий")),
    ("ій", ("ий",)),
    ("ів", ("ов", "ев")),
    ("їв", ("ев",)),
    ("ець", ("ец",)),
    ("ці", ("цы",)),
    ("жжя", ("жье",)),
    ("лля", ("лье",)),
    ("пілля", ("полье",)),
    ("ття", ("тье",)),
    ("ння", ("нье",)),
    ("ка", ("ка",)),
)
_BY_LENGTH = sorted(_RUSSIAN_ENDINGS, key=lambda pair: -len(pair[0]))


# First words of names, which agree with what follows and are translated rather than respelt.
_RUSSIAN_WORDS = {
    "Велика": "Великая", "Великий": "Великий", "Великі": "Великие", "Мала": "Малая", "Малий": "Малый", "Малі": "Малые",
    "Нова": "Новая", "Новий": "Новый", "Нові": "Новые", "Стара": "Старая", "Старий": "Старый", "Старі": "Старые",
    "Верхня": "Верхняя", "Верхнє": "Верхнее", "Верхній": "Верхний", "Нижня": "Нижняя", "Нижнє": "Нижнее",
    "Нижній": "Нижний", "Середня": "Средняя", "Середній": "Средний", "Біла": "Белая", "Білий": "Белый", "Білі": "Белые",
    "Чорна": "Чёрная", "Чорний": "Чёрный", "Красна": "Красная", "Червона": "Червоная", "Червоний": "Червоный",
    "Суха": "Сухая", "Сухий": "Сухой", "Довга": "Долгая", "Зелена": "Зелёная", "Зелений": "Зелёный",
    "Козача": "Казачья", "Козачі": "Казачьи", "Козачий": "Казачий", "Руська": "Русская", "Руські": "Русские",
    "Солона": "Солёная", "Кам’янка": "Каменка", "Липці": "Липцы", "Харків": "Харьков",
}  # fmt: skip


def _russian_words(word: str) -> list[str]:
    if word in _RUSSIAN_WORDS:
        return [_RUSSIAN_WORDS[word]]
    word = re.sub("^Біл", "Бел", re.sub("^Сєв", "Сев", re.sub("[’'ʼ]", "", word)))
    for ending, russian in _BY_LENGTH:
        if word.lower().endswith(ending) and len(word) > len(ending):
            stem = word[: -len(ending)].translate(_TO_RUSSIAN)
            return [stem + each for each in russian]
    return [word.translate(_TO_RUSSIAN)]


def russian_of(name: str) -> str:
    """The likeliest Russian spelling of a Ukrainian name: Андріївка -> Андреевка, Первомайське -> Первомайское."""
    return re.sub(r"[^\s-]+", lambda m: _russian_words(m[0])[0], name)


def spellings_uk(name: str) -> set[str]:
    """A Ukrainian name, its official Latin form, the Russian spellings of it and those in Latin: Hroza and Groza."""
    options = [_russian_words(w) if re.match(r"[^\s-]", w) else [w] for w in re.split(r"([\s-]+)", name) if w]
    forms = {"".join(choice) for choice in itertools.islice(itertools.product(*options), 8)}
    forms.add(name.translate(_TO_RUSSIAN).replace("’", "ъ"))
    return {name, latin_uk(name), *forms, *map(latin_ru, forms)}


def spellings_ru(name: str) -> set[str]:
    """A Russian name and its Latin forms, with and without "ye", and the passport's "ii" and "ia"."""
    bgn = latin_ru(name)
    passport = re.sub("yy$", "y", bgn.replace("Ye", "E").replace("ye", "e"))
    return {name, name.replace("ё", "е"), bgn, passport}


_UK_ONLY = re.compile("[іїєґІЇЄҐ]|[а-я][’'][яюєї]")
_RU_ONLY = re.compile("[ыэъёЫЭЪЁ]")
_EAST_SLAVIC = re.compile("^[А-Яа-яЁёІіЇїЄєҐґ’' \\-.()]+$")
_RU_LIKE = re.compile(r"(?:ск|цк|ий|ый|ов|ев|во|ая|ое|ье|ка|ские?|ные?)\b|ь")


def pick_cyrillic(names: Iterable[str], known_uk: str = "") -> tuple[str, str]:
    """(Russian, Ukrainian) among the spellings of one place; "" where none can be told."""
    cyrillic = sorted(n for n in names if _EAST_SLAVIC.match(n) and n[0].isupper())
    uk = known_uk or next((n for n in cyrillic if _UK_ONLY.search(n) and not _RU_ONLY.search(n)), "")
    rest = [n for n in cyrillic if not _UK_ONLY.search(n)]
    likely = russian_of(uk) if uk else ""
    ru = max(
        rest,
        key=lambda n: (bool(_RU_ONLY.search(n)), len(_RU_LIKE.findall(n)), n == likely, n != uk, n),
        default="",
    )
    return ru, uk or (ru if ru and not _RU_ONLY.search(ru) else "")
