from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import EventKind, Precision
from views import permalink

FIRST, DEC_30, LAST = date(2023, 12, 29), date(2023, 12, 30), date(2024, 2, 28)
WORDS = {
    "kind": {"Drone strike": EventKind.DRONE_STRIKE, "Shelling": EventKind.SHELLING},
    "weapon": {"drone": "drone", "not stated": ""},
    "actor": {"Russia": "RU", "Ukraine": "UA", "not stated": ""},
    "country": {"Russia": "RU", "Ukraine": "UA"},
    "unit": {"Kyiv": "UA.12", "Kyiv (UA.13)": "UA.13"},
    "claim": {"stated": "stated", "denied": "denied"},
    "review": {"rejected": "rejected"},
    "precision": {"province or better": Precision.PROVINCE},
}
EVENT = "0123456789abcdef-7"


def read(**parameters):
    given = {key: value if isinstance(value, list) else [value] for key, value in parameters.items()}
    return permalink.read(given, WORDS, (FIRST, LAST))


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("kind", ["Shelling", "Drone strike"], [EventKind.SHELLING, EventKind.DRONE_STRIKE]),
        ("kind", ["Shelling", "Shelling"], [EventKind.SHELLING]),
        ("actor", "not stated", [""]),
        ("unit", "Kyiv (UA.13)", ["UA.13"]),
        ("precision", "province or better", Precision.PROVINCE),
        ("killed", "22", 22),
        ("killed", "0", 0),
        ("q", "Bélgorod & co?", "Bélgorod & co?"),
        ("dates", ["2023-12-30", "2024-01-05"], (DEC_30, date(2024, 1, 5))),
        ("dates", ["2024-01-05", "2023-12-30"], (DEC_30, date(2024, 1, 5))),
        ("dates", ["1703894400000000", "1704412800000000"], (DEC_30, date(2024, 1, 5))),  # of an earlier version
        ("dates", ["2023-12-29", "2024-02-28"], None),  # all days
        ("q", "", ""),
        ("kind", "", []),
    ],
)
def test_what_is_valid_is_read_as_it_was_written(key, given, value):
    asked = read(**{key: given})
    assert asked.chosen == {**permalink.DEFAULTS, key: value}
    assert asked.ignored == ()


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("kind", ["Shelling", "<b>"], [EventKind.SHELLING]),  # of a list the valid values stay
        ("kind", ["shelling"], []),
        ("actor", ["Russia"] * 61, ["RU"]),
        ("precision", "../../etc/passwd", None),
        ("precision", ["province or better", "province or better"], None),
        ("killed", "-5", 0),
        ("killed", "1e99", 0),
        ("killed", "9999999", 0),
        ("killed", "٣", 0),
        ("injured", ["1", "2"], 0),
        ("q", "x" * 81, ""),
        ("q", "a\x1b[31m", ""),
        ("q", "evil\u202e", ""),
        ("dates", "2024-01-01", None),
        ("dates", ["2024-01-01"] * 3, None),
        ("dates", ["2024-13-45", "x"], None),
        ("dates", ["1066-01-01", "1067-01-01"], None),
        ("dates", ["1066-01-01", "9999-01-01"], None),
        ("dates", ["2024-02-01", "9999-01-01"], (date(2024, 2, 1), LAST)),
        ("dates", ["9" * 17, "9" * 17], None),
        ("dates", ["nan", "inf"], None),
    ],
)
def test_what_is_not_valid_is_ignored_and_named(key, given, value):
    asked = read(**{key: given})
    assert asked.chosen == {**permalink.DEFAULTS, key: value}
    assert asked.ignored == (key,)


def test_event_and_view():
    asked = read(event=EVENT, map="9/50.300/36.600")
    assert (asked.event, asked.view, asked.ignored) == (EVENT, (50.3, 36.6, 9), ())
    asked = read(event="<img src=x>", map="9/50.3/36.6/../x", nonsense="1")
    assert (asked.event, asked.view, asked.ignored) == (None, None, ("event", "map"))


VALUES = st.fixed_dictionaries(
    {key: st.lists(st.sampled_from(sorted(WORDS[key])), unique=True) for key in permalink.LISTS}
    | {
        "precision": st.sampled_from([None, Precision.PROVINCE]),
        "killed": st.integers(0, permalink.MOST),
        "injured": st.integers(0, permalink.MOST),
        "q": st.text(st.characters(codec="utf-8"), max_size=80).filter(str.isprintable),
        "dates": st.none()
        | st.tuples(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
        .map(lambda days: tuple(sorted(days)))
        .filter(lambda days: days != (FIRST, LAST)),
    }
)


@given(VALUES, st.sampled_from([None, EVENT]))
@settings(max_examples=80, derandomize=True, deadline=None)
def test_what_is_written_is_read_back(values, event):
    chosen = {
        key: [WORDS[key][word] for word in value] if key in permalink.LISTS else value for key, value in values.items()
    }
    parameters = {}
    for key, value in permalink.write(chosen, event, WORDS):
        parameters.setdefault(key, []).append(value)
    asked = permalink.read(parameters, WORDS, (FIRST, LAST))
    in_order = {key: [v for v in WORDS[key].values() if v in chosen[key]] for key in permalink.LISTS}
    assert asked.chosen == {**chosen, **in_order}
    assert (asked.event, asked.ignored) == (event, ())


def test_no_filter_is_an_empty_address():
    assert permalink.write(permalink.DEFAULTS, None, WORDS) == []


@given(st.dictionaries(st.sampled_from(permalink.KEYS), st.lists(st.text(max_size=30), max_size=4)))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_no_address_can_do_more_than_be_ignored(parameters):
    asked = permalink.read(parameters, WORDS, (FIRST, LAST))
    assert set(asked.chosen) == set(permalink.DEFAULTS)
    assert set(asked.ignored) <= set(parameters)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("9/50.300/36.600", (50.3, 36.6, 9)),
        ("4/-33.5/-70", (-33.5, -70.0, 4)),
        ("9/50.3/36.6/1", None),
        ("9/91/36", None),
        ("9/50/181", None),
        ("99/50/36", None),
        ("9/nan/36", None),
        ("9/5e1/36", None),
        ("９/50/36", None),  # digits of another script
        ("", None),
        ("9/50.3/36.6\n", None),
    ],
)
def test_parse_view(text, view):
    assert permalink.parse_view(text) == view


@given(st.text(max_size=40))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_parse_view_never_fails(text):
    view = permalink.parse_view(text)
    assert view is None or (abs(view[0]) <= 85 and abs(view[1]) <= 180)


def test_a_view_is_written_as_it_is_read():
    assert permalink.parse_view(permalink.write_view((50.3, -36.61, 9))) == (50.3, -36.61, 9)
