"""Shared by every test: no network outside the browser tests, and an empty store of one's own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from store.database import VARIABLE, open_store

THIS_MACHINE = (None, "", "localhost", "127.0.0.1", "::1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running, and nobody else could start one."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def sealed_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails at once; what talks within this one is let through."""
    if request.node.get_closest_marker("browser"):
        return
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guard(address: Any) -> None:
        within = isinstance(address, str | bytes)  # a socket in the file system
        if not within and address[0] not in THIS_MACHINE:
            raise OSError(f"a test tried to reach {address}: tests run without a network")

    def sealed_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def sealed_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def sealed_lookup(host: Any, *rest: Any, **named: Any) -> Any:
        guard((host,))
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", sealed_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", sealed_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", sealed_lookup)


@pytest.fixture
def store_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's store is: nothing a test does reaches the user's own."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


@pytest.fixture
def fresh_store(store_path: Path) -> Iterator[Engine]:
    """An empty store that is closed afterwards."""
    engine = open_store(store_path)
    yield engine
    engine.dispose()
