"""Who reaches what in the admin."""

import pytest

from prep.tests.pages import html_of
from questions.models import Answer, Origin, Question, QuestionSet, Source, Tag

MODELS = ("question", "tag", "source", "origin", "load", "questionset")


@pytest.fixture
def rows(team):
    """A row of the library and one of a team, of each kind."""
    made = {}
    for owner in (None, team):
        question = Question.objects.create(key="q", title=f"Question of {owner}?", owner=owner, status="draft")
        Answer.objects.create(question=question, owner=owner, answer="So.")
        source = Source.objects.create(title="Notes", owner=owner)
        origin = Origin.objects.create(source=source, question=question, key="q", warnings="Line 1: look", incoming={})
        questions = QuestionSet.objects.create(key="s", title="Set", owner=owner)
        made[owner] = {"question": question, "source": source, "origin": origin, "questionset": questions}
    Tag.objects.create(name="queues")
    return made


@pytest.mark.parametrize("name", ["visitor", "outsider", "member", "team_curator", "team_owner"])
def test_others_do_not_get_in(as_, rows, name):
    client = as_(name)
    paths = [f"/admin/questions/{model}/" for model in MODELS]
    for path in ("/admin/", "/admin/questions/load/upload/", *paths):
        assert client.get(path).status_code == 302, path


@pytest.mark.parametrize("model", MODELS)
def test_curators_and_administrators_do(as_, rows, model):
    for name in ("curator", "administrator"):
        assert as_(name).get(f"/admin/questions/{model}/").status_code == 200


@pytest.mark.parametrize("model", ["question", "source", "questionset"])
def test_the_rows_of_a_team_are_the_administrators(as_, rows, team, model):
    library, teams = rows[None][model], rows[team][model]
    address = f"/admin/questions/{model}/{{}}/change/"
    assert as_("curator").get(address.format(library.pk)).status_code == 200
    assert as_("curator").get(address.format(teams.pk)).status_code == 302
    assert as_("administrator").get(address.format(teams.pk)).status_code == 200
    assert len(as_("curator").get(f"/admin/questions/{model}/").context["cl"].result_list) == 1
    assert len(as_("administrator").get(f"/admin/questions/{model}/").context["cl"].result_list) == 2


def test_the_pages_of_a_teams_question(as_, rows, team):
    question, origin = rows[team]["question"], rows[team]["origin"]
    version = question.history.get()
    for path in (
        f"question/{question.pk}/history/",
        f"question/{question.pk}/history/question/{version.pk}/",
        f"origin/{origin.pk}/compare/",
    ):
        assert as_("curator").get(f"/admin/questions/{path}").status_code == 404, path
        assert as_("administrator").get(f"/admin/questions/{path}").status_code == 200, path


def test_a_curator_reaches_nothing_but_questions(as_, rows):
    client = as_("curator")
    assert [app["app_label"] for app in client.get("/admin/").context["app_list"]] == ["questions"]
    assert client.get("/admin/accounts/user/").status_code == 403


def test_a_curator_is_not_asked_for_an_owner(as_, rows):
    question = rows[None]["question"]
    assert 'name="owner"' not in as_("curator").get("/admin/questions/question/add/").content.decode()
    assert 'name="owner"' in as_("administrator").get("/admin/questions/question/add/").content.decode()
    page = as_("administrator").get(f"/admin/questions/question/{question.pk}/change/").content.decode()
    assert 'name="owner"' not in page


@pytest.mark.parametrize("model", ["question", "source"])
def test_curators_retire_and_administrators_delete(as_, rows, model):
    address = f"/admin/questions/{model}/{rows[None][model].pk}/delete/"
    assert as_("curator").get(address).status_code == 403
    assert as_("administrator").get(address).status_code == 200


def test_the_first_page_shows_the_work_to_do(as_, rows):
    page = html_of(as_("curator").get("/admin/"))
    assert "<strong>1</strong> needs attention" in page
    assert "<strong>1</strong> changed in its source" in page
    assert "<strong>1</strong> draft </a>" in page
