"""What a run is told rather than reads: odd paths, names and options, and what goes wrong on the way."""

import io
import json
import os
import resource
import sys
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import OperationalError

from questions.loading.tests.test_command import call
from questions.models import Load, Origin, Question, Source, Tag

pytestmark = pytest.mark.django_db

WREN = "## Where does a wren nest?\n\nIn moss.\n"


class Standard:
    """A standard input whose bytes never come."""

    def __init__(self, error):
        self.buffer, self.error = self, error

    def read(self, size):
        raise self.error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (KeyboardInterrupt(), "Interrupted: nothing was stored.\n"),
        (OSError(5, "Input/output error"), "-: cannot be read (Input/output error).\n"),
        (OperationalError("database\nis locked"), "Nothing was stored. The database says: database is locked\n"),
    ],
)
def test_what_breaks_off_a_run_is_said_in_a_line(monkeypatch, tmp_path, error, why):
    path = tmp_path / "a.md"
    path.write_text(WREN)
    monkeypatch.setattr(sys, "stdin", Standard(error))
    assert call("load_questions", str(path), "-") == (1, "", why)
    assert not Load.objects.exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--tag", " "], "--tag: the name of a tag is empty."),
        (["--tag", "x" * 101], "--tag: the text is longer than 100 characters."),
        (["--source", "x" * 301], "--source: the text is longer than 300 characters."),
        (["--source", "a\udce9b"], r"--source: the text holds \u0000 or half of a character, which no text may."),
        ([""], "A path is empty."),
    ],
)
def test_options_that_no_row_can_hold_are_refused(tmp_path, options, why):
    path = tmp_path / "a.md"
    path.write_text(WREN)
    assert call("load_questions", str(path), *options) == (1, "", f"{why}\n")
    assert not Question.objects.exists()


def test_tags_and_sources_of_the_run_are_tidied(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(WREN)
    assert call("load_questions", str(path), "--tag", "  two  words ", "--source", " My\nnotes ")[0] == 0
    assert (Tag.objects.get().name, Source.objects.get().title) == ("two words", "My notes")


def test_a_file_named_in_three_ways_is_loaded_once(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(WREN)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "again.md").symlink_to(path)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "b" / "broken.md").symlink_to(tmp_path / "b" / "broken.md")
    out = call("load_questions", str(path), str(tmp_path), str(tmp_path / "b" / ".." / "a.md"))[1]
    assert out.endswith("1 document: 1 new, 0 changed, 0 unchanged, 0 kept, 0 missing\n")


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    for folder, title in (("a", "Wren?"), ("b", "Owl?")):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "deep" / "q.md").write_text(f"## {title}\n\nYes.\n")
    (tmp_path / "own.md").write_text("## Crow?\n\nYes.\n")
    call("load_questions", str(tmp_path))
    assert sorted(Source.objects.values_list("title", flat=True)) == ["a/deep/q.md", "b/deep/q.md", "own.md"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (b"caf\xe9.md", "caf\ufffd.md"),
        (b"two\nlines \x1b[31m.md", "two lines \x1b[31m.md"),
        (b"y" * 150 + b"/q.md", "q.md"),
    ],
)
def test_odd_names_of_files(tmp_path, name, title):
    path = tmp_path / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(WREN)
    status, out, _ = call("load_questions", str(tmp_path))
    assert status == 0
    assert out.replace("\n", "").isprintable()
    assert Source.objects.get().title == title


def test_a_path_of_any_length_is_a_name(tmp_path):
    for folder in ("a", "b"):
        deep = tmp_path.joinpath(folder, *["x" * 200] * 3)
        deep.mkdir(parents=True)
        (deep / "q.md").write_text(WREN.replace("wren", f"{folder}-bird"))
    assert call("load_questions", str(tmp_path))[0] == 0
    files = Origin.objects.order_by("title").values_list("file", flat=True)
    assert [(len(file), file[8], file[-5:]) for file in files] == [(300, "…", "/q.md")] * 2
    assert len(set(files)) == 2


def test_a_terminal_of_few_letters_gets_what_it_can_show(tmp_path):
    path = tmp_path / "über.md"
    path.write_text(WREN)
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    call_command("load_questions", str(path), stdout=out)
    out.seek(0)
    assert out.read().startswith("?ber.md: 1 new")


def test_a_pipe_with_a_name_is_a_file(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = Thread(target=path.write_text, args=[WREN])
    writer.start()
    assert call("load_questions", str(path))[1].startswith("pipe: 1 new")
    writer.join()


def test_more_files_than_may_be_open_at_once(tmp_path):
    for number in range(80):
        (tmp_path / f"{number}.md").write_text(f"## Question {number}?\n\nYes {number}.\n")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/proc/self/fd").iterdir())) + 40, before[1]))
    try:
        status = call("load_questions", str(tmp_path))[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert (status, Question.objects.count()) == (0, 80)


@pytest.mark.parametrize("name", ["wordings", "key_points", "tags", "links", "sources", "answers"])
def test_too_many_of_a_kind_are_refused(tmp_path, name):
    one = {
        "links": lambda at: {"title": str(at), "url": "https://x.example/"},
        "sources": lambda at: {"title": "Notes", "number": at},
        "answers": lambda at: {"answer": str(at)},
    }.get(name, str)
    path = tmp_path / "many.json"
    for count, status in ((1_001, 1), (1_000, 0)):
        path.write_text(json.dumps({"questions": [{"title": "Wren?", name: [one(at) for at in range(count)]}]}))
        found, _, err = call("load_questions", str(path))
        assert (found, err.startswith(f"{path}:1: the question has more than 1,000 ")) == (status, bool(status))
    assert Origin.objects.exists()
