from __future__ import annotations

import re
import sys

import pytest

from extract.lower_case import in_lower, lowered


def test_every_character_keeps_its_offset():
    signs = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(lowered(signs)) == len(signs)


@pytest.mark.parametrize("written", ["Struck", "STRUCK", "ſtruck", "struck"])
def test_reads_what_is_read_where_case_is_ignored(written):
    assert re.search("struck", written, re.IGNORECASE)
    assert in_lower("struck").search(lowered(written))


@pytest.mark.parametrize("sign", ["İ", "ı", "I", "K", "k"])
def test_letters_that_pass_for_others_do_so_in_lower_case(sign):
    assert lowered(sign) in ("i", "k")


@pytest.mark.parametrize("pattern", [r"\bUN\b", r"[A-Z]\w+", r"Київ"])
def test_a_pattern_that_could_never_match_is_refused(pattern):
    with pytest.raises(ValueError, match="a pattern for lower case holds"):
        in_lower(pattern)


@pytest.mark.parametrize("pattern", [r"\W\S\D\B", r"(?P<name>un)", r"[^\W\d_]+"])
def test_escapes_and_names_of_groups_are_no_capitals(pattern):
    assert in_lower(pattern).pattern == pattern
