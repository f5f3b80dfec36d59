"""Reads 20,000 random and mutated reports: nothing may be raised, and every span must quote its text.

Run: ``python -m bench.fuzz``; ``--count`` and ``--seed`` choose others. The texts are made from the gold set's reports:
cut, doubled, shuffled, joined, with figures, signs and letters of other scripts put in. A text that fails is printed
with its seed, from which ``--seed N --count 1`` makes it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from bench.gold_set import read_gold
from extract.document import make_report
from extract.events import extract_events
from geo.gazetteer import open_gazetteer
from model import Extraction, Report, Span, SpotNames

COUNT = 20_000
SLOW = 5.0  # seconds of processor time that one short text may take
FIRST_DAY = date(2014, 1, 1)
_SIGNS = "\"'“”’()[]{}<>.,;:!?-–—/\\|*#@&%$€\n\r\t\x00\u00a0\u200b\u202e\u0301\ufffd\ud800"
_SCRIPTS = "абвгжзіїєґ ابتثجح 的是在弹炸 αβγδ אבגד กขค 😀🔥 ﷽"
_PIECES = tuple(
    """killed|were wounded|of whom|at least|including|another 46|no casualties|the toll rose to 25|on Saturday
    |the day before|in the night of 4 to 5 June|30 February 2024|since March, when|31/12/99|in response to|launched from
    |Russia's|denied that|said it had shot down 12 drones|by another count|99999999999999999999|0|-1|1/0|½|٣|²|IV
    |1,2,3,4|12-11-10|2024-13-45|00:00
    |<b>12</b> people|</p><p>|&nbsp;|<br/>|<!-- no -->|<a href='x'>""".replace("\n    ", "").split("|")
)

Mutation = Callable[[random.Random, str, Sequence[str]], str]


def _cut(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.randrange(60))
    return text[:end] + text[start:end] * rng.randrange(1, 6) + text[end:]


def _insert_sign(rng: random.Random, text: str, _: Sequence[str]) -> str:
    return _put(rng, text, rng.choice(_SIGNS) * rng.randrange(1, 8))


def _insert_script(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start = rng.randrange(len(_SCRIPTS))
    return _put(rng, text, _SCRIPTS[start : start + rng.randrange(1, 9)])


def _insert_words(rng: random.Random, text: str, _: Sequence[str]) -> str:
    return _put(rng, text, f" {rng.choice(_PIECES)} ")


def _change_case(rng: random.Random, text: str, _: Sequence[str]) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _shuffle_words(rng: random.Random, text: str, _: Sequence[str]) -> str:
    words = text.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def _join_other(rng: random.Random, text: str, texts: Sequence[str]) -> str:
    other = rng.choice(texts)
    at = rng.randrange(len(other) + 1)
    return text[: rng.randrange(len(text) + 1)] + rng.choice(("", " ", "\n", ". ")) + other[at:]


def _drop_letter(rng: random.Random, text: str, _: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + 1 :]


def _drop_blanks(rng: random.Random, text: str, _: Sequence[str]) -> str:
    return text.replace(rng.choice((" ", ".", ",")), "", rng.randrange(1, 30))


MUTATIONS: Mapping[str, Mutation] = {
    "cut": _cut,
    "double": _double,
    "insert a sign": _insert_sign,
    "insert another script": _insert_script,
    "insert words": _insert_words,
    "change case": _change_case,
    "shuffle words": _shuffle_words,
    "join another report": _join_other,
    "drop a letter": _drop_letter,
    "drop blanks": _drop_blanks,
}


def _put(rng: random.Random, text: str, piece: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + piece + text[at:]


def mutate(rng: random.Random, text: str, texts: Sequence[str], name: str) -> str:
    """The text changed in one way; see ``MUTATIONS`` for the names."""
    return MUTATIONS[name](rng, text, texts)


def make_text(rng: random.Random, texts: Sequence[str]) -> str:
    """A report changed in one to eight ways, or, one time in ten, words and signs alone."""
    if rng.random() < 0.1:
        return "".join(rng.choice((*_PIECES, *_SIGNS, " ", " ", _SCRIPTS)) for _ in range(rng.randrange(80)))
    text = rng.choice(texts)
    for _ in range(rng.randrange(1, 9)):
        text = mutate(rng, text, texts, rng.choice(sorted(MUTATIONS)))
    return text


def faults(report: Report, spot: SpotNames) -> list[str]:
    """What is wrong with the reading of a report; what it raises is not caught."""
    found = extract_events(report, spot)
    text, wrong = report.text, []
    for name, span in _spans(found):
        if not 0 <= span.start < span.end <= len(text):
            wrong.append(f"{name}: {span} is not in the text")
        elif text[span.start : span.end] != text[span.start : span.end].strip() and name != "skipped":
            wrong.append(f"{name}: {text[span.start : span.end]!r} begins or ends in blanks")
    wrong += [f"toponym: {t.text!r} is not what stands there" for t in found.toponyms if report.quote(t.span) != t.text]
    wrong += [f"{event.id}: no evidence of its kind" for event in found.events if not _has(event.evidence, "kind")]
    wrong += [
        f"{event.id}: a day without evidence"
        for event in found.events
        if event.when and not _has(event.evidence, "when")
    ]
    ids = [event.id for event in found.events]
    wrong += ["two events have one id"] if len(ids) != len(set(ids)) else []
    wrong += ["no event, or more than one, is the main one"] if sum(e.main for e in found.events) != bool(ids) else []
    return wrong


def _has(evidence: Sequence[object], name: str) -> bool:
    return any(getattr(piece, "field", "") == name for piece in evidence)


def _spans(found: Extraction) -> Iterator[tuple[str, Span]]:
    yield from (("toponym", toponym.span) for toponym in found.toponyms)
    yield from (("day", day.span) for day in found.days)
    yield from (("skipped", span) for span in found.skipped)
    yield from (("link", link.span) for link in found.links)
    for event in found.events:
        yield from ((f"evidence of {piece.field}", piece.span) for piece in event.evidence)
        yield from (("toll", toll.span) for toll in event.tolls)
        yield from (("claim", claim.span) for claim in event.claims)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints each fault with its seed; exit code 1 where there is one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=0, help="of the first text; the next has the next")
    asked = parser.parse_args(arguments)
    texts, spot = tuple(row.text for row in read_gold()), open_gazetteer().spot
    bad, slowest, begun = 0, 0.0, time.process_time()
    for seed in range(asked.seed, asked.seed + asked.count):
        rng = random.Random(seed)
        text = make_text(rng, texts)
        published = rng.choice((None, FIRST_DAY + timedelta(days=rng.randrange(4_000))))
        start = time.process_time()
        try:
            wrong = faults(make_report(text, published=published), spot)
        except Exception as error:  # what it is that no text may raise
            wrong = [f"raised {type(error).__name__}: {error}"]
        taken = time.process_time() - start
        slowest = max(slowest, taken)
        wrong += [f"took {taken:.1f} s"] if taken > SLOW else []
        if wrong:
            bad += 1
            print(f"seed {seed}: {'; '.join(wrong[:5])}\n  {text!r}")
    seconds = time.process_time() - begun
    print(f"{asked.count:,} texts, {bad} with faults, {seconds:.0f} s in all, the slowest {slowest * 1000:.0f} ms")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
