"""Question sets loaded, edited by a curator, and loaded again."""

import io

import pytest

from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Catalogue, QuestionSet, SetEntry
from questions.tests import factories

pytestmark = pytest.mark.django_db

KEYS = ("wren", "owl", "crow", "rook")


@pytest.fixture(autouse=True)
def birds():
    return {key: factories.question(f"What is a {key}?", key=key) for key in KEYS}


def run(*keys, title="Birds", description="Of the garden.", owner=None, dry_run=False):
    listed = "\n".join(f"{place}. {key}" for place, key in enumerate(keys, start=1))
    text = f"---\nkind: set\nid: birds\ntitle: {title}\n---\n{description}\n\n## Questions\n\n{listed}\n"
    options = LoadOptions(owner=owner)
    return load([("birds.md", io.BytesIO(text.encode()))], options=options, dry_run=dry_run).documents[0]


def birds_set():
    return QuestionSet.objects.get(key="birds")


def stored():
    """Title, description and keys in order."""
    row = birds_set()
    return row.title, row.description, [entry.question.key for entry in row.entries.all()]


def reorder(*keys):
    """What the admin does when a curator drags entries, adds some and deletes others."""
    row = birds_set()
    row.entries.exclude(question__key__in=keys).delete()
    for place, key in enumerate(keys, start=1):
        question = factories.Question.objects.get(key=key)
        SetEntry.objects.update_or_create(set=row, question=question, defaults={"position": place})


def test_the_first_load_makes_the_set():
    assert run("owl", "wren").notices == []
    assert stored() == ("Birds", "Of the garden.", ["owl", "wren"])


def test_the_same_document_changes_nothing():
    run("owl", "wren")
    before = list(SetEntry.objects.values_list()), list(QuestionSet.objects.values_list())
    run("owl", "wren")
    assert (list(SetEntry.objects.values_list()), list(QuestionSet.objects.values_list())) == before


def test_an_untouched_set_follows_its_document():
    run("owl", "wren")
    version = Catalogue.current()
    run("wren", "crow", "owl", title="Garden birds", description="And of the wood.")
    assert stored() == ("Garden birds", "And of the wood.", ["wren", "crow", "owl"])
    assert Catalogue.current() > version


@pytest.mark.parametrize(
    "edited", [("wren", "owl"), ("owl",), ("owl", "wren", "rook")], ids=["dragged", "deleted", "added"]
)
def test_edited_questions_stay_and_the_rest_follows(edited):
    run("owl", "wren")
    reorder(*edited)
    run("owl", "wren", title="Garden birds")
    assert stored() == ("Garden birds", "Of the garden.", [*edited])
    run("owl", "wren", "crow", title="Garden birds")
    run("crow", "owl", "wren", title="Garden birds")
    assert stored() == ("Garden birds", "Of the garden.", [*edited])


@pytest.mark.parametrize(("name", "text"), [("title", "Our birds"), ("description", "Ours.")])
def test_an_edited_text_stays_and_the_rest_follows(name, text):
    run("owl", "wren")
    QuestionSet.objects.update(**{name: text})
    run("wren", title="Garden birds", description="And of the wood.")
    expected = {"title": "Garden birds", "description": "And of the wood."} | {name: text}
    assert stored() == (expected["title"], expected["description"], ["wren"])


def test_what_a_curator_made_like_the_document_follows_it_again():
    run("owl", "wren")
    reorder("wren")
    run("owl", "crow")
    reorder("owl", "crow")
    run("owl", "crow")
    run("crow", "rook")
    assert stored()[2] == ["crow", "rook"]


def test_a_set_that_a_curator_made_is_the_curators(birds):
    factories.question_set("birds", [birds["rook"]], title="Mine", description="By hand.")
    run("owl", "wren")
    run("owl", "crow")
    assert stored() == ("Mine", "By hand.", ["rook"])


def test_a_question_that_is_not_there_yet_joins_when_it_is(birds):
    report = run("owl", "kite", "wren")
    assert [notice.text for notice in report.notices] == ["The set “Birds” asks for 'kite', which is not there."]
    assert stored()[2] == ["owl", "wren"]
    factories.question("What is a kite?", key="kite")
    assert run("owl", "kite", "wren").notices == []
    assert stored()[2] == ["owl", "kite", "wren"]


def test_a_deleted_question_leaves_the_set_to_its_document(birds):
    run("owl", "wren")
    birds["owl"].delete()
    run("owl", "wren")
    run("owl", "wren", "crow")
    assert stored()[2] == ["wren", "crow"]


def test_a_team_has_a_set_of_its_own_beside_the_librarys(team):
    run("owl", "wren")
    factories.question("What is our wren?", key="wren", owner=team)
    run("wren", title="Ours", owner=team)
    ours = QuestionSet.objects.get(owner=team)
    assert (ours.key, ours.title, [each.title for each in ours.questions.all()]) == (
        "birds",
        "Ours",
        ["What is our wren?"],
    )
    assert QuestionSet.objects.get(owner=None).title == "Birds"


def test_a_dry_run_stores_nothing():
    run("owl", "wren")
    run("crow", title="Garden birds", dry_run=True)
    assert stored() == ("Birds", "Of the garden.", ["owl", "wren"])
