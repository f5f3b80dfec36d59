"""Things found in a text, kept in its order with where each begins, so that those of a stretch are found at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from model import Span


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


class InOrder(tuple[S, ...]):
    """Found things in the order of the text, and their first characters."""

    starts: list[int]

    def __new__(cls, found: Iterable[S]) -> InOrder[S]:
        """Found things that are in order already."""
        made = super().__new__(cls, found)
        made.starts = [one.span.start for one in made]
        return made


def between(found: InOrder[S], start: int, end: int) -> Sequence[S]:
    """Those that begin in a stretch of the text."""
    starts = found.starts
    if not starts or starts[-1] < start or starts[0] >= end:
        return ()
    low = bisect_left(starts, start)
    return found[low : bisect_left(starts, end, low)]


def within(found: InOrder[S], span: Span) -> Sequence[S]:
    """Those that begin inside a span."""
    starts = found.starts
    if not starts or starts[-1] < span.start or starts[0] >= span.end:
        return ()
    low = bisect_left(starts, span.start)
    return found[low : bisect_left(starts, span.end, low)]
