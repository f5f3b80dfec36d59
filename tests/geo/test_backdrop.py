"""The setting of the map's tiles: what is taken, and what is refused with a sentence that names the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.backdrop import CREDIT, VARIABLE, ArchiveTiles, BackdropRefused, OnlineTiles, chosen, origin

SECRET = "s3cr3t"


def asked(value: str, credit: str = "Tile makers") -> OnlineTiles | ArchiveTiles | None:
    return chosen({VARIABLE: value, CREDIT: credit})


@pytest.mark.parametrize("value", ["", "   "])
def test_nothing_is_set(value: str) -> None:
    assert chosen({}) is asked(value) is None


@pytest.mark.parametrize(
    ("template", "host"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "tiles.example"),
        ("https://Tiles.Example:8443/a/{z}/{x}/{y}@2x.webp?key=a-b_c", "tiles.example:8443"),
        ("https://xn--bcher-kva.example/{z}/{y}/{x}", "xn--bcher-kva.example"),
        ("https://t.example/wmts?z={z}&x={x}&y={y}", "t.example"),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "127.0.0.1:9000"),
        ("http://localhost/{z}/{x}/{y}.png", "localhost"),
        ("http://[::1]:9000/{z}/{x}/{y}.png", "[::1]:9000"),
        ("https://192.0.2.7/{z}/{x}/{y}.png", "192.0.2.7"),
    ],
)
def test_a_tile_server_is_taken(template: str, host: str) -> None:
    assert asked(f" {template} ") == OnlineTiles(template, host, "Tile makers")


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("http://tiles.example/{z}/{x}/{y}.png", "must begin with https"),
        ("http://127.0.0.1.tiles.example/{z}/{x}/{y}.png", "must begin with https"),
        ("http://10.0.0.1/{z}/{x}/{y}.png", "must begin with https"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", "must begin with https"),
        ("javascript://tiles.example/{z}/{x}/{y}.png", "must begin with https"),
        ("//tiles.example/{z}/{x}/{y}.png", "must begin with https"),
        (f"https://user:{SECRET}@tiles.example/{{z}}/{{x}}/{{y}}.png", "user name or password"),
        ("https://tiles.example@evil.example/{z}/{x}/{y}.png", "user name or password"),
        ("https:///{z}/{x}/{y}.png", "does not name a host"),
        ("https://{x}.tiles.example/{z}/{x}/{y}.png", "does not name a host"),
        ("https://tiles..example/{z}/{x}/{y}.png", "does not name a host"),
        ("https://tiles.example:99999/{z}/{x}/{y}.png", "is not an address"),
        ("https://tiles.example:x/{z}/{x}/{y}.png", "is not an address"),
        ("https://tiles.example/{z}/{x}.png", "{y} exactly once"),
        ("https://tiles.example/{z}/{z}/{x}/{y}.png", "{z} exactly once"),
        ("https://tiles.example/tiles.png", "{z}, {x}, {y} exactly once"),
        ("https://tiles.example/{z}/{x}/{y}#{z}", "after #"),
        ("https://tiles.example/{z}/{x}/{y}{r}.png", "no placeholder but"),
        ("https://tiles.example/{z}/{x}/{y}/{s}.png", "no placeholder but"),
        ("https://tiles.example/{z}/{x}/{y}/}.png", "no placeholder but"),
        ("https://tiles.example/{z}/{x}/{y} .png", "without spaces"),
        ('https://tiles.example/{z}/{x}/{y}"onerror=', "without spaces"),
        ("https://tiles.example\\@evil.example/{z}/{x}/{y}", "without spaces"),
        ("https://tiles.exämple/{z}/{x}/{y}.png", "ASCII"),
        ("https://tiles.example/{z}/{x}/{y}?" + "k" * 500, "at most 500"),
    ],
)
def test_another_address_is_refused_without_repeating_it(template: str, why: str) -> None:
    with pytest.raises(BackdropRefused) as refused:
        asked(template)
    words = str(refused.value)
    assert words.startswith(f"{VARIABLE} ")
    assert why in words
    assert SECRET not in words


@pytest.mark.parametrize("credit", ["", "  ", "<b></b>", "\u200b"])
def test_a_tile_server_without_a_credit_is_refused(credit: str) -> None:
    with pytest.raises(BackdropRefused, match=rf"^{CREDIT} is not set: tiles of tiles\.example"):
        asked("https://tiles.example/{z}/{x}/{y}.png", credit)


@pytest.mark.parametrize("value", ["/data/region.pmtiles", "region.pmtiles", "C:\\maps\\region.pmtiles"])
def test_a_path_is_an_archive_whose_credit_may_be_its_own(value: str) -> None:
    assert asked(value, "") == ArchiveTiles(Path(value), "")
    assert asked(value, "<i>We</i>") == ArchiveTiles(Path(value), "We")


def test_the_home_folder_may_be_written_short() -> None:
    assert asked("~/region.pmtiles") == ArchiveTiles(Path.home() / "region.pmtiles", "Tile makers")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example:443"),
        ("https://TILES.example:443/a", "https://tiles.example:443"),
        ("http://127.0.0.1:9000/a", "http://127.0.0.1:9000"),
        ("https://tiles.example@evil.example/a", "https://evil.example:443"),
        ("//tiles.example/a", ""),
        ("../tiles/1/2/3.png", ""),
        ("https://tiles.example:x/a", ""),
        ("ftp://tiles.example/a", ""),
        ("", ""),
    ],
)
def test_origin_is_what_a_browser_compares(address: str, expected: str) -> None:
    assert origin(address) == expected
