import pytest

from questions import search
from questions.models import Answer, Question, SearchDoc

pytestmark = pytest.mark.django_db


def question(key, title, *, answer="", **fields):
    made = Question.objects.create(key=key, title=title, status="published", **fields)
    Answer.objects.create(question=made, answer=answer, accepted=True)
    search.refresh([made.pk])
    return made


def found(query):
    """Keys as filtered and as ranked: the same ones, whatever the order."""
    by_filter = set(search.filtered(Question.objects.all(), query).values_list("key", flat=True))
    assert {q.key for q in search.ranked(Question.objects.all(), query)} == by_filter
    return by_filter


@pytest.fixture
def birds():
    question("wren", "How does a wren nest?", answer="In **moss**, under _eaves_.")
    question("owl", "When do owls hunt?", wordings="At what time does an owl fly out?", body="`barn` owl")
    question("crane", "Why do cranes dance?", answer="Nesting pairs dance; café")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("wren", {"wren"}),
        ("WRENS", {"wren"}),
        ("nest", {"wren", "crane"}),
        ("nest danc", {"crane"}),
        ("fly out", {"owl"}),
        ("barn", {"owl"}),
        ("moss", {"wren"}),
        ("eav", {"wren"}),
        ("penguin", set()),
        ("", {"wren", "owl", "crane"}),
        ('"*" NEAR( -- ; \' ) & | !', set()),
        ("!!! ???", {"wren", "owl", "crane"}),
        ("x" * 5000, set()),
    ],
)
def test_query_finds_exactly(birds, query, keys):
    assert found(query) == keys


def test_title_ranks_above_answer(birds):
    question("moss", "What is moss?")
    assert [q.key for q in search.ranked(Question.objects.all(), "moss")] == ["moss", "wren"]


def test_refresh_follows_changes_and_equals_rebuild(birds):
    wren = Question.objects.get(key="wren")
    wren.title = "How does a kestrel hover?"
    wren.save()
    wren.answers.update(answer="Against the wind.")
    search.refresh([wren.pk])
    assert found("moss") == set()
    assert found("kestrel wind") == {"wren"}
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    assert list(SearchDoc.objects.order_by("pk").values_list()) == kept
    wren.delete()
    assert found("kestrel") == set()


def test_only_the_owners_accepted_answer_is_indexed(team):
    made = question("wren", "A question", answer="public words")
    Answer.objects.create(question=made, answer="secretword of the team", owner=team, accepted=True)
    Answer.objects.create(question=made, answer="otherword")
    search.refresh([made.pk])
    assert found("secretword") == set()
    assert found("otherword") == set()
    assert found("public") == {"wren"}
