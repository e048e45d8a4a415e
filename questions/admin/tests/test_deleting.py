"""Deleting questions: what a learner has progress on stays, and nobody is named."""

import re

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from questions.catalogue.tests.test_question_list import text
from questions.models import Act, Catalogue, Flag, Progress, Question
from questions.tests import factories

LIST = "/admin/questions/question/"
REASON = "Deleting it would take their progress, reviews and notes with it, so it stays."


@pytest.fixture
def studied(cast):
    """Starred and no more: progress all the same."""
    question = factories.question("Studied?")
    Progress.objects.create(user=cast["outsider"], question=question, starred=True)
    return question


def written(title):
    question = factories.question(title, points=["Names it"])
    question.origins.all().delete()
    return question


@pytest.fixture
def fresh(cast):
    """Written by hand, skipped and flagged, which is no progress."""
    question = written("Fresh?")
    Act.objects.create(user=cast["outsider"], question=question, kind="skip", at=timezone.now())
    Flag.objects.put(user=cast["outsider"], question=question, kind="typo", text="Teh.")
    return question


@pytest.fixture
def question_admin():
    return admin.site.get_model_admin(Question)


def selected(*questions, **more):
    return {"action": "delete_selected", "_selected_action": [each.pk for each in questions], **more}


def test_what_was_studied_is_not_deleted(as_, studied):
    client, address = as_("administrator"), f"{LIST}{studied.pk}/delete/"
    for response in (client.get(address), client.post(address, {"post": "yes"})):
        words = text(response)
        assert REASON in words and "Retire it instead: retired questions are asked no more" in words
        assert "Yes, I" not in words and "outsider" not in words
    assert Progress.objects.get().question == Question.objects.get() == studied


def test_it_is_retired_from_there(as_, studied):
    client, address = as_("administrator"), f"{LIST}{studied.pk}/delete/"
    assert ">Retire it</button>" in client.get(address).content.decode()
    client.post(LIST, {"action": "make_retired", "_selected_action": [studied.pk]})
    studied.refresh_from_db()
    assert (studied.status, Progress.objects.count()) == ("retired", 1)
    response = client.get(address)
    assert "It is retired already: retired questions are asked no more" in text(response)
    assert ">Retire it</button>" not in response.content.decode()


def test_one_that_was_studied_holds_up_all_that_are_selected(as_, studied, fresh):
    client = as_("administrator")
    for more in ({}, {"post": "yes"}):
        response = client.post(LIST, selected(studied, fresh, **more))
        words = text(response)
        assert "Learners have progress on 1 of the questions you selected." in words
        assert (
            "so nothing was deleted: Studied? What nobody has studied can be deleted by itself. Retire it instead"
            in words
        )
        assert "Fresh?" not in words and "Yes, I" not in words and "outsider" not in words
        assert f'href="{LIST}{studied.pk}/change/"' in response.content.decode()
    assert (Question.objects.count(), Progress.objects.count()) == (2, 1)


def test_of_many_twenty_are_named(as_, cast):
    many = factories.questions(22)
    Progress.objects.bulk_create([Progress(user=cast["member"], question=each) for each in many])
    response = as_("administrator").post(LIST, selected(*many))
    assert "Learners have progress on 22 of" in text(response)
    assert "Question 20 and others What nobody" in text(response)
    page = response.content.decode()
    assert page.count('name="_selected_action"') == 22 and ">Retire them</button>" in page


def test_what_nobody_studied_is_deleted(as_, fresh):
    client, address = as_("administrator"), f"{LIST}{fresh.pk}/delete/"
    words = text(client.get(address))
    assert "Are you sure you want to delete the question" in words and "outsider" not in words
    version = Catalogue.current()
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Question.objects.exists()
    assert Catalogue.current() > version


def test_many_that_nobody_studied_are_deleted(as_, studied, fresh):
    client, other = as_("administrator"), written("Other?")
    words = text(client.post(LIST, selected(fresh, other)))
    assert "Are you sure you want to delete the selected questions?" in words and "outsider" not in words
    version = Catalogue.current()
    response = client.post(LIST, selected(fresh, other, post="yes"), follow=True)
    assert "Successfully deleted 2 questions." in text(response)
    assert (Question.objects.get(), Catalogue.current() > version) == (studied, True)


def test_what_was_loaded_is_not_deleted_for_it_would_come_back(as_, fresh):
    client, loaded = as_("administrator"), factories.question("Loaded?")
    one = client.get(f"{LIST}{loaded.pk}/delete/")
    several = client.post(LIST, selected(fresh, loaded))
    assert "This question was loaded from a document. Once deleted, it could come back" in text(one)
    assert "Some of the questions you selected were loaded from documents." in text(several)
    for response, pks in ((one, [loaded.pk]), (several, [fresh.pk, loaded.pk])):
        page = response.content.decode()
        assert "Retire" in text(response) and "Yes, I" not in page
        assert sorted(map(int, re.findall(r'name="_selected_action" value="(\d+)"', page))) == pks
    assert client.post(f"{LIST}{loaded.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(LIST, selected(fresh, loaded, post="yes")).status_code == 403
    assert Question.objects.count() == 2


def test_curators_may_not_delete_at_all(as_, fresh):
    client = as_("curator")
    assert client.post(f"{LIST}{fresh.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, selected(fresh, post="yes"))
    assert "delete_selected" not in client.get(LIST).content.decode()
    assert Question.objects.get() == fresh


def test_a_review_that_comes_between_asking_and_deleting_is_kept(rf, cast, fresh, question_admin):
    factories.progress(cast["member"], fresh)
    with pytest.raises(PermissionDenied):
        question_admin.delete_model(rf.post("/"), fresh)
    assert (Question.objects.count(), Progress.objects.count()) == (1, 1)


def test_learners_rows_are_not_even_read(rf, question_admin, studied, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert question_admin.get_deleted_objects([studied], rf.get("/")) == ([], {}, set(), [studied])
