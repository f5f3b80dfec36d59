"""One report: its text cleaned without moving a character, and its header words told apart from the story."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.calendar_words import CalendarWords, calendar_words, day_or_none, full_year
from extract.markup import blank_markup
from extract.wordlist import load_terms
from model import Report, Span

HEAD = 2_000  # characters in which a header is looked for
HEAD_LINES = 8
TAIL = 600  # characters in which a footer with a date is looked for
MAX_LINE = 160
MAX_SPARE_WORDS = 5  # words beside date, time and label that a date line may hold: outlet, town, time zone

_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane + end) for plane in range(0x10000, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the story or beside it: it tells when the report was published, not what happened when."""

    published: date | None
    body_start: int  # the first character of the story
    dateline: Span | None = None  # "KYIV, Jan 1 (Agency) -", also where a headline precedes it
    spans: tuple[Span, ...] = ()  # every stretch of header words, in order, apart from each other
    incident: Span | None = None  # "03/04/2021:": a coded incident begins with its own day, months first

    @property
    def month_first(self) -> bool:
        """True where the report writes month/day/year."""
        return self.incident is not None


def clean(raw: str) -> str:
    """The text with every control, noncharacter and lone surrogate replaced by U+FFFD.

    One character becomes one character: length and offsets never change. Tab, line feed and carriage return stay.
    """
    return _UNSAFE.sub("\ufffd", raw)


def report_id(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the text.

    White space is evened out first and composed characters are used, so that the same report pasted with other line
    ends or margins is recognised as the same.
    """
    even = " ".join(unicodedata.normalize("NFC", clean(text)).split())
    return hashlib.sha256(even.encode("utf-8")).hexdigest()[:16]


def make_report(
    raw: str,
    *,
    published: date | None = None,
    outlet: str = "",
    title: str = "",
    url: str = "",
    language: str = "en",
    note: str = "",
) -> Report:
    """A report ready to be read; without ``published`` the day in its own header, if there is one, is taken."""
    text = clean(raw)
    return Report(
        id=report_id(text),
        text=text,
        title=clean(title),
        outlet=clean(outlet),
        published=published or read_header(blank_markup(text)).published,
        url=clean(url),
        language=language,
        note=clean(note),
    )


@lru_cache(maxsize=8)
def read_header(text: str) -> Header:
    """Finds leading dates ("date 2024-01-01", "03/04/2021:"), lines with a date and little else, and the dateline."""
    grammar = _grammar()
    dates: list[tuple[int, date]] = []  # rank, day: the lowest rank is the publication day
    spans: list[Span] = []
    incident = _leading_incident(text, grammar, dates)
    spans.extend([incident] if incident is not None else [])
    start = incident.end if incident is not None else _leading_dates(text, grammar, dates, spans)
    lines = list(_lines(text, start))
    for line in lines:
        _read_date_line(text, line, grammar, dates, spans)
    dateline = _find_dateline(text, start, lines, grammar, dates)
    if dateline is not None:
        spans = [span for span in spans if span.end <= dateline.start or span.start >= dateline.end] + [dateline]
    spans.sort(key=lambda span: span.start)
    published = min(dates, key=lambda found: found[0])[1] if dates else None
    return Header(published, _body_start(text, spans), dateline, tuple(spans), incident)


@dataclass(frozen=True, slots=True)
class _Grammar:
    words: CalendarWords
    incident: re.Pattern[str]
    leading: re.Pattern[str]
    day: re.Pattern[str]
    short_year: re.Pattern[str]
    label: re.Pattern[str]
    spare: re.Pattern[str]
    datelines: tuple[re.Pattern[str], ...]
    not_places: frozenset[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    words = calendar_words()
    month, weekday = words.patterns["month"], words.patterns["weekday"]
    label = (
        r"(?:date(?:line)?|publi(?:shed|cation)(?:\s(?:date|on|at))?|posted(?:\son)?|created"
        r"|updated|last\s(?:updated|modified))"
    )
    day = (
        r"(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.+Z-]{4,25})?"
        rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{month})\.?,?\s(?P<y1>\d{{4}})"
        rf"|(?P<m2>{month})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}})"
        r"|(?P<d3>\d{1,2})(?P<s3>[./-])(?P<m3>\d{1,2})(?P=s3)(?P<y3>\d{4}))(?!\d)"
    )
    short_day = (
        rf"(?:{weekday},?\s)?(?:{month}\.?\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{month}\.?(?:,?\s(?:\d{{4}}|\d\d))?)"
    )
    upper = r"[A-ZÀ-ÞЀ-ЯҐ]"
    city = rf"{upper}{{2}}[A-ZÀ-ÞЀ-ЯҐ.'’-]{{0,30}}(?:[ /][A-ZÀ-ÞЀ-ЯҐ.'’-]{{2,30}}){{0,3}}"
    mixed = r"[A-Z][\w.'’-]{1,30}(?:[ /][A-Z][\w.'’-]{1,30}){0,3}"
    region = r"(?:\s?\([A-Za-z .]{2,40}\)|,\s[A-Z][A-Za-z.’' -]{2,30}?)?"
    agency = r"(?:\([^()\n]{2,70}\)|/[A-Z][A-Za-z -]{1,30}/)"
    dash = r"\s?(?:--|[—–_]|-(?=\s))\s?"
    return _Grammar(
        words=words,
        incident=re.compile(r"\s{0,9}(\d{1,2})/(\d{1,2})/(\d{4}):(?=\s)"),
        leading=re.compile(rf"\s*(?:(?P<label>{label})\s?[:=]?\s{{0,3}})?(?:{weekday},?\s)?{day}[ \t]*:?[ \t]*", re.I),
        day=re.compile(day, re.I),
        short_year=re.compile(rf"\b(\d{{1,2}})\s({month})\.?\s(\d\d)\b", re.I),
        label=re.compile(rf"\b{label}\b", re.I),
        spare=re.compile(
            rf"\b(?:{label}|{weekday}|on|at|by|\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?)", re.I
        ),
        datelines=tuple(
            re.compile(rf"[ \t]*{pattern}(?:\s{{0,2}}\[[A-Za-z ]{{3,40}}\]){{0,3}}\s{{0,2}}")
            for pattern in (
                rf"(?P<place>{city}){region},?\s{{0,2}}(?P<when>(?i:{short_day}))\.?\s{{0,2}}{agency}?(?:{dash}|[:.])",
                rf"(?P<place>{city}){region},?\s{{0,2}}{agency}(?:{dash}|[:.]|(?=\s[A-Z]))",
                rf"(?P<place>{city}){region}(?:{dash}|:(?=\s))",
                rf"(?P<place>{mixed}){region},?\s{{0,2}}(?P<when>(?i:{short_day}))\.?\s{{0,2}}{agency}?{dash}",
                rf"(?P<place>{mixed}){region},?\s{{0,2}}{agency}{dash}",
                rf"(?P<place>{mixed}){region},\s{{1,2}}(?P<when>(?i:{short_day}))\.(?=\s{{1,2}}[A-Z])",
                r"\([A-Z][^()\n]{2,40}\)(?:\s?(?:--|[—–-]))?\s(?=[A-Z“\"])",
            )
        ),
        not_places=frozenset(term.casefold() for term in load_terms("header_labels")),
    )


def _leading_incident(text: str, grammar: _Grammar, dates: list[tuple[int, date]]) -> Span | None:
    """A leading "03/04/2021:", which coded incident lists write months first; day 00 stands for a day not known."""
    match = grammar.incident.match(text)
    if match is None or int(match[1]) > 12:
        return None
    if (found := day_or_none(int(match[3]), int(match[1]), int(match[2]))) is not None:
        dates.append((0, found))
    return _stripped(text, match.start(), match.end())


def _leading_dates(text: str, grammar: _Grammar, dates: list[tuple[int, date]], spans: list[Span]) -> int:
    """Reads dates at the very start; returns where they end."""
    start = 0
    for _ in range(4):
        match = grammar.leading.match(text, start, start + HEAD)
        if match is None:
            break
        alone = match.end() == len(text) or text[match.end()] in "\n\r"
        found = _day(match, grammar.words)
        if found is None or not (match["label"] or match["y"] or alone):
            break
        dates.append((0, found))
        spans.append(_stripped(text, match.start(), match.end()))
        start = match.end()
    return start


def _lines(text: str, start: int) -> Iterator[Span]:
    """The first few lines that are not blank, and the last ones."""
    head = list(_line_spans(text, start, min(len(text), start + HEAD)))[:HEAD_LINES]
    yield from head
    done = head[-1].end if head else start
    yield from list(_line_spans(text, max(done, len(text) - TAIL), len(text)))[-3:]


def _line_spans(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield _stripped(text, start, stop)
        start = stop + 1


def _read_date_line(text: str, line: Span, grammar: _Grammar, dates: list[tuple[int, date]], spans: list[Span]) -> None:
    words = text[line.start : line.end]
    if len(words) > MAX_LINE or _YEAR.search(words) is None:
        return
    found = [(match, _day(match, grammar.words)) for match in grammar.day.finditer(words)]
    days = [(match, day) for match, day in found if day is not None]
    if not days:
        return
    spare = grammar.spare.sub(" ", grammar.day.sub(" ", words))
    if len(re.findall(r"[^\W\d_]+", spare)) > MAX_SPARE_WORDS or spare.rstrip().endswith((".", "!", "?")):
        return
    spans.append(line)
    for match, day in days:
        label = grammar.label.findall(words, 0, match.start())
        updated = bool(label) and label[-1].casefold().endswith(("updated", "modified"))
        dates.append((3 if not label else 2 if updated else 1, day))


def _find_dateline(
    text: str, start: int, lines: list[Span], grammar: _Grammar, dates: list[tuple[int, date]]
) -> Span | None:
    for line in lines[:5]:
        if line.start > start + HEAD:
            break
        for pattern in grammar.datelines:
            match = pattern.match(text, line.start, min(line.end, line.start + 240))
            if match is None or match.end() >= line.end:
                continue
            place = match.groupdict().get("place")
            if place is not None and place.rstrip(":").casefold() in grammar.not_places:
                continue
            if (day := _dateline_day(match[0], grammar)) is not None:
                dates.append((4, day))
            return _stripped(text, match.start(), match.end())
    return None


def _dateline_day(words: str, grammar: _Grammar) -> date | None:
    if full := grammar.day.search(words):
        return _day(full, grammar.words)
    if short := grammar.short_year.search(words):
        return day_or_none(full_year(short[3]), grammar.words.months[short[2].casefold()], int(short[1]))
    return None


def _day(match: re.Match[str], words: CalendarWords) -> date | None:
    """The day of a full date; day/month/year is read as such, and as month/day/year only where that alone is a date."""
    if match["y"]:
        return day_or_none(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["m1"]:
        return day_or_none(full_year(match["y1"]), words.months[match["m1"].casefold()], int(match["d1"]))
    if match["m2"]:
        return day_or_none(full_year(match["y2"]), words.months[match["m2"].casefold()], int(match["d2"]))
    first, second, year = int(match["d3"]), int(match["m3"]), int(match["y3"])
    return day_or_none(year, second, first) or day_or_none(year, first, second)


def _body_start(text: str, spans: list[Span]) -> int:
    """Where the story begins: after the header words that follow one another from the start of the text."""
    start = 0
    for span in spans:
        if text[start : span.start].strip():
            break
        start = span.end
    return len(text) - len(text[start:].lstrip())


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip())))
