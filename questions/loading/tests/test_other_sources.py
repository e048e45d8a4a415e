"""What an item says of sources: each is told apart by title, file, number and address."""

import io
import json

import pytest

from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, Origin, Source

pytestmark = pytest.mark.django_db

WREN = {"id": "wren", "title": "Where does a wren nest?", "answer": "In moss."}


def run(*questions, file="birds.json", **document):
    text = json.dumps({**document, "questions": questions})
    return load([(file, io.BytesIO(text.encode()))], options=LoadOptions()).documents[0]


def places():
    columns = ("source__title", "file", "number", "url")
    return list(Origin.objects.order_by("pk").values_list(*columns))


def test_an_answer_of_the_document_keeps_its_address():
    run(WREN | {"answers": [{"answer": "Low.", "source": {"url": "https://a.example/"}}]})
    assert places() == [
        ("birds.json", "birds.json", None, ""),
        ("birds.json", "", None, "https://a.example/"),
    ]
    assert Answer.objects.get(answer="Low.").origin.url == "https://a.example/"


def test_a_source_without_a_title_is_that_of_the_document():
    run(WREN | {"sources": [{"url": "https://a.example/", "number": 7}]}, source="Notes")
    assert places() == [("Notes", "birds.json", 7, "https://a.example/")]


def test_two_addresses_of_one_source_are_two_places():
    named = [{"title": "Talk", "number": 1, "url": f"https://{name}.example/"} for name in "ab"]
    run(WREN | {"sources": [{"title": "Notes"}, *named]})
    assert [place[3] for place in places()] == ["", "https://a.example/", "https://b.example/"]
    run(WREN | {"sources": [{"title": "Notes"}, *reversed(named)], "answer": "In ivy."})
    assert Origin.objects.count() == 3


def test_an_address_that_was_corrected_is_followed():
    run(WREN | {"sources": [{"title": "Notes"}, {"title": "Talk", "number": 1, "url": "http://a.example/"}]})
    talk = Origin.objects.get(source__title="Talk")
    run(WREN | {"sources": [{"title": "Notes"}, {"title": "Talk", "number": 1, "url": "https://a.example/"}]})
    assert places()[1:] == [("Talk", "", 1, "https://a.example/")]
    assert Origin.objects.get(source__title="Talk") == talk


def test_answers_of_the_items_own_source_are_not_doubled():
    notes = {"title": "Notes", "number": 3}
    item = WREN | {"sources": [notes], "answers": [{"answer": "Low.", "source": notes}]}
    run(item)
    run(item | {"answers": [{"answer": "Low.", "source": notes}, {"answer": "In ivy."}]})
    assert list(Answer.objects.order_by("pk").values_list("answer", flat=True)) == ["In moss.", "Low.", "In ivy."]


def test_items_of_a_skipped_document_are_counted_whatever_they_say_of_files():
    exported = {"title": "Zoo", "file": "zoo.md"}
    items = [
        WREN | {"sources": [exported, {"title": "Talk"}]},
        {"title": "When does an owl hunt?", "sources": [exported]},
        {"title": "What do crows count?", "sources": [{"title": "Curators"}]},
    ]
    run({"title": "What is a wing?"}, file="talk.json", source="Talk")
    run(*items)
    assert run(*items).unchanged == 3
    assert Source.objects.count() == 3
