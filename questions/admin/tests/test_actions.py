"""What is done to many questions at once."""

import pytest
from django.contrib.admin.models import LogEntry

from questions.models import Question, TaggedQuestion

LIST = "/admin/questions/question/"


@pytest.fixture
def questions(db):
    rows = [Question(key=f"q{number}", title=f"Question {number}?", status="draft") for number in range(1, 4)]
    return Question.objects.bulk_create(rows)


def act(client, name, rows, **more):
    data = {"action": name, "_selected_action": [row.pk for row in rows], **more}
    return client.post(LIST, data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("name, status, what", [
    ("make_published", "published", "published"),
    ("make_retired", "retired", "retired"),
])  # fmt: skip
def test_status(as_, cast, questions, name, status, what):
    response = act(as_("curator"), name, questions[:2])
    assert said(response) == [f"2 questions {what}."]
    assert list(Question.objects.order_by("pk").values_list("status", flat=True)) == [status, status, "draft"]
    versions = questions[0].history.order_by("history_date", "history_id")
    assert [(version.status, version.history_user) for version in versions] == [
        ("draft", None),
        (status, cast["curator"]),
    ]
    assert LogEntry.objects.filter(object_id=questions[0].pk).count() == 1


def test_nothing_to_change_is_said(as_, questions):
    response = act(as_("curator"), "make_draft", questions)
    assert said(response) == ["Nothing to change."]
    assert Question.history.count() == 0


def test_tags_are_asked_for_and_added(as_, questions):
    questions[0].tags.add("Ordering")
    client = as_("curator")
    asked = act(client, "tag", questions)
    assert asked.status_code == 200
    assert "Separate them by commas." in asked.content.decode()
    refused = act(client, "tag", questions, apply="Tag", tags="")
    assert refused.status_code == 422
    response = act(client, "tag", questions, apply="Tag", tags="ordering")
    assert said(response) == ["2 questions tagged."]
    assert TaggedQuestion.objects.filter(tag__name="Ordering").count() == 3


def test_tags_are_taken_away(as_, questions):
    for question in questions[:2]:
        question.tags.add("ordering", "queues")
    client = as_("curator")
    tag = questions[0].tags.get(name="ordering")
    assert 'value="ordering"' not in act(client, "untag", questions[2:]).content.decode()
    response = act(client, "untag", questions, apply="Untag", tags=[tag.pk])
    assert said(response) == ["2 questions untagged."]
    assert [question.tags.count() for question in questions] == [1, 1, 0]


def test_difficulty_is_set_and_emptied(as_, questions):
    client = as_("curator")
    assert said(act(client, "set_difficulty", questions, apply="Set", difficulty="3")) == ["3 questions changed."]
    assert set(Question.objects.values_list("difficulty", flat=True)) == {3}
    act(client, "set_difficulty", questions[:1], apply="Set", difficulty="")
    assert Question.objects.get(pk=questions[0].pk).difficulty is None


def test_a_selection_over_all_pages_stays_one(as_, questions):
    asked = act(as_("curator"), "tag", questions[:1], select_across="1", index="0")
    assert '<input type="hidden" name="select_across" value="1">' in asked.content.decode()
    response = act(as_("curator"), "tag", questions[:1], select_across="1", index="0", apply="Tag", tags="queues")
    assert said(response) == ["3 questions tagged."]


def test_the_questions_of_teams_are_out_of_reach(as_, team, questions):
    Question.objects.filter(pk=questions[0].pk).update(owner=team)
    assert said(act(as_("curator"), "make_published", questions)) == ["2 questions published."]
    assert Question.objects.get(pk=questions[0].pk).status == "draft"


def test_deleting_is_for_administrators(as_, questions):
    assert "delete_selected" not in as_("curator").get(LIST).content.decode()
    assert "delete_selected" in as_("administrator").get(LIST).content.decode()
    assert as_("curator").get(f"{LIST}{questions[0].pk}/delete/").status_code == 403
