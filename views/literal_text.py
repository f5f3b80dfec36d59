"""Source text on the map is literal text; import this before anything draws a map."""

from __future__ import annotations

import re
import unicodedata

import branca.element


class LiteralTemplate:
    """A template that returns its text unchanged."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def render(self, *_: object, **__: object) -> str:
        """The text, as it was given."""
        return self.text


# Article text is never evaluated as a template.
branca.element.Template = LiteralTemplate  # type: ignore[attr-defined, assignment]

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENTITIES: dict[int, str | None] = {ord(c): f"&#{ord(c)};" for c in "&<>\"'`$\\{}="}
_ENTITIES |= {0x0A: "<br>", 0x0D: None, 0x2028: " ", 0x2029: " "}


def plain_text(text: object, limit: int = 600) -> str:
    """Text without control, invisible and direction-changing characters, at most ``limit`` long.

    Each of those becomes U+FFFD, lone surrogates become ``?``. For places that show text as it is: a canvas,
    ``textContent``, an attribute set by script.
    """
    whole = str(text).encode("utf-8", "replace").decode("utf-8")
    clean = _INVISIBLE.sub("\ufffd", unicodedata.normalize("NFC", whole))
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def safe_text(text: object, limit: int = 600) -> str:
    """Text as HTML that says exactly the same, in a popup, tooltip or label."""
    return plain_text(text, limit).translate(_ENTITIES)
