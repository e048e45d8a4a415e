"""Versions of a question and of its answers, and the way back."""

import pytest

from questions.catalogue import search
from questions.curation.editing import accept, editing
from questions.models import Answer, Question, SearchDoc
from questions.models.history import keep_first_version, overwrite


@pytest.fixture
def question(db):
    """As the loader leaves it: without a version."""
    [question] = Question.objects.bulk_create([Question(key="retry", title="When is a job tried again?")])
    Answer.objects.bulk_create([Answer(question=question, answer="After a minute.", accepted=True)])
    search.refresh([question.pk])
    return question


def rewrite(question, text):
    with editing([question.pk]):
        answer = question.answers.get()
        answer.answer = text
        answer.save()


def test_the_version_before_the_first_edit_is_kept(question):
    rewrite(question, "After two minutes.")
    versions = Answer.history.order_by("history_id")
    assert [(row.answer, row.history_type, row.history_user) for row in versions] == [
        ("After a minute.", "+", None), ("After two minutes.", "~", None)
    ]  # fmt: skip
    assert Question.history.count() == 1


def test_a_first_version_is_kept_once_and_as_stored(question):
    question.title = "Changed in memory only"
    keep_first_version([question])
    keep_first_version([question])
    assert [row.title for row in Question.history.all()] == ["When is a job tried again?"]


def test_overwriting_in_bulk_keeps_both_versions(question, cast):
    question.title = "When is it retried?"
    overwrite([question], ["title"], user=cast["curator"], reason="Loaded again")
    versions = Question.history.order_by("history_id")
    assert [(row.title, row.history_user, row.history_change_reason) for row in versions] == [
        ("When is a job tried again?", None, None), ("When is it retried?", cast["curator"], "Loaded again")
    ]  # fmt: skip


def test_accepting_moves_the_mark(question):
    other = Answer.objects.create(question=question, answer="Never.")
    accept(other)
    assert question.shown_answer == other
    assert question.answers.filter(accepted=True).count() == 1


def history_of(question):
    return f"/admin/questions/question/{question.pk}/history/"


def test_the_page_marks_what_changed(as_, question):
    rewrite(question, "After two minutes.")
    page = as_("curator").get(history_of(question)).content.decode()
    assert "After <del>a</del><ins>two</ins> <del>minute</del><ins>minutes</ins>." in page


def test_the_page_of_a_question_nobody_edited(as_, question):
    assert "Nothing was changed yet" in as_("curator").get(history_of(question)).content.decode()


def test_restoring_asks_and_then_brings_the_version_back(as_, cast, question):
    rewrite(question, "After two minutes.")
    changed = Question.objects.get().answer_changed_at
    first = Answer.history.earliest("history_id")
    address = f"{history_of(question)}answer/{first.pk}/"
    client = as_("curator")
    assert "<del>two</del><ins>a</ins>" in client.get(address).content.decode()
    assert question.answers.get().answer == "After two minutes."
    assert client.post(address).status_code == 302
    answer = question.answers.get()
    assert (answer.answer, answer.accepted) == ("After a minute.", True)
    assert Question.objects.get().answer_changed_at > changed
    assert SearchDoc.objects.get(pk=question.pk).answer == " After a minute."
    assert Answer.history.latest("history_id").history_user == cast["curator"]
    assert "Restored the answer of" in client.get(history_of(question)).content.decode()


def test_a_deleted_answer_comes_back_unaccepted(as_, question):
    rewrite(question, "After two minutes.")
    answer = question.answers.get()
    version = Answer.history.latest("history_id")
    answer.delete()
    assert as_("curator").post(f"{history_of(question)}answer/{version.pk}/").status_code == 302
    back = question.answers.get()
    assert (back.pk, back.answer, back.accepted) == (version.id, "After two minutes.", False)


def test_restoring_a_question_leaves_its_status(as_, question):
    with editing([question.pk]):
        question.title, question.status = "Tried again when?", "published"
        question.save()
    first = Question.history.earliest("history_id")
    address = f"{history_of(question)}question/{first.pk}/"
    page = as_("curator").get(address).content.decode()
    assert "<h4>Title</h4>" in page
    assert "<h4>Status</h4>" not in page
    as_("curator").post(address)
    question.refresh_from_db()
    assert (question.title, question.status) == ("When is a job tried again?", "published")


def test_a_version_of_another_question_is_not_found(as_, question):
    other = Question.objects.create(key="other", title="Other?")
    version = other.history.get()
    assert as_("curator").post(f"{history_of(question)}question/{version.pk}/").status_code == 404
