"""The tiles under the map as its page needs them: where from, whose, and why they are not shown if they are not."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo import archive, backdrop, tiles
from geo.archive import ArchiveError
from geo.backdrop import ArchiveTiles, BackdropRefused, OnlineTiles
from views import offline
from views.literal_text import plain_text


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What lies under borders and events. Without a kind it is the offline map alone."""

    kind: str = ""  # "online", "raster" or "vector"
    url: str = ""  # template with {z}, {x} and {y}, as the map's frame asks for it
    index: str = ""  # of an archive: address of the list of its tiles
    zooms: tuple[int, int] = (0, 0)
    source: str = ""  # a host, or the name of a file
    credit: str = ""
    problem: str = ""  # why the tiles that are set are not shown

    @property
    def origin(self) -> str:
        """The one host that may be asked, as ``offline.refuse_outside_urls`` wants it; "" for none."""
        return backdrop.origin(self.url)

    def for_map(self) -> dict[str, Any] | None:
        """The part that the map's script reads; ``None`` where there is nothing to show."""
        if not self.kind:
            return None
        names = ("kind", "url", "index", "zooms", "source", "credit")
        return {name: getattr(self, name) for name in names}


OFFLINE = Backdrop()


def find(settings: Mapping[str, str] = os.environ) -> Backdrop:
    """The backdrop of the setting. An archive that is small is unpacked here; one that is not asks for the command.

    It never raises for what is set: whatever is wrong is told as ``problem``, and the offline map is shown.
    """
    try:
        wanted = backdrop.chosen(settings)
        if isinstance(wanted, OnlineTiles):
            return _online(wanted)
        return OFFLINE if wanted is None else _archive(wanted)
    except (BackdropRefused, ArchiveError) as error:
        return Backdrop(problem=plain_text(error, 600))


def mark(settings: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """What ``find`` depends on: the same mark, the same backdrop. Cheap, for every run of a page."""
    try:
        wanted = backdrop.chosen(settings)
        if isinstance(wanted, ArchiveTiles):
            folder = tiles.folder_of(wanted.path)
            return (str(wanted.path), wanted.credit, folder.name, "there" if tiles.is_whole(folder) else "")
        return () if wanted is None else (wanted.template, wanted.credit)
    except (BackdropRefused, ArchiveError) as error:
        return (str(error),)


def in_words(shown: Backdrop) -> str:
    """What the About page says of it, as plain text."""
    if shown.problem:
        return f"Map tiles are set and not shown; the map is the offline one. {shown.problem}"
    if shown.kind == "online":
        return (
            f"Map tiles come from {shown.source} ({backdrop.VARIABLE}). Your browser asks that host for each part of "
            f"the map that you look at, so it learns which areas are looked at, when, and from which address. Nothing "
            f"of reports, filters or events is sent. Credit: {shown.credit}."
        )
    if shown.kind:
        return f"Map tiles come from {shown.source} on this machine; no other host is asked. Credit: {shown.credit}."
    return f"The base map is drawn offline; {backdrop.VARIABLE} can lay online tiles or a PMTiles file under it."


def _online(wanted: OnlineTiles) -> Backdrop:
    return Backdrop("online", wanted.template, "", (0, archive.MOST_ZOOM), wanted.host, plain_text(wanted.credit, 200))


def _archive(wanted: ArchiveTiles) -> Backdrop:
    path = wanted.path
    if not tiles.is_whole(tiles.folder_of(path)):
        held = archive.read_archive(path)
        _check_credit(wanted, held.attribution)
        if not tiles.is_small(held):
            command = f"python cli.py tiles {shlex.quote(str(path))}"
            raise ArchiveError(f"{path} has {held.tiles:,} tiles and is unpacked first, once: {command}")
    made = tiles.unpacked(path)
    _check_credit(wanted, made.credit)
    suffix = "json" if made.kind == "vector" else made.kind
    base = f"{offline.tiles_base()}{made.folder.name}/"
    return Backdrop(
        "vector" if made.kind == "vector" else "raster",
        f"{base}{{z}}/{{x}}/{{y}}.{suffix}",
        base + tiles.INDEX,
        (made.first_zoom, made.last_zoom),
        plain_text(path.name, 80),
        plain_text(wanted.credit or made.credit, 200),
    )


def _check_credit(wanted: ArchiveTiles, attribution: str) -> None:
    if not (wanted.credit or attribution):
        raise BackdropRefused(
            f"{wanted.path} does not say whom to credit: set {backdrop.CREDIT} to the words its maker asks for"
        )
