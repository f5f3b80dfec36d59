"""HTML in a pasted report: blanked for reading, character for character, so that spans still quote the stored text."""

from __future__ import annotations

import re
from functools import lru_cache

from model import Span

# A tag is one only where a letter follows its bracket: "fewer than <5 people" holds none.
_MARKUP = re.compile(
    r"(?P<comment><!--)"
    r"|</?(?P<tag>[a-z][a-z0-9:-]{0,20})(?:[\s/][^<>]{0,400})?>"
    r"|&(?P<entity>nbsp|amp|quot|ldquo|rdquo|mdash|ndash|hellip|\#160|\#8211|\#8212|\#8220|\#8221|\#8230);",
    re.IGNORECASE,
)
_UNREAD = {name: re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE) for name in ("script", "style")}
_COMMENT_END = re.compile("-->")
# A tag of these ends the line, so that a headline or a list item does not run on into what follows.
_LINES = frozenset(
    [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "article",
        "section",
        "header",
        "footer",
        "blockquote",
        "hr",
        "figcaption",
        "title",
        "head",
        "body",
    ]
)
_SIGNS = {
    "amp": "&",
    "quot": '"',
    "ldquo": "“",
    "rdquo": "”",
    "mdash": "—",
    "ndash": "–",
    "hellip": "…",
    "#8211": "–",
    "#8212": "—",
    "#8220": "“",
    "#8221": "”",
    "#8230": "…",
}


@lru_cache(maxsize=4)
def blank_markup(text: str) -> str:
    """The text with tags as blanks and entities as their sign and blanks; its length and every offset stay.

    Scripts, styles and comments are blanked with what they hold. The same object where there is no markup. Apostrophes
    written as entities stay as they are: their letters stand on both sides of what would become blanks.
    """
    if "<" not in text and "&" not in text:
        return text
    pieces: list[str] = []
    at = 0
    open_ended: set[re.Pattern[str]] = set()  # what begins and never ends is looked for once
    for found in _MARKUP.finditer(text):
        if found.start() < at:
            continue
        pieces.append(text[at : found.start()])
        at = _end_of(text, found, open_ended)
        pieces.append(_first(found) + " " * (at - found.start() - 1))
    pieces.append(text[at:])
    return "".join(pieces)


def read_words(blanked: str, quote: str, span: Span) -> str:
    """The words of a span as one reads them: the quote itself, or without the markup that it holds."""
    words = blanked[span.start : span.end]
    return quote if words == quote else " ".join(words.split())


def _end_of(text: str, found: re.Match[str], open_ended: set[re.Pattern[str]]) -> int:
    """Where the blank ends: after the tag, or after the whole of a script, a style or a comment."""
    name = (found["tag"] or "").lower()
    closer = _COMMENT_END if found["comment"] else _UNREAD.get(name)
    if closer is None or closer in open_ended or found[0].startswith("</"):
        return found.end()
    close = closer.search(text, found.end())
    if close is None:
        open_ended.add(closer)
        return found.end()
    return close.end()


def _first(found: re.Match[str]) -> str:
    """The sign that stands where the markup began."""
    if found["entity"] is not None:
        return _SIGNS.get(found["entity"].lower(), " ")
    return "\n" if (found["tag"] or "").lower() in _LINES else " "
