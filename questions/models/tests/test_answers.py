"""Which answers somebody sees, and which of them is the one that they get."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from prep.tests.cast import CAST
from questions.models import Answer, Question
from questions.tests import factories

TEAM = {"member", "team_curator", "team_owner"}
# The text of an answer says who sees it.
SEEN_BY = {
    "Library": set(CAST),
    "Library, public source": set(CAST),
    "Library, private source": set(CAST) - {"visitor"},
    "Library, private source, accepted": set(CAST),
    "Team": TEAM,
    "Team, public source": TEAM,
    "Team, accepted": TEAM,
}


@pytest.fixture
def question(db):
    one = factories.question(answer="")
    one.origins.create(source=factories.source("Our own", public=False), key="private")
    return one


def add(question, text, team):
    words = text.split(", ")
    origin = next((word.partition(" ")[0] for word in words if "source" in word), "")
    return Answer.objects.create(
        question=question,
        owner=team if "Team" in words else None,
        origin=question.origins.get(source__public=origin == "public") if origin else None,
        answer=text,
        accepted="accepted" in words,
    )


@pytest.mark.parametrize("name", CAST)
def test_who_sees_which_answer(question, cast, team, name):
    for text in SEEN_BY:
        add(question, text, team)
    visible = Answer.objects.visible_to(cast.get(name, AnonymousUser()))
    expected = {text for text, people in SEEN_BY.items() if name in people}
    assert {answer.answer for answer in visible} == expected


# What a question has in the order of writing -> what a visitor, somebody of no team, and a member of the team get.
GOT = [
    ([], None, None, None),
    (["Library"], "Library", "Library", "Library"),
    (["Library", "Library, private source, accepted"], *["Library, private source, accepted"] * 3),
    (["Library, private source", "Library"], "Library", "Library, private source", "Library, private source"),
    (["Library, private source"], None, "Library, private source", "Library, private source"),
    (["Team, accepted", "Library"], "Library", "Library", "Team, accepted"),
    (["Team", "Library"], "Library", "Library", "Team"),
    (["Team, accepted"], None, None, "Team, accepted"),
    (["Team, accepted", "Library, private source, accepted"], *["Library, private source, accepted"] * 3),
]


@pytest.mark.parametrize(("texts", "visitor", "outsider", "member"), GOT)
def test_the_one_that_a_reader_gets(question, cast, team, texts, visitor, outsider, member):
    for text in texts:
        add(question, text, team)
    for name, expected in (("visitor", visitor), ("outsider", outsider), ("member", member)):
        got = Answer.objects.accepted_for(cast.get(name, AnonymousUser()))
        assert [answer.answer for answer in got] == ([expected] if expected else []), name


def test_many_questions_in_one_query(cast, team, django_assert_num_queries):
    made = factories.questions(3)
    for one in made[1:]:
        Answer.objects.create(question=one, owner=team, answer="Ours.", accepted=True)
    Answer.objects.filter(question=made[2], owner=None).update(accepted=False)
    user = cast["member"]
    assert user.roles
    with django_assert_num_queries(1):
        got = {answer.question_id: answer.answer for answer in Answer.objects.accepted_for(user)}
    assert got == {made[0].pk: "Shared state.", made[1].pk: "Shared state.", made[2].pk: "Ours."}


def test_what_the_owner_shows_is_the_same_for_a_query_and_a_row(team):
    """With any two of the owner's answers, accepted or not, empty or not, beside one of others."""
    answers = [(text, accepted) for text in ("", "Text.") for accepted in (False, True)]
    for (first, second), owner in product(product(answers, answers), (None, team)):
        if first[1] and second[1]:
            continue
        one = factories.question(answer="", owner=owner)
        Answer.objects.create(question=one, owner=None if owner else team, answer="Of others.", accepted=True)
        for text, accepted in (first, second):
            Answer.objects.create(question=one, owner=owner, answer=text, accepted=accepted)
    for one in Question.objects.prefetch_related("answers"):
        by_row = one.shown_answer
        by_query = Answer.objects.shown().filter(question=one).exclude(answer="").first()
        assert by_row == by_query, [(answer.answer, answer.accepted) for answer in one.own_answers]


def test_an_answer_without_text_gives_way(question):
    Answer.objects.create(question=question, accepted=True)
    written = Answer.objects.create(question=question, answer="By hand.")
    assert Answer.objects.shown().get() == Answer.objects.accepted_for(AnonymousUser()).get() == written
