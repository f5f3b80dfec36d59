"""The seal on the network holds, and lets through what stays on this machine."""

from __future__ import annotations

import socket
import urllib.request

import pytest


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(OSError, match="without a network"):
        outside.connect(("192.0.2.1", 80))
    with socket.socket() as outside, pytest.raises(OSError, match="without a network"):
        outside.connect_ex(("192.0.2.1", 80))
    with pytest.raises(OSError, match="without a network"):
        socket.getaddrinfo("example.org", 80)
    with pytest.raises(OSError, match="without a network"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_this_machine_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
