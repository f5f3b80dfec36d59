"""What is only looked back on: an attack of an earlier week, told beside newer ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extract.drafts import Draft
from extract.frames import Frame
from extract.passages import Side
from extract.telling import TellingCue
from model import Span, Telling

_OLD = timedelta(days=7)  # before publication
_OLDER = timedelta(days=6)  # than the newest attack told before
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[•●▪◦‣·*–—-]|\(?\w{1,3}[.)])[ \t]")  # the head of an item in a list
_LINE = 400  # characters looked back for it


def looked_back_on(text: str, frame: Frame, drafts: Sequence[Draft], published: date | None) -> Frame:
    """The telling as background where its day lies a week and more before the news; an item of a list is news."""
    day = frame.day.when if frame.day is not None else None
    if day is None or frame.day is None or frame.telling.telling is not Telling.REPORTED:
        return frame
    if frame.clause.side is Side.ANSWERED:  # what news answers is part of it
        return frame
    news = [d.day.when.best for d in drafts if d.telling.telling is Telling.REPORTED and d.day and d.day.when]
    if not news or max(news) - day.best < _OLDER or _is_item(text, frame.sentence):
        return frame
    if published is not None and published - day.best < _OLD:
        return frame
    return replace(frame, telling=TellingCue(Telling.BACKGROUND, frame.day.span))


def _is_item(text: str, sentence: Span) -> bool:
    line = text[max(0, sentence.start - _LINE) : sentence.start].rpartition("\n")[2]
    return _ITEM.match(line + text[sentence.start : sentence.start + 4]) is not None
