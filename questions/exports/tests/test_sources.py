"""What identifies a source (title, file, number, address) is neither invented nor dropped on a round trip."""

import json
from itertools import product

import pytest

from questions.exports.tests.test_round_trip import FORMATS, export, goes_round, load_text
from questions.models import Answer, Origin, Question, Source

pytestmark = pytest.mark.django_db

FILES, NUMBERS, URLS = ["", "zoo.txt"], [None, 3], ["", "https://zoo.example/3"]
NAMES = ("title", "file", "number", "url")

NOTHING = dict(zip(NAMES, ("", "", None, ""), strict=True))


def sources(titles):
    return [dict(zip(NAMES, values, strict=True)) for values in product(titles, FILES, NUMBERS, URLS)]


def distinct(values):
    return [value for at, value in enumerate(values) if value not in values[:at]]


def origin(question, source, number):
    row, _ = Source.objects.get_or_create(title=source["title"])
    rest = {name: source[name] for name in NAMES[1:]}
    return Origin.objects.create(source=row, question=question, key=f"{question.key} {number}", **rest)


@pytest.fixture
def stored():
    """Questions of every two sources, the second of which answers too, as does the source of another question."""
    before = None
    for number, pair in enumerate(product(sources(["Attic", "Zoo"]), repeat=2)):
        question = Question.objects.create(key=f"q{number}", title=f"Question {number}?")
        origins = [origin(question, source, place) for place, source in enumerate(pair)]
        for each in (origins[1], before or origins[0], None):
            Answer.objects.create(question=question, answer=f"{number}", origin=each)
        before = origins[0]


@pytest.mark.parametrize("format", FORMATS)
def test_sources_of_the_database_go_round(stored, format):
    goes_round(format)


@pytest.fixture
def documents():
    """A document in which every two sources are named: both as sources, and the second by an answer."""
    pairs = list(product(sources(["", "Zoo"]), repeat=2))
    questions = []
    for number, (one, other) in enumerate(pairs):
        common = {"id": f"named-{number}", "title": f"{number}?", "answer": "Twice.", "sources": [one, other]}
        questions.append(common)
        answers = [{"short": "", "answer": "Once.", "source": other}]
        questions.append(common | {"id": f"answered-{number}", "sources": [one], "answers": answers})
    return questions


@pytest.mark.parametrize("format", FORMATS)
def test_sources_of_a_document_go_round(documents, format):
    load_text(json.dumps({"questions": documents}), "birds.json")
    goes_round(format)


def titled(source):
    return source | {"title": source["title"] or source["file"] or "birds.json"}


def test_an_export_says_of_sources_what_the_document_said(documents):
    """One without a title is known by its file, else it is the document; one that says nothing is none."""
    load_text(json.dumps({"questions": documents}), "birds.json")
    exported = {each["id"]: each for each in json.loads(export("json"))["questions"]}
    for number, each in enumerate(documents, start=1):
        found = exported[each["id"]]
        named = [titled(source) for source in each["sources"] if source != NOTHING]
        answers = [answer["source"] for answer in each.get("answers", []) if answer["source"] != NOTHING]
        named = named or [NOTHING | {"title": "birds.json", "file": "birds.json", "number": number}]
        assert found["sources"] == distinct([*named, *map(titled, answers)])
        assert [answer["source"] for answer in found["answers"] if answer["source"]] == list(map(titled, answers))


@pytest.mark.parametrize("format", FORMATS)
def test_an_answer_of_a_further_source_stays_its_answer(format):
    """Also where it is the only one, and so the one that is shown."""
    answer = {"short": "", "answer": "Once.", "source": {"title": "Zoo", "url": "https://zoo.example/3"}}
    load_text(json.dumps({"questions": [{"id": "wren", "title": "Wren?", "answers": [answer]}]}), "birds.json")
    goes_round(format)
    stored = Answer.objects.get()
    assert (stored.origin.source.title, stored.origin.url, stored.accepted) == ("Zoo", "https://zoo.example/3", False)
