"""Which tiles the map shows under its own lines: the one place where the setting is read and checked.

``STRIKELINE_TILES`` is the address of a tile server ("https://HOST/{z}/{x}/{y}.png") or the path of a PMTiles archive;
without it no tiles are shown and no other host is asked. ``STRIKELINE_TILES_CREDIT`` names whoever made them.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from geo.archive import plain_credit

VARIABLE = "STRIKELINE_TILES"
CREDIT = "STRIKELINE_TILES_CREDIT"
EXAMPLE = "https://HOST/{z}/{x}/{y}.png"
_MOST = 500  # characters of an address
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,8}|\[[0-9A-Fa-f:.]{2,45}\]")
_PLACEHOLDERS = ("{z}", "{x}", "{y}")


class BackdropRefused(ValueError):
    """The setting cannot be used; says which variable and why. It never repeats an address, which may hold a key."""


@dataclass(frozen=True, slots=True)
class OnlineTiles:
    """A tile server that the browser asks."""

    template: str  # with {z}, {x} and {y}
    host: str  # with the port, if one is named
    credit: str


@dataclass(frozen=True, slots=True)
class ArchiveTiles:
    """An archive on this machine."""

    path: Path
    credit: str  # "" to take that of the archive


def chosen(settings: Mapping[str, str] = os.environ) -> OnlineTiles | ArchiveTiles | None:
    """What the setting names; ``None`` without one.

    Raises:
        BackdropRefused: it names neither a tile server nor a file, or lacks the credit.
    """
    value, credit = settings.get(VARIABLE, "").strip(), plain_credit(settings.get(CREDIT, ""))
    if not value:
        return None
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://|//", value):
        return ArchiveTiles(Path(value).expanduser(), credit)
    host = _checked(value)
    if not credit:
        raise BackdropRefused(
            f"{CREDIT} is not set: tiles of {host} are shown only with the credit their makers ask for"
        )
    return OnlineTiles(value, host, credit)


def origin(address: str) -> str:
    """Scheme, host and port of an address as a browser compares them; "" for a relative one or none at all."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.scheme and parts.hostname and port else ""


def _checked(template: str) -> str:
    """The host of the template, with its port."""
    if len(template) > _MOST or not template.isascii() or re.search(r"[\s\\\"'<>`^|\x00-\x20\x7f]", template):
        raise _refused(f"is not an address of at most {_MOST} ASCII characters without spaces, quotes or brackets")
    try:
        parts = urlsplit(template)
        port = parts.port
    except ValueError:
        raise _refused("is not an address") from None
    _check_host(parts)
    if parts.fragment or "#" in template:
        raise _refused("must not have a part after #")
    _check_placeholders(template, parts)
    host = template.split("/")[2]
    return host.lower() if port else host.lower().rstrip(":")


def _check_host(parts: SplitResult) -> None:
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise _refused("must not hold a user name or password")
    name = re.sub(r":\d{1,5}$", "", parts.netloc)
    if not _HOST.fullmatch(name):
        raise _refused("does not name a host that can be asked (write a name of another script as xn--…)")
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise _refused("must begin with https://; http:// is for this machine alone")
    if parts.scheme not in ("http", "https"):
        raise _refused("must begin with https://")


def _check_placeholders(template: str, parts: SplitResult) -> None:
    behind = f"{parts.path}?{parts.query}"
    missing = [name for name in _PLACEHOLDERS if behind.count(name) != 1]
    if missing:
        raise _refused(f"must have {', '.join(missing)} exactly once, after the host")
    rest = template
    for name in _PLACEHOLDERS:
        rest = rest.replace(name, "")
    if "{" in rest or "}" in rest:
        raise _refused("may have no placeholder but {z}, {x} and {y}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(why: str) -> BackdropRefused:
    return BackdropRefused(f"{VARIABLE} {why}. It is the address of a tile server, {EXAMPLE}, or a .pmtiles file")
