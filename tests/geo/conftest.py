from __future__ import annotations

import pytest

from geo.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, unpacked once for all tests."""
    return open_gazetteer()
