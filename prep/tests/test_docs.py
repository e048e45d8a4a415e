"""What the README and docs/ say is so."""

import re
from io import BytesIO
from pathlib import Path

from django.core.management import get_commands

from questions.bank.examples import run_file
from questions.bank.mutation_run import mutate_file
from questions.bank.proofs import standings
from questions.readers import open_document
from questions.readers.markdown import writer

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def first_column(heading):
    """The words in code of the first column of the table below a heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [row.split("|")[1].strip(" `").split(" ")[0] for row in section.splitlines() if row.startswith("| `")]


def test_readme_names_every_variable():
    settings = (ROOT / "prep" / "settings.py").read_text()
    read = re.findall(r"\b(?:env\.\w+|flag|choice|number)\(\s*[\"']([A-Z_]+)[\"']", settings)
    assert sorted(first_column("Settings")) == sorted(set(read))


def test_readme_names_every_command():
    ours = {name for name, app in get_commands().items() if app in {"accounts", "questions"}}
    assert sorted(first_column("Commands")) == sorted(ours)


def test_links_of_the_documents_lead_somewhere():
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_sample_of_the_format_is_written_as_it_was_read():
    sample = re.search(r"````markdown\n(.*?)````\n", (ROOT / "docs" / "format.md").read_text(), re.DOTALL)[1]
    document = open_document(BytesIO(sample.encode()), "harbor.md")
    items = list(document.items)
    assert [(item.title, len(item.key_points), item.warnings) for item in items] == [
        ("Why does a lighthouse blink in its own rhythm?", 3, ())
    ]
    assert "".join(writer.write(items, title=document.title)) == sample


def test_the_sample_of_the_bank_proves_every_claim(tmp_path):
    sample = re.search(r"````markdown\n(.*?)````\n", (ROOT / "docs" / "bank.md").read_text(), re.DOTALL)[1]
    path = tmp_path / "rhythm.md"
    path.write_text(sample)
    run = run_file(path)
    assert run.problems == []
    proofs = [standing.proof for standing in standings(sample, run.quotes)]
    assert sorted(proofs) == ["excused", "quoted", "quoted", "quoted", "quoted", "quoted"]
    assert [outcome for outcome in mutate_file(path).outcomes if outcome.survives] == []
