"""A page about a question begins with the question and what belongs to it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.forms import model_to_dict
from django.utils import timezone

from questions.catalogue import lookups
from questions.models import Catalogue, Question
from questions.tests import factories

NOW = timezone.now()


def test_a_question_comes_with_what_belongs_to_it(cast, django_assert_num_queries):
    one = factories.question(
        tags=["sql"], points=["Say who", "Say when"], applies_to="Python 3.13", verified_on=timezone.localdate()
    )
    one.tags.add("locks")
    one.tags.add("api")
    mine = factories.progress(cast["member"], one, note="Mine.", starred=True, stability=1.5, mastered_at=NOW, due=NOW)
    factories.progress(cast["outsider"], one, note="Theirs.")
    assert cast["member"].roles
    with django_assert_num_queries(2):
        opened = lookups.question_page(cast["member"], one.pk)
    stored = Question.objects.get(pk=one.pk)
    assert model_to_dict(opened.question) == model_to_dict(stored)
    mine.refresh_from_db()
    assert (opened.progress.pk, opened.progress.note, opened.progress.mastered_at) == (mine.pk, "Mine.", NOW)
    assert (opened.progress.starred, opened.progress.stability, opened.progress.due) == (True, 1.5, NOW)
    assert (opened.tags, opened.points) == (["sql", "locks", "api"], 2)
    assert opened.version == Catalogue.current()


def test_a_bare_question_belongs_to_nobody(cast):
    one = factories.question()
    for user in (cast["member"], AnonymousUser()):
        opened = lookups.question_page(user, one.pk)
        assert (opened.progress, opened.tags, opened.points) == (None, [], 0)


def test_what_may_not_be_opened_is_not_found(cast, team):
    draft, theirs = factories.question(status="draft"), factories.question(owner=team)
    for user, pk in (
        (cast["member"], draft.pk),
        (cast["outsider"], theirs.pk),
        (AnonymousUser(), theirs.pk),
        (cast["curator"], 2**63),
    ):
        with pytest.raises(Question.DoesNotExist):
            lookups.question_page(user, pk)
    assert lookups.question_page(cast["member"], theirs.pk).question == theirs
    assert lookups.question_page(cast["curator"], draft.pk).question == draft


def test_a_retired_question_opens_for_those_who_studied_it(cast):
    retired = factories.question(status="retired")
    factories.progress(cast["member"], retired)
    assert lookups.question_page(cast["member"], retired.pk).question == retired
    with pytest.raises(Question.DoesNotExist):
        lookups.question_page(cast["outsider"], retired.pk)


def test_a_question_for_its_answer_comes_with_what_that_needs(cast, django_assert_num_queries):
    one = factories.question()
    with django_assert_num_queries(1):
        found = lookups.visible_question(AnonymousUser(), one.pk)
        assert (found.title, found.status, found.documentation) == (one.title, "published", [])
        assert (found.mistakes, found.follow_ups) == ("", "")
        assert found.answer_changed_at == one.answer_changed_at
    with pytest.raises(Question.DoesNotExist):
        lookups.visible_question(AnonymousUser(), factories.question(status="draft").pk)
