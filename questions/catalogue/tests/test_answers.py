"""An answer that nobody accepted is the one that learners get, where there is no other: in every place."""

import io

import pytest
from django.utils import timezone

from questions.catalogue import search
from questions.catalogue.tests.test_question_list import text
from questions.curation.editing import editing
from questions.exports import items as exports
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, Question
from questions.tests import factories


@pytest.fixture
def unaccepted(cast):
    one = factories.question(answer="")
    with editing([one.pk]):
        return Answer.objects.create(question=one, answer="A quokka smiles.")


def revealed(client, question):
    return text(client.get(f"/questions/{question.pk}/answer/", headers={"HX-Request": "true"}))


def test_it_is_shown_and_search_finds_it(as_, unaccepted):
    question = unaccepted.question
    for name in ("visitor", "member"):
        client = as_(name)
        assert revealed(client, question).startswith("A quokka smiles.")
        assert question.title in text(client.get("/questions/?q=quokka"))


def test_a_new_text_of_it_counts_as_changed(as_, cast, unaccepted):
    question = unaccepted.question
    factories.progress(cast["member"], question, mastered_at=timezone.now())
    changed = "Answer changed since you mastered it"
    assert changed not in text(as_("member").get("/questions/"))
    with editing([question.pk]):
        unaccepted.answer = "A quokka grins."
        unaccepted.save()
    assert changed in text(as_("member").get("/questions/"))


def test_another_answer_that_is_not_shown_counts_as_nothing(unaccepted):
    question = unaccepted.question
    before = Question.objects.get(pk=question.pk).answer_changed_at
    with editing([question.pk]):
        Answer.objects.create(question=question, answer="A second view.")
    assert Question.objects.get(pk=question.pk).answer_changed_at == before


@pytest.mark.parametrize("format", ["json", "markdown"])
def test_an_export_has_it_as_the_answer(unaccepted, format):
    [item] = exports.items(Question.objects.all())
    assert (item.answer, item.answers) == ("A quokka smiles.", ())
    written = "".join(exports.write(Question.objects.all(), format))
    report = load([(f"export.{format}", io.BytesIO(written.encode()))], options=LoadOptions()).documents[0]
    assert (report.new, report.changed, report.kept) == (0, 0, 0)
    assert "".join(exports.write(Question.objects.all(), format)) == written
    assert Answer.objects.get() == unaccepted


def test_a_document_that_changes_it_says_so(db):
    documents = ["## Who smiles?\n\nA quokka.\n", "## Who smiles?\n\nA quokka, mostly.\n"]

    def load_birds(written):
        load([("birds.md", io.BytesIO(written.encode()))], options=LoadOptions(publish=True))
        return Question.objects.get()

    before = load_birds(documents[0])
    Answer.objects.update(accepted=False)
    after = load_birds(documents[1])
    assert after.shown_answer.answer == "A quokka, mostly."
    assert after.answer_changed_at > before.answer_changed_at
    assert list(search.filtered(Question.objects.all(), "mostly")) == [after]
