"""The commands as shells: what they print and how they refuse."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from questions.bank.check import BANK
from questions.models import Question, Source

pytestmark = pytest.mark.django_db

BIRDS = {"questions": [{"id": "wren", "title": "Where does a wren nest?", "answer": "In moss.", "tags": ["nests"]}]}


@pytest.fixture
def birds(tmp_path):
    path = tmp_path / "birds.json"
    path.write_text(json.dumps(BIRDS))
    return path


def call(*args, **options):
    """Exit status, standard output and standard error."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(*args, stdout=out, stderr=err, **options)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue()


def test_load_prints_a_line_a_document_and_the_sum(birds):
    status, out, err = call("load_questions", str(birds), "--publish")
    assert (status, err) == (0, "")
    assert out == (
        "birds.json: 1 new, 0 changed, 0 unchanged, 0 kept, 0 missing, 0 warnings\n"
        "1 document: 1 new, 0 changed, 0 unchanged, 0 kept, 0 missing\n"
    )
    assert Question.objects.get().status == "published"
    assert (
        call("load_questions", str(birds), "--publish")[1].splitlines()[0] == "birds.json: loaded before, 1 unchanged"
    )


def test_a_folder_is_searched_for_every_ending_of_the_registry(tmp_path):
    status, _, err = call("load_questions", str(tmp_path))
    endings = ".json, .markdown, .md, .text, .txt"
    assert (status, err) == (1, f"{tmp_path}: no file in this folder ends in one of {endings}.\n")


def test_dry_run_lists_what_would_happen(birds):
    out = call("load_questions", str(birds), "--dry-run")[1]
    assert "  + Where does a wren nest?\n" in out
    assert out.endswith("(dry run: nothing stored)\n")
    assert not Question.objects.exists()


def test_options_reach_the_rows(birds, team):
    call(
        "load_questions",
        str(birds),
        "--source",
        "Birds",
        "--tag",
        "garden",
        "--tag",
        "song",
        "--team",
        "wren",
        "--public",
    )
    question = Question.objects.get()
    assert (question.owner, question.status) == (team, "draft")
    assert sorted(tag.name for tag in question.tags.all()) == ["garden", "nests", "song"]
    source = Source.objects.get()
    assert (source.title, source.public, source.owner) == ("Birds", True, team)


def test_a_folder_is_every_readable_file_in_it(birds, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "owls.md").write_text("## When do owls hunt?\n\nAt dusk.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    status, out, _ = call("load_questions", str(tmp_path))
    assert status == 0
    assert [line.partition(":")[0] for line in out.splitlines()] == ["birds.json", "owls.md", "2 documents"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"## When do owls hunt?\n\nAt dusk.\n")))
    assert call("load_questions", "-")[0] == 0
    assert Source.objects.get().title == "standard input"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.md", b"", "is empty"),
        ("bad.md", b"## Caf\xe9?\n\nYes.\n", "UTF-8"),
        ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        ("prose.txt", b"Only prose stands here.\n\nAnd more of it.\n", "format"),
        ("broken.json", b'{"questions": [\n{"title": 3}]}', "title"),
    ],
)
def test_what_cannot_be_read_is_refused_by_file_line_and_reason(tmp_path, birds, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    status, out, err = call("load_questions", str(birds), str(path))
    assert (status, out) == (1, "")
    assert err.startswith(f"{path}:")
    assert why in err
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["nowhere.md"], "nowhere.md: there is no such file.\n"),
        (["--team", "nobody"], "--team: there is no team 'nobody'.\n"),
    ],
)
def test_bad_arguments_are_refused(args, why):
    status, _, err = call("load_questions", *args)
    assert (status, err) == (1, why)


def test_an_empty_folder_is_refused(tmp_path):
    status, _, err = call("load_questions", str(tmp_path))
    assert (status, err.startswith(f"{tmp_path}: no file in this folder")) == (1, True)


def test_export_to_a_file_and_back(birds, tmp_path):
    call("load_questions", str(birds))
    path = tmp_path / "export.json"
    assert call("export_questions", "--format", "json", "--output", str(path)) == (0, "", "")
    assert json.loads(path.read_text())["questions"][0]["sources"] == [
        {"title": "birds.json", "file": "birds.json", "number": None, "url": ""}
    ]
    assert call("export_questions", "--format", "json")[1] == path.read_text()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("tmp")] == []


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--tag", "none"], "--tag: there is no question with 'none'.\n"),
        (["--source", "none"], "--source: there is no question with 'none'.\n"),
        (["--set", "none"], "--set: there is no question with 'none'.\n"),
        (["--team", "none"], "--team: there is no team 'none'.\n"),
        (["--output", "/nowhere/x.md"], "/nowhere/x.md: cannot be written (No such file or directory).\n"),
    ],
)
def test_export_refuses_what_is_not_there(birds, args, why):
    call("load_questions", str(birds))
    status, _, err = call("export_questions", *args)
    assert (status, err) == (1, why)


def test_export_filters(birds, tmp_path):
    (tmp_path / "owls.md").write_text("## When do owls hunt?\n\nAt dusk.\n")
    call("load_questions", str(tmp_path))
    assert "wren" in call("export_questions", "--tag", "nests")[1]
    assert "owls" not in call("export_questions", "--tag", "nests")[1]
    assert "wren" not in call("export_questions", "--source", "owls.md")[1]


def test_the_bank_loads_published_and_public_and_again_changes_nothing():
    out = call("load_questions")[1]
    assert out.startswith(f"{Question.objects.count()} new") or " new, 0 changed" in out
    assert set(Question.objects.values_list("status", flat=True)) == {"published"}
    assert list(Source.objects.values_list("public", flat=True)) == [True]
    assert " 0 new, 0 changed" in call("load_questions")[1]


def test_the_bank_goes_round_through_both_formats(tmp_path):
    call("load_questions")
    for format in ("markdown", "json"):
        first = call("export_questions", "--format", format)[1]
        path = tmp_path / "export"
        path.write_text(first)
        Question.objects.all().delete()
        Source.objects.all().delete()
        call("load_questions", str(path), "--format", format)
        assert call("export_questions", "--format", format)[1] == first


def test_the_bank_is_loaded_in_the_order_of_its_list():
    listed = (BANK / "flask" / "order.txt").read_text().split()
    assert sorted(listed) == sorted(path.stem for path in (BANK / "flask").glob("*.md"))
    call("load_questions")
    assert list(Question.objects.order_by("pk").values_list("key", flat=True)) == listed
