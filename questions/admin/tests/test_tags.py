import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.models import Catalogue, Question, Tag

LIST = "/admin/questions/tag/"


@pytest.fixture
def questions(db):
    rows = [Question.objects.create(key=f"q{number}", title=f"Question {number}?") for number in (1, 2, 3)]
    rows[0].tags.add("queue", "ordering")
    rows[1].tags.add("queue", "queues")
    rows[2].tags.add("queues")
    return rows


def tag(name):
    return Tag.objects.get(name=name)


def test_merging_moves_questions_once(as_, questions):
    version = Catalogue.current()
    client = as_("curator")
    address = f"{LIST}{tag('queue').pk}/merge/"
    assert "(2 questions)" in client.get(address).content.decode()
    assert client.post(address, {"into": ""}).status_code == 422
    response = client.post(address, {"into": tag("queues").pk}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["queue is queues now: 2 questions."]
    assert [sorted(row.tags.names()) for row in questions] == [["ordering", "queues"], ["queues"], ["queues"]]
    assert not Tag.objects.filter(name="queue").exists()
    assert Catalogue.current() == version + 1


def test_a_tag_is_not_merged_into_itself(as_, questions):
    response = as_("curator").post(f"{LIST}{tag('queue').pk}/merge/", {"into": tag("queue").pk})
    assert response.status_code == 422


def test_renaming(as_, questions):
    client, version = as_("curator"), Catalogue.current()
    address = f"{LIST}{tag('queue').pk}/change/"
    assert "merge them" in client.post(address, {"name": "Ordering", "slug": "queue"}).content.decode()
    assert client.post(address, {"name": "line", "slug": "line"}).status_code == 302
    assert sorted(questions[0].tags.names()) == ["line", "ordering"]
    assert Catalogue.current() == version + 1


def test_deleting(as_, questions):
    version = Catalogue.current()
    as_("curator").post(f"{LIST}{tag('queue').pk}/delete/", {"post": "yes"})
    assert list(questions[0].tags.names()) == ["ordering"]
    assert Catalogue.current() == version + 1


def test_counts_without_a_query_a_row_and_without_teams(as_, questions, team):
    client = as_("curator")
    with CaptureQueriesContext(connection) as three:
        page = client.get(LIST).content.decode()
    assert '<a href="/admin/questions/question/?tag=queue">2</a>' in page
    Question.objects.filter(pk=questions[0].pk).update(owner=team)
    for number in range(5):
        Tag.objects.create(name=f"tag {number}")
    with CaptureQueriesContext(connection) as eight:
        page = client.get(LIST).content.decode()
    assert '<a href="/admin/questions/question/?tag=queue">1</a>' in page
    assert len(eight) == len(three)
