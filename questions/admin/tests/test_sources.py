"""Sources, loads and question sets."""

import pytest
from django.utils import timezone

from questions.models import Catalogue, Load, Origin, Question, QuestionSet, Source


@pytest.fixture
def source(db):
    return Source.objects.create(title="Queue notes")


def test_a_source_is_edited(as_, source):
    client, version = as_("curator"), Catalogue.current()
    Source.objects.create(title="Other notes")
    address = f"/admin/questions/source/{source.pk}/change/"
    assert (
        "Another source has this title." in client.post(address, {"title": "Other notes", "url": ""}).content.decode()
    )
    data = {"title": "Notes on queues", "url": "https://notes.example/q", "public": "on"}
    assert client.post(address, data).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.url, source.public, source.owner) == (data["title"], data["url"], True, None)
    assert Catalogue.current() == version + 1


def test_a_title_is_kept_as_a_document_would_have_it(as_, source):
    as_("curator").post(f"/admin/questions/source/{source.pk}/change/", {"title": "Queue \t  notes ", "url": ""})
    source.refresh_from_db()
    assert source.title == "Queue notes"


def act(client, name, source):
    return client.post("/admin/questions/source/", {"action": name, "_selected_action": [source.pk]})


def test_public_and_private(as_, source):
    act(as_("curator"), "make_public", source)
    assert Source.objects.get().public
    act(as_("curator"), "make_private", source)
    assert not Source.objects.get().public


def test_retiring_what_is_missing_spares_what_another_source_has(as_, source):
    gone, kept, there = [Question.objects.create(key=key, title=f"{key}?", status="published") for key in "abc"]
    now = timezone.now()
    for question, missing in ((gone, now), (kept, now), (there, None)):
        Origin.objects.create(
            source=source, question=question, key=question.key, missing_since=missing, item={"title": "x"}
        )
    other = Source.objects.create(title="Other notes")
    Origin.objects.create(source=other, question=kept, key="b", item={"title": "b?"})
    act(as_("curator"), "retire_missing", source)
    assert list(Question.objects.order_by("key").values_list("status", flat=True)) == [
        "retired",
        "published",
        "published",
    ]
    assert gone.history.count() == 2


def test_loads_are_only_read(as_, source):
    run = Load.objects.create(tally=[{"file": "q.md", "source": "Queue notes", "new": 3, "kept": 1}])
    client = as_("curator")
    assert "Queue notes: 3 new, 1 kept" in client.get("/admin/questions/load/").content.decode()
    assert "Queue notes: 3 new, 1 kept" in client.get(f"/admin/questions/load/{run.pk}/change/").content.decode()
    assert client.post(f"/admin/questions/load/{run.pk}/change/", {}).status_code == 403
    assert client.get("/admin/questions/load/add/").status_code == 403


@pytest.fixture
def questions(db):
    return [Question.objects.create(key=key, title=f"{key}?") for key in "abc"]


def set_data(*entries, **more):
    rows = {}
    for at, (pk, question, place) in enumerate(entries):
        rows |= {f"entries-{at}-id": pk, f"entries-{at}-question": question.pk, f"entries-{at}-position": place}
    forms = {"entries-TOTAL_FORMS": len(entries), "entries-INITIAL_FORMS": sum(bool(pk) for pk, *_ in entries)}
    return {"title": "First week", "key": "first-week", "description": "", "position": 0, **forms, **rows, **more}


def test_a_set_is_made_and_put_in_order(as_, questions):
    client, version = as_("curator"), Catalogue.current()
    a, b, c = questions
    assert (
        client.post("/admin/questions/questionset/add/", set_data(("", a, 3), ("", b, 1), ("", c, 2))).status_code
        == 302
    )
    made = QuestionSet.objects.get()
    assert [entry.question.key for entry in made.entries.all()] == ["b", "c", "a"]
    assert Catalogue.current() == version + 1
    page = client.post("/admin/questions/questionset/add/", set_data()).content.decode()
    assert "Another set has this id. Choose another." in page


def test_a_curator_puts_no_question_of_a_team_into_a_set(as_, questions, team):
    Question.objects.filter(key="a").update(owner=team)
    response = as_("curator").post("/admin/questions/questionset/add/", set_data(("", questions[0], 1)))
    assert response.status_code == 200
    assert not QuestionSet.objects.exists()


def test_questions_are_suggested_for_a_set(as_, questions, team):
    from questions.catalogue import search

    search.refresh([question.pk for question in questions])
    Question.objects.filter(key="a").update(owner=team)
    query = {"app_label": "questions", "model_name": "setentry", "field_name": "question", "term": ""}
    results = as_("curator").get("/admin/autocomplete/", query).json()["results"]
    assert [row["text"] for row in results] == ["b?", "c?"]
