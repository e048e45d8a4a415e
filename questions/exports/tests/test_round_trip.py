"""The law of exports: to Markdown or JSON, into an empty database and out again gives the same bytes."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.tests.properties import few
from questions.catalogue import search
from questions.exports import items as exports
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Answer, KeyPoint, Load, Origin, Question, QuestionSet, SearchDoc, SetEntry, Source, Tag
from questions.readers.tests.nasty import documents, lines, texts

pytestmark = pytest.mark.django_db

FORMATS = ["json", "markdown"]


def export(format):
    return "".join(exports.write(Question.objects.all(), format, with_sets=QuestionSet.objects.all()))


def empty():
    for model in (QuestionSet, Question, Source, Load, Tag):
        model.objects.all().delete()


def load_text(text, file, **options):
    return load([(file, io.BytesIO(text.encode()))], options=LoadOptions(**options)).documents[0]


def one_of_each_id(items):
    return list({item.id or at: item for at, item in enumerate(items)}.values())


def goes_round(format):
    first = export(format)
    empty()
    if "id" in first:
        load_text(first, f"export.{format}")
    assert export(format) == first
    kept = list(SearchDoc.objects.order_by("pk").values_list())
    search.rebuild()
    assert list(SearchDoc.objects.order_by("pk").values_list()) == kept


@pytest.mark.parametrize("format", FORMATS)
@few
@given(found=documents.map(one_of_each_id), more=st.data())
def test_what_documents_brought_goes_round(format, found, more):
    empty()
    written = "".join(exports.WRITERS["json"](found))
    load_text(written, "first.json")
    for question in Question.objects.all():
        for text in more.draw(st.lists(texts.filter(str.strip), max_size=2)):
            Answer.objects.create(question=question, answer=text)
        if more.draw(st.booleans()):
            Answer.objects.filter(question=question).update(accepted=False)
        Question.objects.filter(pk=question.pk).update(
            status=more.draw(st.sampled_from(["draft", "published", "retired"]))
        )
    goes_round(format)


@pytest.mark.parametrize("format", FORMATS)
@few
@given(
    title=lines.filter(str.strip),
    body=texts,
    answer=texts,
    points=st.sets(lines.filter(str.strip), max_size=3),
)
def test_what_was_written_here_goes_round(format, title, body, answer, points):
    """As a careless program would store it: ends of lines of Windows, blanks around, no origin, an answer not accepted."""
    empty()
    made = Question.objects.create(key="own", title=title, body=f"\r\n{body}\r\n", verified_on=date(2026, 1, 2))
    Answer.objects.create(question=made, answer=answer.replace("\n", "\r\n"), accepted=True)
    Answer.objects.create(question=made, short=answer)
    for text in points:
        KeyPoint.objects.create(question=made, text=text, position=1)
    goes_round(format)


def make(key, title, *sources, **fields):
    question = Question.objects.create(key=key, title=title, **fields)
    for source, number in sources:
        row, _ = Source.objects.get_or_create(title=source)
        Origin.objects.create(source=row, question=question, key=f"{key} {number}", number=number, title=title)
    return question


@pytest.mark.parametrize("format", FORMATS)
def test_several_sources_and_none_keep_their_order(format):
    make("wren", "Where does a wren nest?", ("Zoo", 2), ("Attic", 1))
    make("owl", "When do owls hunt?", ("Attic", 7), ("Zoo", 1), ("Zoo", 3))
    make("crow", "What do crows count?", status="retired")
    other = make("jay", "What does a jay hide?", ("Barn", None))
    Answer.objects.create(question=other, answer="Acorns.", origin=Question.objects.get(key="owl").origins.first())
    goes_round(format)
    keys = [item.id for item in exports.items(Question.objects.all())]
    assert keys == ["owl", "jay", "crow", "wren"]
    of_zoo = [item.id for item in exports.items(Question.objects.filter(origins__source__title="Zoo"))]
    assert of_zoo == ["owl", "wren"]


def test_sets_go_round_through_json():
    birds = [make("wren", "Where does a wren nest?"), make("owl", "When do owls hunt?")]
    for position, name in enumerate(["nests", "nobody", "hunters"], start=1):
        made = QuestionSet.objects.create(key=name, title=name.title(), description="Some *birds*", position=position)
        if name != "nobody":
            SetEntry.objects.bulk_create(
                SetEntry(set=made, question=each, position=at) for at, each in enumerate(reversed(birds))
            )
    goes_round("json")
    assert list(QuestionSet.objects.values_list("key", flat=True)) == ["nests", "hunters"]
    assert list(QuestionSet.objects.first().entries.values_list("question__key", flat=True)) == ["owl", "wren"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_changes_nothing_where_it_came_from(format):
    load_text("## Where does a wren nest?\n\nIn moss.\n\n## When do owls hunt?\n\nAt dusk.\n", "birds.md", publish=True)
    Answer.objects.filter(answer="In moss.").update(answer="In ivy.")
    first = export(format)
    report = load_text(first, f"export.{format}")
    assert (report.new, report.changed, report.kept, report.unchanged) == (0, 0, 0, 2)
    assert export(format) == first
    assert Origin.objects.count() == 2
