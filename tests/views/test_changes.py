from datetime import date

import pytest

from intake import NotTaken
from model import Telling
from store import query
from views import changes

TEXT = "Rockets hit Belgorod on Saturday. At least 22 people were killed and nearly 110 were injured, officials said."


def test_read_pasted_stores_nothing(fresh_store):
    reading = changes.read_pasted(TEXT, published=date(2024, 1, 1), outlet="sample")
    assert [placed.event.when.best for placed in reading.events] == [date(2023, 12, 30)]
    assert reading.events[0].event.telling is Telling.REPORTED
    assert query.report_count(fresh_store) == 0


@pytest.mark.parametrize(
    ("text", "fields", "reason"),
    [
        ("", {}, "no text"),
        ("x" * (changes.MAX_PASTED + 1), {}, "longer than"),
        (TEXT, {"url": "ftp://example.org"}, "not a web address"),
        (TEXT, {"language": "english please"}, "not a code"),
        (TEXT, {"published": date(1830, 1, 1)}, "before 1900"),
        (f"date 1830-01-01 {TEXT}", {}, "1830-01-01 at the head of the text is before 1900"),
    ],
)
def test_read_pasted_refuses_with_the_reason(text, fields, reason):
    with pytest.raises(NotTaken, match=reason):
        changes.read_pasted(text, **({"published": None} | fields))


@pytest.mark.usefixtures("fresh_store")
def test_saving_twice_adds_nothing_and_says_when_it_was_added():
    reading = changes.read_pasted(TEXT, published=None)
    assert changes.added_on(reading.report.id) is None
    assert [changes.save(reading).duplicate for _ in range(2)] == [False, True]
    assert isinstance(changes.added_on(reading.report.id), date)


class File:
    def __init__(self, name, text):
        self.name, self.raw = name, text.encode()

    def getvalue(self):
        return self.raw


def test_upload_accounts_for_every_row(fresh_store):
    rows = [f'{{"text": "{TEXT}", "published": "2024-01-01"}}', "not json", f'{{"text": "{TEXT}"}}', '{"text": ""}']
    told = []
    files = [
        File("a.jsonl", "\n".join(rows)),
        File("../../b.txt", "published: 2024-01-02\n\nShelling hit a village on Monday, killing one."),
        File("c.docx", "x"),
        File("d.jsonl", ""),
    ]
    took, outcomes = changes.take_files(files, told.append)
    assert [(o.file, o.row, o.became) for o in outcomes] == [
        ("a.jsonl", 1, "accepted"),
        ("a.jsonl", 2, "rejected"),
        ("a.jsonl", 3, "duplicate"),
        ("a.jsonl", 4, "rejected"),
        ("../../b.txt", 0, "accepted"),
        ("c.docx", 0, "rejected"),
        ("d.jsonl", 0, "rejected"),
    ]
    assert told == list(outcomes)
    assert took.accepted + took.duplicates + len(took.rejects) == len(outcomes)
    assert query.report_count(fresh_store) == 2
    assert all(o.detail and "/tmp" not in o.detail for o in outcomes)


@pytest.mark.usefixtures("fresh_store")
def test_a_failing_rule_costs_only_its_own_report(monkeypatch):
    read_one = changes.pipeline.read

    def fail_once(report, gazetteer, choices):
        if "bad" in report.text:
            raise ZeroDivisionError
        return read_one(report, gazetteer, choices)

    monkeypatch.setattr(changes.pipeline, "read", fail_once)
    took, _ = changes.take_files([File("a.txt", "bad text here"), File("b.txt", TEXT)], lambda _: None)
    assert (took.accepted, [reject.reason for reject in took.rejects]) == (1, ["could not be read: ZeroDivisionError"])


@pytest.mark.usefixtures("fresh_store")
def test_too_many_files_and_too_many_bytes_are_rejected_one_by_one(monkeypatch):
    monkeypatch.setattr(changes, "MAX_FILES", 2)
    monkeypatch.setattr(changes, "MAX_BYTES", 150)
    files = [File("a.txt", TEXT), File("b.txt", TEXT + "x" * 80), File("c.txt", "short")]
    took, outcomes = changes.take_files(files, lambda _: None)
    assert [outcome.detail for outcome in outcomes[1:]] == ["more than 150 bytes at once", "more than 2 files at once"]
    assert (took.accepted, len(took.rejects)) == (1, 2)
