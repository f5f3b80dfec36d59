"""Say in plain words why a candidate scored as it did."""

from __future__ import annotations

from geo.features import Features
from geo.gazetteer import Found
from geo.retrieve import Cue, Options
from model import Level

_HOW = {
    "exact": "the name is written so in the gazetteer",
    "short": "short form of {name}",
    "case ending": "case form of {name}",
    "spelling": "another spelling of {name}",
    "similar": "much like {name} ({similarity:.0f} of 100)",
    "sound": "another spelling of {name}, by its consonants",
    "people": "word for the people or things of {name}",
}
_SAID = (
    ("owner", "belongs to the place named just before it"),
    ("inside_next", "lies in the place named right after it"),
    ("holds_previous", "holds the place named right before it"),
    ("cue_disagrees", "though the words beside the name call it something else"),
    ("city_of_unit", "though a town of this name is likelier without the word region"),
    ("country_named", "its country is named in the text"),
)


def say_why(found: Found, features: Features, options: Options, count: int) -> tuple[str, ...]:
    """Reasons, most telling first; never empty."""
    place = found.place
    said = [_HOW[found.how].format(name=place.name, similarity=found.similarity)]
    if options.loose:
        said.append(f"read without {options.loose!r}")
    if count == 1:
        said.append("nothing else bears this name")
    if features.get("cue_agrees", 0) >= 1 and options.cue is not Cue.NONE:
        said.append(f"the words beside the name say {options.cue.value}")
    said += [words for name, words in _SAID if features.get(name)]
    if features.get("near", 0) > 1 / 3 and place.level is not Level.COUNTRY:
        said.append(f"about {50 / features['near'] - 50:.0f} km from another place of the text")
    if features.get("admin1_share", 0) >= 0.3:
        said.append("other places of the text are in the same first-order unit")
    elif features.get("country_share", 0) >= 0.3:
        said.append("other places of the text are in the same country")
    if features.get("people_named", 0) >= 0.3:
        said.append("the text speaks of its country or people")
    if place.population:
        said.append(f"{place.population:,} people")
    if place.precision_km > 5 and place.level is Level.SETTLEMENT:
        said.append(f"its point is only known to about {place.precision_km:.0f} km")
    return tuple(said)
