"""Who may list and who may open which question: one table of all cases."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from prep.tests.cast import CAST
from questions.models import Question
from questions.tests import factories

# Who has the question in lists, and who else opens it by its address. "studied" ones have progress of everybody's.
SIGNED_IN = set(CAST) - {"visitor"}
LIBRARY = {"curator", "administrator"}
TEAM = {"member", "team_curator", "team_owner"}
CASES = {
    "published": (set(CAST), set()),
    "published, source not public": (SIGNED_IN, set()),
    "published, one source of two public": (set(CAST), set()),
    "published, no source": (SIGNED_IN, set()),
    "draft": (set(), LIBRARY),
    "draft, studied": (set(), LIBRARY),
    "retired": (set(), LIBRARY),
    "retired, studied": (set(), SIGNED_IN),
    "team, published": (TEAM, set()),
    "team, published, source public": (TEAM, set()),
    "team, draft": (set(), {"team_curator", "team_owner"}),
    "team, draft, studied": (set(), {"team_curator", "team_owner"}),
    "team, retired": (set(), {"team_curator", "team_owner"}),
    "team, retired, studied": (set(), TEAM),
}


@pytest.fixture
def questions(cast, team):
    """Case -> question, as the case's words say."""
    private = factories.source("Notes of our own", public=False)
    made = {}
    for case in CASES:
        words = case.split(", ")
        owner = team if "team" in words else None
        status = next(word for word in ("published", "draft", "retired") if word in words)
        one = made[case] = factories.question(case, owner=owner, status=status)
        if "source not public" in words:
            one.origins.update(source=private)
        if "one source of two public" in words:
            one.origins.create(source=private, key="again")
        if "no source" in words:
            one.origins.all().delete()
        if "source public" in words:
            one.origins.create(source=factories.source(), key="team")
        if "studied" in words:
            for user in cast.values():
                factories.progress(user, one, mastered_at=timezone.now())
    return made


@pytest.mark.parametrize("name", CAST)
def test_who_lists_and_who_opens(questions, cast, name):
    user = cast.get(name, AnonymousUser())
    listed = set(Question.objects.listed_for(user).values_list("title", flat=True))
    visible = set(Question.objects.visible_to(user).values_list("title", flat=True))
    assert listed == {case for case, (lists, _) in CASES.items() if name in lists}
    assert visible == {case for case, (lists, opens) in CASES.items() if name in lists | opens}


@pytest.mark.parametrize("name", CAST)
def test_pages_answers_and_marks_follow_the_table(questions, as_, name):
    client = as_(name)
    for case, (lists, opens) in CASES.items():
        path = f"/questions/{questions[case].pk}/"
        status = 200 if name in lists | opens else 404
        assert client.get(path).status_code == status, case
        assert client.get(f"{path}answer/").status_code == status, case
        marked = client.post(f"{path}mastered/", {"mastered": "1"})
        assert marked.status_code == (404 if status == 404 and name != "visitor" else 302), case


def test_a_missing_and_a_forbidden_question_cannot_be_told_apart(questions, as_, django_assert_num_queries):
    client = as_("member")
    forbidden = f"/questions/{questions['draft'].pk}/"
    missing = "/questions/987654321/"
    bodies = []
    for path in (forbidden, missing):
        with django_assert_num_queries(4):
            response = client.get(path)
        assert response.status_code == 404
        bodies.append(re.sub(rb'(?<=csrfmiddlewaretoken" value=")\w+', b"", response.content))
    assert bodies[0] == bodies[1]


def test_a_number_beyond_every_database_is_just_missing(as_):
    for path in ("", "answer/"):
        assert as_("member").get(f"/questions/{10**30}/{path}").status_code == 404
    assert as_("member").post(f"/questions/{10**30}/mastered/", {"mastered": 1}).status_code == 404
