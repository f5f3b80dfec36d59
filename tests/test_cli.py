"""The command line as a user meets it: what it prints, what it keeps, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pmtiles.tile import TileType
from sqlalchemy import text

import cli
import pipeline
from geo import backdrop
from geo.unpack import GazetteerError
from store import query
from store.database import StoreFull, open_store, writer
from tests import tile_archives

ROOT = Path(__file__).parents[1]
GOOD = "Rockets hit Belgorod on Saturday and killed at least 22 people, a governor said."


@pytest.fixture(autouse=True)
def own_store(store_path: Path) -> Path:
    """No test here may reach the user's store."""
    return store_path


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def rows(folder: Path, *given: object, name: str = "rows.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in given), encoding="utf-8")
    return path


def stored() -> int:
    engine = open_store()
    count = query.report_count(engine)
    engine.dispose()
    return count


# ingest


def test_ingest_counts_every_row_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text(f"published: 2024-01-01\n\n{GOOD}")
    (tmp_path / "same.txt").write_text(f"outlet: another\n\n{GOOD}\n")
    rows(tmp_path, {"text": "Other words."}, "{broken", {"text": ""}, {"text": "More.", "extra": 1})
    assert run("ingest", tmp_path) == 1
    said = capsys.readouterr()
    assert said.out == "3 accepted, 1 duplicate, 2 rejected of 6\n"
    assert f"{tmp_path}/rows.jsonl:2: not JSON" in said.err
    assert f"{tmp_path}/rows.jsonl:3: no text" in said.err
    assert "not used: extra" in said.err
    assert stored() == 3


def test_ingest_twice_adds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(tmp_path, {"text": GOOD, "published": "2024-01-01"}, {"text": "Other words."})
    assert run("ingest", path) == 0
    assert run("ingest", path) == 0
    assert capsys.readouterr().out.splitlines()[1] == "0 accepted, 2 duplicates, 0 rejected of 2"
    assert stored() == 2


def test_ingest_keeps_what_was_read_and_who_added_it(tmp_path: Path) -> None:
    assert run("ingest", rows(tmp_path, {"text": GOOD, "published": "2024-01-01", "title": "T"}), "--by", "ana") == 0
    engine = open_store()
    table = query.reports(engine)
    assert (table["title"][0], table["added_by"][0], table["language"][0]) == ("T", "ana", "en")
    reading = query.reading(engine, table["report_id"][0])
    assert (reading.version, reading.report.text) == (pipeline.VERSION, GOOD)
    engine.dispose()


def test_report_that_breaks_the_rules_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = pipeline.read

    def read(report, gazetteer, choices):
        if "bad" in report.text:
            raise ZeroDivisionError("somewhere deep")
        return whole(report, gazetteer, choices)

    monkeypatch.setattr(pipeline, "read", read)
    path = rows(tmp_path, {"text": "One."}, {"text": "A bad one."}, {"text": "Three."})
    assert run("ingest", path) == 1
    said = capsys.readouterr()
    assert said.out == "2 accepted, 0 duplicates, 1 rejected of 3\n"
    assert f"{path}:2: could not be read: ZeroDivisionError: somewhere deep" in said.err


def test_full_disk_stops_with_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("The store x: the disk is full.")

    path = rows(tmp_path, {"text": "One."}, {"text": "Two."})
    monkeypatch.setattr(cli, "add_report", full)
    assert run("ingest", path) == 1
    assert capsys.readouterr().err == (
        f"stopped at {path}:1; 0 reports were taken before\nstrikeline: The store x: the disk is full.\n"
    )


def test_missing_file_and_empty_folder_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", tmp_path / "gone.txt") == 1
    assert "gone.txt:0: no such file" in capsys.readouterr().err
    assert run("ingest", tmp_path) == 1
    assert "no .txt or .jsonl file" in capsys.readouterr().err


def test_file_in_another_language_is_kept_unread(tmp_path: Path) -> None:
    (tmp_path / "ru.txt").write_text("published: 2024-01-01\n\nРакеты попали в Белгород, погибли 22 человека.")
    assert run("ingest", tmp_path / "ru.txt") == 0
    engine = open_store()
    table = query.reports(engine)
    assert (table["language"][0], table["read"][0], table["events"][0]) == ("ru", False, 0)
    engine.dispose()


# extract


def test_extract_prints_a_row_for_each_good_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(
        tmp_path,
        {"id": "a", "text": GOOD, "published": "2024-01-01", "gold": {"killed": 22}},
        "not json",
        {"id": "b", "text": "Nothing happened."},
        {"id": "c"},
        {"id": 4, "text": "Ракеты попали в город.", "lang": "ru"},
    )
    assert run("extract", path) == 1
    said = capsys.readouterr()
    found = [json.loads(line) for line in said.out.splitlines()]
    assert [row["id"] for row in found] == ["a", "b", 4]
    assert all({"events", "mentions", "timexes"} <= row.keys() for row in found)
    assert f"{path}:2: not JSON" in said.err
    assert f"{path}:4: no text" in said.err


def test_extract_reads_the_strike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", rows(tmp_path, {"text": GOOD, "published": "2024-01-01"})) == 0
    strike = json.loads(capsys.readouterr().out)["events"][0]
    assert (strike["place"], strike["country"], strike["date"]) == ("Belgorod", "Russia", "2023-12-30")
    assert (strike["killed_low"], strike["killed_high"], strike["event_type"]) == (22, None, "rocket")


def test_extract_takes_one_text_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.txt"
    path.write_text(f" date 2024-01-01 {GOOD}")
    assert run("extract", path) == 0
    assert json.loads(capsys.readouterr().out)["events"][0]["date"] == "2023-12-30"
    assert run("extract", tmp_path / "gone.txt") == 1
    assert "gone.txt:0: no such file" in capsys.readouterr().err


def test_part_of_a_report_that_is_not_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(tmp_path, {"text": f"{GOOD} " + "It rained. " * 30_000})
    assert run("extract", path) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["events"][0]["killed_min"] == 22
    assert "passages not read, or only in pieces; the first begins at character" in printed.err
    assert run("ingest", path) == 0
    assert "rows.jsonl:1: " in capsys.readouterr().err
    assert stored() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_extract_prints_what_the_terminal_cannot_encode(tmp_path: Path, encoding: str) -> None:
    given = [{"id": name, "text": GOOD, "published": "2024-01-01"} for name in ("\ud800", "дім", "last")]
    command = [sys.executable, ROOT / "cli.py", "extract", rows(tmp_path, *given)]
    done = subprocess.run(command, env={"PYTHONIOENCODING": encoding}, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["\ud800", "дім", "last"]


def test_extract_does_not_touch_the_store(tmp_path: Path, own_store: Path) -> None:
    assert run("extract", rows(tmp_path, {"text": GOOD})) == 0
    assert not own_store.exists()


def test_row_without_an_id_gets_the_report_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", rows(tmp_path, {"text": GOOD})) == 0
    assert len(json.loads(capsys.readouterr().out)["id"]) == 16


def test_reader_that_stops_early_is_no_traceback(tmp_path: Path) -> None:
    path = rows(tmp_path, *({"text": f"{GOOD} {n}"} for n in range(300)))
    command = f'"{sys.executable}" cli.py extract "{path}" | head -n 1'
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(ended.stdout.splitlines()) == 1
    assert ended.stderr == ""


# sample and verify


def test_sample_is_loaded_once(capsys: pytest.CaptureFixture[str], own_store: Path) -> None:
    assert run("sample") == 0
    files = len(list((ROOT / "samples").glob("*.txt")))
    first = capsys.readouterr().out
    assert first == f"{files} accepted, 0 duplicates, 0 rejected of {files}\n{own_store}: {files} reports\n"
    assert run("sample") == 0
    assert capsys.readouterr().out.startswith("The store has reports already")
    assert stored() == files


def test_sample_leaves_the_user_s_reports_alone(tmp_path: Path) -> None:
    assert run("ingest", rows(tmp_path, {"text": "My own."})) == 0
    assert run("sample") == 0
    assert stored() == 1


def test_verify_finds_a_changed_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", rows(tmp_path, {"text": "One."}, {"text": "Two."})) == 0
    assert run("verify") == 0
    assert "2 reports, nothing wrong" in capsys.readouterr().out
    engine = open_store()
    with writer(engine) as connection:
        connection.execute(text("DROP TRIGGER report_refuses_UPDATE"))
        connection.execute(text("UPDATE report SET text = 'Three.' WHERE text = 'Two.'"))
    engine.dispose()
    assert run("verify") == 1
    assert "its text was changed" in capsys.readouterr().out


# the command itself


@pytest.mark.parametrize("arguments", [[], ["ingest"], ["extract"], ["nonsense"], ["sample", "x"]])
def test_wrong_use_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2
    assert "usage: cli.py" in capsys.readouterr().err


def test_help_explains_itself_from_any_folder(tmp_path: Path) -> None:
    asked = [sys.executable, str(ROOT / "cli.py"), "--help"]
    said = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    for word in ("ingest", "extract", "sample", "verify", "published: 2024-01-01", "STRIKELINE_STORE", "examples"):
        assert word in said


def test_store_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("no database at all " * 100)
    monkeypatch.setenv("STRIKELINE_STORE", str(bad))
    assert run("verify") == 1
    said = capsys.readouterr().err
    assert said.startswith("strikeline: The store")
    assert "Traceback" not in said


def test_missing_gazetteer_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise GazetteerError("gazetteer.sqlite.xz is not there")

    monkeypatch.setattr(cli, "open_gazetteer", missing)
    assert run("extract", rows(tmp_path, {"text": GOOD})) == 1
    assert capsys.readouterr().err == "strikeline: gazetteer.sqlite.xz is not there\n"


# foreign words on the terminal

ESCAPES = "\x1b]0;owned\x07\x1b[2J\r\u202eevil\u2028\nstrikeline: all is well"


def test_keys_of_a_row_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = rows(tmp_path, {"text": GOOD, ESCAPES: 1}, {"text": GOOD, "\udc9b31m": 1}, json.dumps({ESCAPES: 1})[:-2])
    run("ingest", file)
    said = capsys.readouterr()
    assert not [character for character in said.out + said.err if not character.isprintable() and character != "\n"]
    assert r"\x1b]0;owned\x07\x1b[2J\r\u202eevil\u2028\nstrikeline: all is well" in said.err
    assert "\nstrikeline: all is well" not in said.err


def test_names_of_files_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "\x1b[31mred.txt").write_bytes(b"\xff\xfe\xff")
    for command in ("ingest", "extract"):
        assert run(command, tmp_path / "\x1b[31mred.txt") == 1
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert r"\x1b[31mred.txt:0: not UTF-8" in said


def test_what_does_not_verify_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", rows(tmp_path, {"text": GOOD})) == 0
    engine = open_store()
    with writer(engine) as connection:
        connection.execute(text("DROP TRIGGER place_refuses_UPDATE"))
        connection.execute(text("UPDATE place SET name = :name"), {"name": "\x1b[31mBelgorod"})
    engine.dispose()
    assert run("verify") == 1
    assert r"place \x1b[31mBelgorod: was changed" in capsys.readouterr().out


def test_a_message_is_never_endless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("ingest", rows(tmp_path, {"text": GOOD, "k" * 1_000_000: 1}))
    assert len(capsys.readouterr().err) < 3_000


# map tiles


def test_tiles_unpacks_an_archive_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "cache"))
    path = tile_archives.raster_archive(tmp_path / "region\x1b[31m.pmtiles", (34, 49, 38, 51), [5, 6])
    assert run("tiles", path) == 0
    said = capsys.readouterr()
    assert r"region\x1b[31m.pmtiles: 2 png tiles, zoom 5 to 6, in " in said.out
    assert said.err == "Unpacking region\\x1b[31m.pmtiles, once: 2 tiles\n"
    monkeypatch.setenv(backdrop.VARIABLE, str(path))
    assert run("tiles") == 0
    assert capsys.readouterr().err == ""


def test_tiles_without_an_archive_has_nothing_to_do(monkeypatch, capsys):
    assert run("tiles") == 0
    assert "Nothing to unpack" in capsys.readouterr().out
    monkeypatch.setenv(backdrop.VARIABLE, "https://tiles.example/{z}/{x}/{y}.png")
    assert run("tiles") == 1
    assert f"strikeline: {backdrop.CREDIT} is not set" in capsys.readouterr().err


def test_tiles_says_what_is_wrong_with_an_archive(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STRIKELINE_CACHE", str(tmp_path / "cache"))
    assert run("tiles", tmp_path / "no.pmtiles") == 1
    assert "no.pmtiles: there is no such file" in capsys.readouterr().err
    path = tile_archives.write_archive(
        tmp_path / "a.pmtiles", {(2, 1, 1): tile_archives.image((1, 2, 3))}, TileType.PNG
    )
    assert run("tiles", path) == 0
    assert f"set {backdrop.CREDIT} too" in capsys.readouterr().err
