"""Keys under which a place name is stored and looked up, and the base forms of Russian and Ukrainian case endings.

Two keys, both idempotent and equal across Unicode normal forms: ``exact_key`` keeps the script, ``latin_key`` folds
spelling variants and scripts into one Latin form (Hroza = Groza = Гроза). Build and query use the same functions: a
name that is folded on one side only cannot be found.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_DROPPED = dict.fromkeys(map(ord, "’'ʼ`´”“ʹʺ″′\"‘.«»"))
_SPACED = dict.fromkeys(map(ord, "-‐‑‒–—−/_,"), " ")
_EXACT = {**_DROPPED, **_SPACED, ord("ё"): "е"}
_KEPT_MARKS = "\u0306\u0308"  # breve and diaeresis tell й from и and ї from і


def exact_key(text: str) -> str:
    """The name in lower case without apostrophes, dots and accents, hyphens as spaces; й and ї stay.

    >>> exact_key("Куп’янськ-Вузловий"), exact_key("St. John's"), exact_key("Orël")
    ('купянськ вузловий', 'st johns', 'orel')
    """
    if text.isascii():
        return " ".join(text.lower().translate(_EXACT).split())
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept: list[str] = []
    for mark in folded:
        if not unicodedata.combining(mark) or (mark in _KEPT_MARKS and kept and "\u0400" <= kept[-1] <= "\u052f"):
            kept.append(mark)
    composed = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(composed.translate(_EXACT).casefold().split())


def plain_key(text: str) -> str:
    """What ``exact_key`` makes of most names; the gazetteer file says of which it does not."""
    return text.lower().replace("-", " ")


_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдезиіїйклмнопрстуўфцыэєё", "abvggdeziiiiklmnoprstuufcieee", strict=True)),
        **{"ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "iu", "я": "ia"},
        **{"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a"},
    }
)
_CARONS = {ord("š"): "sh", ord("č"): "tch", ord("ž"): "zh"}  # before accents are dropped
# Letter groups, the longest first, and the sound each stands for; capitals are sounds that later steps leave alone.
_GROUPS = (
    *((group, "S") for group in ("schtsch", "stsch", "szcz", "shch", "shtsh")),
    *(("tsch", "C"), ("sch", "S"), ("tch", "C"), ("ts", "T"), ("tz", "T"), ("sh", "S"), ("sz", "S"), ("cz", "C")),
    *(("ck", "k"), ("ch", "C"), ("zh", "Z"), ("rz", "Z"), ("kh", "h"), ("ph", "f"), ("ou", "u")),
)
_LETTERS = str.maketrans("xwqgjy", "hvkhii", " ")
_AFTER_I = (("ii", "i"), ("ii", "i"), ("ii", "i"), ("iu", "u"), ("ia", "a"), ("ie", "e"), ("io", "e"))
_LAST = str.maketrans("SCZ", "ščž")
_DOUBLE = re.compile(r"(.)\1+")


def latin_key(text: str) -> str:
    """One Latin form for the usual spelling variants and romanisations of a name, without spaces.

    >>> latin_key("Kup'ians'k") == latin_key("Kupyansk") == latin_key("Куп’янськ") == "kupansk"
    True
    """
    return fold_key(exact_key(text if text.isascii() else text.casefold().translate(_CARONS)))


def fold_key(key: str) -> str:
    """The Latin key of an exact key, or of many joined by line ends: then each line is folded by itself.

    Every step works on the whole text at once, so that half a million keys take a second.
    """
    if not key.isascii():
        key = unicodedata.normalize("NFKD", key.translate(_CYRILLIC))
        if not key.isascii():
            key = "".join(c for c in key if not unicodedata.combining(c))
    for group, sound in _GROUPS:
        key = key.replace(group, sound)
    key = key.translate(_LETTERS)
    for pair, vowel in _AFTER_I:
        key = key.replace(pair, vowel)
    return _DOUBLE.sub(r"\1", key.replace("T", "c")).translate(_LAST)


_BARE_BONES = str.maketrans("", "", "aeiou")
_MUTE = re.compile(r"(?m)(?<=[td])h|h$")


def bones(folded: str) -> str:
    """The consonants of a Latin key (or of many, joined by line ends), without a mute h: what press spellings share.

    >>> bones(latin_key("Hodeidah")) == bones(latin_key("Hudayda"))
    True
    """
    return _DOUBLE.sub(r"\1", _MUTE.sub("", folded.translate(_BARE_BONES)))


_ARTICLE = re.compile(r"^(?:a[ldnrstz]|ash|ath|adh|e[ldnrstz]|esh) (?=\S{3})")


def without_article(key: str) -> str:
    """An exact key without the Arabic article in front."""
    return _ARTICLE.sub("", key)


def bones_of_name(name: str) -> tuple[str, ...]:
    """The bones under which a name may be stored: without the Arabic article, with it, and as written."""
    key = exact_key(name)
    bare = bones(fold_key(without_article(key)))
    return tuple(dict.fromkeys((bare, f"l{bare}", bones(fold_key(key)))))


# Base ending and the case endings it takes; after the declension tables of Russian and Ukrainian place names.
_ENDINGS = (
    ("а", "ы и е у ой ою і ої ій"),
    ("я", "и е ю ей і ею ї єю"),
    ("о", "а у ом е і"),
    ("е", "я ю ем а ому ем ого ом им у і"),
    ("є", "ого ому"),
    ("ы", "ов ам ами ах"),
    ("и", "ов ам ами ах ей ям ях ями ів"),
    ("і", "ів ям ями ях ь їв"),
    ("ь", "и ю ью я ем е і ом"),
    ("й", "я ю ем е єм ї"),
    ("ый", "ого ому ым ом"),
    ("ий", "ого ему им ем ому ом ім его"),
    ("ій", "ого ому ім"),
    ("ая", "ой ую ою"),
    ("яя", "ей юю"),
    ("ое", "ого ому ым ом"),
    ("ые", "ых ым ыми"),
    ("ка", "ок ки ке ку кой ці кою"),
    ("ец", "ца цу цом це"),
    ("ець", "ця цю цем ці"),
    ("ів", "ова ову овом ові ового овому овим"),
    ("їв", "єва єву євом єві"),
    ("ська", "ської ській ську ською"),
    ("ская", "ской скую скою"),
    ("ське", "ського ському ським"),
    ("ские", "ских ским скими"),
    ("ські", "ських ським ськими"),
    ("га", "зі"),
    ("г", "зі"),
    ("к", "ці"),
    ("х", "сі"),
    ("ріг", "рога рогу рогом розі"),
    ("інь", "ені еню енем"),
    ("ой", "ого ому ом ым"),
    ("ха", "сі"),
    ("ия", "ии ию ией"),
    ("ія", "ії ію ією"),
    ("ье", "ья ью ьем"),
    ("ьє", "ья ью ьем ї"),
    ("жжя", "жжі жжю жжям"),
    ("ля", "лі лею"),
    ("ін", "іна іну іном іні"),
    ("ий", "их им ими"),
)
_BARE = ["а", "у", "ом", "е", "ем", "і", "ові", "ою", "ым", "им"]  # Харькове -> харьков
_BY_SUFFIX: dict[str, list[str]] = {}
for _base, _suffixes in _ENDINGS:
    for _suffix in _suffixes.split():
        _BY_SUFFIX.setdefault(_suffix, []).append(_base)
for _suffix in _BARE:
    _BY_SUFFIX.setdefault(_suffix, []).append("")
_LONGEST = max(map(len, _BY_SUFFIX))
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")


@lru_cache(maxsize=65536)
def word_forms(word: str) -> tuple[str, ...]:
    """The key of one Cyrillic word and every base form it may be a case of, itself first; a Latin word is left alone.

    The shortest stem is two letters: "Яре" is a case of "Яр".
    """
    forms = {word: None}
    if _CYRILLIC_LETTER.search(word):
        for length in range(min(_LONGEST, len(word) - 2), 0, -1):
            for base in _BY_SUFFIX.get(word[-length:], ()):
                forms[word[:-length] + base] = None
    return tuple(forms)


def base_forms(key: str, known: Callable[[str], bool], limit: int = 400) -> tuple[str, ...]:
    """Base forms of an inflected name that the gazetteer knows; at most ``limit`` combinations of words are tried."""
    options = [word_forms(word) for word in key.split()]
    forms = itertools.islice(itertools.product(*options), 1, limit)
    return tuple(form for form in (" ".join(words) for words in forms) if known(form))


def words(listed: str) -> frozenset[str]:
    """The words of a spaced list."""
    return frozenset(listed.split())


def read_rows(path: Path) -> tuple[tuple[str, ...], ...]:
    """The rows of one of our tab-separated lists, without comments and empty lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {exact_key(short): full for short, full in read_rows(DATA / "abbreviations.tsv")}


def expand_abbreviation(text: str) -> str | None:
    """The full name where the words are an abbreviation as newspapers write it: "Ky.", "N.M.", "U.K.", "UAE".

    A word that ends in no dot and is not all capitals is never one: "Ore" and "La" are other words.
    """
    if not (text.endswith(".") or text.isupper()):
        return None
    return _abbreviations().get(exact_key(text).replace(" ", ""))
