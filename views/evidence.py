"""Where every value of an event comes from: the report with its spans marked, and a list of value, sentence and rule.

All HTML is made here, by ``safe_text`` for words of a report and from constants for everything else: no attribute ever
holds a report's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo import territory
from model import DayBasis, Event, Evidence, Place, PlacedEvent, Precision, Reading, Report, Resolution, Span
from views import wording
from views.literal_text import safe_text

SENTENCE_REACH = 320  # characters looked at on each side of a span for the ends of its sentence
_CHUNK = 400  # safe_text works on pieces of this size, so that no mark is lost to its limit
_ONE_OF = {"men": "man", "women": "woman", "children": "child", "civilians": "civilian"}
_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n")


@dataclass(frozen=True, slots=True)
class Field:
    """How the values of one field are called and drawn. Colours stand for groups; the label always says the field."""

    label: str
    colour: str  # a hue that reads on white and on black behind the text's own colour


_KIND, _DAY, _PLACE, _KILLED, _INJURED, _PARTY, _LINK = (
    "#8a8a8a",
    "#0072b2",
    "#009e73",
    "#d55e00",
    "#c98a00",
    "#b0599a",
    "#3f9fd8",
)  # Okabe and Ito's palette, two of them darkened
FIELDS: Mapping[str, Field] = {
    "kind": Field("kind", _KIND),
    "telling": Field("told as", _KIND),
    "weapon": Field("weapon", _KIND),
    "launched": Field("sent", _KIND),
    "intercepted": Field("shot down", _KIND),
    "when": Field("day", _DAY),
    "target": Field("place", _PLACE),
    "origin": Field("launch area", _PLACE),
    "actor": Field("by", _PARTY),
    "target_side": Field("side hit", _PARTY),
    "casualties.killed": Field("killed", _KILLED),
    "casualties.injured": Field("injured", _INJURED),
    "casualties.missing": Field("missing", _INJURED),
    "casualties.captured": Field("captured", _INJURED),
    "claims": Field("claim", _PARTY),
    "links": Field("response", _LINK),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the report that gives one field its value."""

    span: Span
    field: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One value of an event with what it rests on. ``quote`` and ``sentence`` are the report's own words."""

    field: str
    value: str
    quote: str
    sentence: str
    rule: str
    confidence: float | None
    inferred: bool = False


def field_of(name: str) -> Field:
    """The look of a field; one that is not known here shows under its own name."""
    return FIELDS.get(name) or FIELDS.get(name.split(".")[0]) or Field(name.replace("_", " ").replace(".", " "), _KIND)


def find_marks(reading: Reading, event: Event) -> tuple[Mark, ...]:
    """Every span that speaks for a value of this event, in the order of the text."""
    marks = [Mark(proof.span, proof.field) for proof in event.evidence if not _is_assumed_day(event, proof.field)]
    marks += [Mark(claim.span, "claims") for claim in event.claims]
    marks += [Mark(link.span, "links") for link in reading.links if link.event_id == event.id]
    return tuple(sorted(set(marks), key=lambda mark: (mark.span.start, mark.span.end, mark.field)))


def list_proofs(reading: Reading, placed: PlacedEvent) -> tuple[Proof, ...]:
    """Value, quoted words, sentence, rule and confidence of each field that has evidence, then claims and links."""
    event, report = placed.event, reading.report
    inferred = event.when is not None and event.when.basis in wording.INFERRED_BASES
    rows = [
        Proof(
            field=field_of(proof.field).label,
            value=toll_words(event, proof) or value_words(placed, proof.field) or report.quote(proof.span),
            quote="" if _is_assumed_day(event, proof.field) else report.quote(proof.span),
            sentence=sentence_around(report, proof.span),
            rule=proof.rule,
            confidence=proof.confidence,
            inferred=proof.field == "when" and inferred,
        )
        for proof in event.evidence
    ]
    shown = {proof.field for proof in event.evidence}
    if event.when is not None and "when" not in shown:
        rows.append(Proof("day", value_words(placed, "when"), "", "", str(event.when.basis), None, inferred))
    rows += [
        Proof(
            "claim", wording.claim_words(c), report.quote(c.span), sentence_around(report, c.span), str(c.stance), None
        )
        for c in event.claims
    ]
    return (*rows, *_link_proofs(reading, event))


def _is_assumed_day(event: Event, field: str) -> bool:
    """The day of publication, taken where the text has no day: what it stands on are no words about a day."""
    return field == "when" and event.when is not None and event.when.basis is DayBasis.PUBLICATION


def toll_words(event: Event, proof: Evidence) -> str:
    """The figure that these very words give, and how it stands to that of the event; "" for other fields."""
    toll = next((t for t in event.tolls if t.span == proof.span and f"casualties.{t.outcome}" == proof.field), None)
    if toll is None:
        return ""
    words = f"{wording.count_words(toll.count)} {toll.outcome}"
    if toll.group:
        words += f" ({_ONE_OF.get(toll.group, toll.group) if toll.count.high == 1 else toll.group})"
    if toll.speaker is not None:
        words += f", according to {toll.speaker.name}"
    if toll.part_of_total:
        return f"{words}, part of the total"
    chosen = getattr(event.casualties, toll.outcome.value)
    return words if toll.count == chosen else f"{words}; the event's figure: {wording.count_ends(chosen)}"


def _link_proofs(reading: Reading, event: Event) -> Iterator[Proof]:
    told = {placed.event.id: placed for placed in reading.events}
    for link in reading.links:
        if event.id in (link.event_id, link.answers_id):
            other = link.answers_id if event.id == link.event_id else link.event_id
            verb = "answers" if event.id == link.event_id else "answered by"
            who = f", according to {link.claimant.name}" if link.claimant else ""
            value = f"{verb}: {headline(told[other])}{who}" if other in told else verb
            sentence = sentence_around(reading.report, link.span)
            yield Proof("response", value, reading.report.quote(link.span), sentence, "response link", link.confidence)


def value_words(placed: PlacedEvent, name: str) -> str:
    """The value of one field in words."""
    event = placed.event
    match name:
        case "kind":
            return wording.kind_words(event.kind)
        case "weapon":
            return event.weapon
        case "telling":
            return wording.TELLING[event.telling]
        case "when":
            return wording.when_words(event.when)
        case "target":
            return place_words(placed.target, event.target.text if event.target else "")
        case "origin":
            return place_words(placed.origin, event.origin.text if event.origin else "")
        case "actor":
            return event.actor.name if event.actor else ""
        case "target_side":
            return event.target_side.name if event.target_side else ""
    outcome = name.removeprefix("casualties.")
    if outcome != name and outcome in ("killed", "injured", "missing", "captured"):
        return f"{wording.count_words(getattr(event.casualties, outcome))} {outcome}"
    return ""


def headline(placed: PlacedEvent) -> str:
    """One line that tells the event: "Missile strike, Belgorod, 30 December 2023"."""
    event = placed.event
    where = (
        placed.target.place.name if placed.target and placed.target.place else event.target.text if event.target else ""
    )
    when = wording.day(event.when.best) if event.when else "day not known"
    return ", ".join(part for part in (wording.kind_words(event.kind), where or "place not known", when) if part)


def place_words(resolution: Resolution | None, written: str = "") -> str:
    """The place with how exact it is: "Belgorod (town or facility)"."""
    if resolution is None or resolution.place is None:
        return f"“{written}”: place not found" if written else "the text names no place"
    return f"{resolution.place.name} ({wording.PRECISION[resolution.precision]})"


def choice_words(resolution: Resolution | None) -> str:
    """Who chose the place, when and why; "" where the rules did."""
    return "; ".join(resolution.reasons) if resolution is not None and resolution.choice is not None else ""


def place_notes(resolution: Resolution | None) -> tuple[str, ...]:
    """Why this place, how sure, and what else the name may mean; one line each."""
    if resolution is None:
        return ()
    if resolution.machine is not None:
        return (choice_words(resolution), "what the rules say:", *place_notes(resolution.machine))
    written = f"written “{resolution.toponym.text}”"
    if resolution.place is None:
        reasons = "; ".join(resolution.reasons) or "no gazetteer entry fits"
        lines = [f"{written}: not placed, {reasons}"]
    else:
        place = resolution.place
        where = f"{place.lat:.4f}, {place.lon:.4f}, within {place.precision_km:g} km"
        if resolution.precision > Precision.NEAR:
            where = f"a {wording.PRECISION[resolution.precision]}, drawn as an area and not as a dot"
        lines = [f"{written}: {place.name}, {_country(place)}; {where}"]
        reasons = "; ".join(resolution.reasons)
        lines.append(f"how sure: {wording.confidence_words(resolution.score)}" + (f": {reasons}" if reasons else ""))
    others = [c for c in resolution.candidates if resolution.place is None or c.place.id != resolution.place.id]
    lines += [
        f"also considered: {c.place.name} ({wording.LEVEL[c.place.level]}, {c.place.admin1 or _country(c.place)}), "
        f"score {c.score:.2f}: {'; '.join(c.reasons)}"
        for c in others[:3]
    ]
    return tuple(lines)


def day_note(report: Report, event: Event) -> str:
    """How the day was found, with the report's own words."""
    proofs = event.evidence_for("when")
    return wording.basis_words(event.when, report.quote(proofs[0].span) if proofs else "", report.published)


def sentence_around(report: Report, span: Span) -> str:
    """The sentence that holds a span, shortened at both ends where it runs long."""
    text = report.text
    low, high = max(0, span.start - SENTENCE_REACH), min(len(text), span.end + SENTENCE_REACH)
    before, after = text[low : span.start], text[span.end : high]
    start = max((before.rfind(end) + len(end) for end in _ENDS if end in before), default=0)
    stops = [after.find(end) + 1 for end in _ENDS if end in after]
    stop = min(stops, default=len(after))
    head = "" if start or low == 0 else "…"
    tail = "" if stops or high == len(text) else "…"
    words = before[start:] + text[span.start : span.end] + after[:stop]
    return head + " ".join(words.split()) + tail


def marked_text(report: Report, marks: Sequence[Mark]) -> str:
    """The report as HTML: every mark coloured, with its field named behind it. Words of the report stay literal."""
    ends = {mark.span.end for mark in marks}
    cuts = sorted({0, len(report.text), *(mark.span.start for mark in marks), *ends})
    parts = []
    for start, end in pairwise(cuts):
        parts.append(_piece(report.text[start:end], [m for m in marks if m.span.start <= start and m.span.end >= end]))
        parts.append(_labels([mark for mark in marks if mark.span.end == end]))
    return f'<div class="report" style="{_REPORT}">{"".join(parts)}</div>'


_WRAP = "overflow-wrap:anywhere"
_REPORT = "white-space:pre-wrap;line-height:1.75;" + _WRAP
_RULE = "opacity:.8"
_CAPTION = "text-align:left;font-weight:600;padding:.25rem 0"
_CELL = "text-align:left;vertical-align:top;padding:.35rem .5rem .35rem 0;border-bottom:1px solid #8884;" + _WRAP


def _piece(text: str, marks: Sequence[Mark]) -> str:
    words = _literal(text)
    if not marks:
        return words
    colour = field_of(min(marks, key=lambda mark: mark.span.end - mark.span.start).field).colour
    return (
        f'<mark style="color:inherit;background:{colour}40;border-bottom:2px solid {colour};border-radius:2px">'
        f"{words}</mark>"
    )


def _labels(ended: Iterable[Mark]) -> str:
    labels = dict.fromkeys(field_of(mark.field).label for mark in ended)
    return f'<small style="opacity:.8;white-space:nowrap"> [{_literal(" · ".join(labels))}]</small>' if labels else ""


def proofs_table(proofs: Iterable[Proof]) -> str:
    """The list as an HTML table that wraps on a narrow screen."""
    rows = "".join(_proof_row(proof) for proof in proofs)
    heads = (("Value, rule and how sure it is", 38), ("Words of the report", 62))
    cells = "".join(f'<th scope="col" style="{_CELL};width:{width}%">{name}</th>' for name, width in heads)
    return (
        '<table class="evidence" style="width:100%;table-layout:fixed;border-collapse:collapse;font-size:.875rem">'
        f'<caption style="{_CAPTION}">Each value and the words it rests on</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _proof_row(proof: Proof) -> str:
    value = f"<strong>{_literal(proof.field)}</strong><br>{_literal(proof.value)}"
    if proof.inferred:
        value += "<br><em>inferred, not stated</em>"
    rule = _literal(proof.rule)
    if proof.confidence is not None:
        rule += f", {_literal(wording.confidence_words(proof.confidence))}"
    value += f'<br><small style="{_RULE}">{rule}</small>'
    sentence = with_quote(proof.sentence, proof.quote) if proof.quote else "<em>no words in the text</em>"
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in (value, sentence)) + "</tr>"


def with_quote(sentence: str, quote: str) -> str:
    """A sentence as HTML with the quoted words in bold; every word literal."""
    before, found, after = sentence.partition(" ".join(quote.split()))
    return f"{_literal(before)}<strong>{_literal(found)}</strong>{_literal(after)}" if found else _literal(sentence)


def _literal(text: str) -> str:
    """Any length of text as HTML that says exactly the same."""
    return "".join(safe_text(text[at : at + _CHUNK]) for at in range(0, len(text), _CHUNK))


def _country(place: Place) -> str:
    return territory.country_of(place.country, place.admin1, territory.point_of_view())
