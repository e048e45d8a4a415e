"""Question sets: who sees which, how they are addressed, and their pages."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Team
from prep.tests.cast import CAST
from prep.tests.pages import html_of
from questions.models import QuestionSet
from questions.tests import factories

SIGNED_IN = set(CAST) - {"visitor"}
TEAM = {"member", "team_curator", "team_owner"}
# Who sees a set with these questions, of the library or of the team.
CASES = {
    "library, public": set(CAST),
    "library, source not public": SIGNED_IN,
    "library, only a team's": SIGNED_IN,
    "library, draft": SIGNED_IN,
    "library, retired": SIGNED_IN,
    "library, empty": SIGNED_IN,
    "library, draft and public": set(CAST),
    "team, public": TEAM,
    "team, its own": TEAM,
    "team, draft": TEAM,
    "team, empty": TEAM,
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def people(cast):
    return cast | {"visitor": AnonymousUser()}


@pytest.fixture
def sets(people, team):
    """Case -> set, as the case's words say."""
    members = {
        "public": [factories.question("Public?")],
        "source not public": [factories.question("Private?", origin=factories.source("Our own", public=False))],
        "draft": [factories.question("Draft?", status="draft")],
        "retired": [factories.question("Retired?", status="retired")],
        "its own": [factories.question("Ours?", owner=team)],
        "empty": [],
    }
    members |= {"only a team's": members["its own"], "draft and public": members["draft"] + members["public"]}
    made = {}
    for at, case in enumerate(CASES):
        owner, _, words = case.partition(", ")
        fields = {"title": case, "owner": team if owner == "team" else None, "position": at}
        made[case] = factories.question_set(f"set-{at}", members[words], **fields)
    return made


def text(response):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


@pytest.mark.parametrize("name", CAST)
def test_who_sees_which_set(as_, people, sets, name):
    seen = {case for case, who in CASES.items() if name in who}
    assert {each.title for each in QuestionSet.objects.visible_to(people[name])} == seen
    page = as_(name).get("/sets/")
    assert {each.set.title for each in page.context["standings"]} == seen
    for case, made in sets.items():
        page = as_(name).get(made.get_absolute_url())
        assert page.status_code == (200 if case in seen else 404), case


@pytest.mark.parametrize("name", ["visitor", "outsider", "member", "administrator"])
@pytest.mark.parametrize("path", ["/sets/", "/sets/one/"])
def test_pages_are_only_read(as_, name, path):
    factories.question_set("one", [factories.question()])
    assert as_(name).get(path).status_code == 200
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(as_(name), verb)(path).status_code == 405


def test_a_missing_set_is_like_a_forbidden_one(as_, sets):
    hidden = sets["team, public"].get_absolute_url()
    client = as_("outsider")
    with CaptureQueriesContext(connection) as forbidden:
        client.get(hidden)
    with CaptureQueriesContext(connection) as missing:
        assert client.get("/sets/wren.nowhere/").status_code == 404
    assert len(forbidden) == len(missing)


def test_addresses_tell_sets_with_one_key_apart(as_, cast, team):
    other = Team.objects.create(name="Owls", slug="owls")
    ours = factories.question_set("junior", [], title="Ours", owner=team)
    factories.question_set("junior", [], title="Theirs", owner=other)
    client = as_("member")
    assert ours.get_absolute_url() == "/sets/wren.junior/"
    assert client.get("/sets/junior/").context["set"] == ours
    library = factories.question_set("junior", [], title="Everybody's")
    assert library.get_absolute_url() == "/sets/junior/"
    assert client.get("/sets/junior/").context["set"] == library
    assert client.get("/sets/wren.junior/").context["set"] == ours
    assert client.get("/sets/owls.junior/").status_code == 404


@pytest.mark.parametrize("path", ["/sets/no%00thing/", "/sets/./", "/sets/.junior/", "/sets/wren./", "/sets/a.b.c/"])
def test_odd_addresses_are_404(as_, path):
    factories.question_set("junior", [factories.question()])
    assert as_("visitor").get(path).status_code == 404


def test_the_list_says_how_far_a_learner_is(as_, cast, team):
    one, two, three = factories.questions(3)
    draft = factories.question("Draft?", status="draft")
    words = {"title": "Second", "description": "So **much**.\n\nMore."}
    factories.question_set("b", [three, one, two, draft], position=2, **words)
    factories.question_set("a", [two], title="First", position=1)
    factories.question_set("c", [one], title="Team's", owner=team)
    factories.question_set("d", [draft], title="Empty", position=3)
    for question in (one, three, draft):
        factories.progress(cast["member"], question, mastered_at=timezone.now())
    factories.progress(cast["member"], two, starred=True)
    factories.progress(cast["team_owner"], two, mastered_at=timezone.now())
    page = as_("member").get("/sets/")
    assert [(each.set.title, each.total, each.mastered) for each in page.context["standings"]] == [
        ("First", 1, 0), ("Second", 3, 2), ("Empty", 0, 0), ("Team's", 1, 1)
    ]  # fmt: skip
    assert '<progress aria-label="Mastered of Second" value="2" max="3"></progress>' in page.content.decode()
    assert "<p>So <strong>much</strong>.</p>" in page.content.decode()
    assert "More." not in text(page)
    assert "Empty No questions yet Team's Wren team 1 of 1 mastered" in text(page)
    visitor = as_("visitor").get("/sets/")
    assert "First 1 question Second So much . 3 questions" in text(visitor)
    assert "<progress" not in visitor.content.decode()


def test_a_set_shows_its_questions_in_its_order(as_, cast):
    one, two, three = factories.questions(3, difficulty=1)
    draft = factories.question("Draft?", status="draft")
    made = factories.question_set("a", [three, draft, one, two], title="All", description="*Three* of them.\n\n- More")
    factories.progress(cast["member"], three, mastered_at=three.answer_changed_at - timezone.timedelta(days=1))
    page = as_("member").get(made.get_absolute_url())
    html = html_of(page)
    assert re.findall(r'<h2><a href="([^"]+)"', html) == [f"/questions/{each.pk}/?set=a" for each in (three, one, two)]
    assert "1 Question 03 Mastered Easy Answer changed since you mastered it 2 Question 01 Not mastered Easy" in text(
        page
    )
    assert '<progress aria-label="Mastered" value="1" max="3"></progress>' in html
    assert "<em>Three</em> of them." in html and "<li>More</li>" in html
    assert f'<a class="btn best" href="/questions/{one.pk}/?set=a">Continue</a>' in html
    assert '<a class="btn" href="/questions/?set=a">Search and filter</a>' in html
    assert "Edit in the admin" not in html
    assert '<a href="/study/interview/?set=a">Plan an interview on it</a>' in html
    assert '<a href="/study/reset/?set=a">Reset what you know of it</a>' in html
    visitor = as_("visitor").get(made.get_absolute_url())
    assert f'<a class="btn best" href="/questions/{three.pk}/?set=a">Begin</a>' in visitor.content.decode()
    assert "All 3 questions" in text(visitor)
    assert "Reset what you know" not in text(visitor)
    assert "Not mastered" not in text(visitor) and "<progress" not in visitor.content.decode()


def test_a_set_all_mastered_begins_again(as_, cast):
    one, two = factories.questions(2)
    made = factories.question_set("a", [two, one])
    for question in (one, two):
        factories.progress(cast["member"], question, mastered_at=timezone.now())
    page = as_("member").get(made.get_absolute_url()).content.decode()
    assert f'<a class="btn best" href="/questions/{two.pk}/?set=a">Go through it again</a>' in page


def test_previous_and_next_stay_within_the_set(as_, team):
    one, two, three = factories.questions(3)
    factories.question_set("junior", [two], title="Everybody's")
    factories.question_set("junior", [three, one], title="Ours", owner=team)
    client = as_("member")
    page = client.get(client.get("/sets/wren.junior/").context["rows"][0].href).content.decode()
    assert f'<a rel="next" href="/questions/{one.pk}/?set=wren.junior">' in page
    assert 'rel="prev"' not in page
    for name, titles in (("wren.junior", ["Question 03", "Question 01"]), ("junior", ["Question 02"])):
        rows = client.get(f"/questions/?set={name}").context["rows"]
        assert [row.title for row in rows] == titles


@pytest.mark.parametrize(("name", "owner", "allowed"), [
    ("visitor", None, False), ("member", None, False), ("curator", None, True), ("administrator", None, True),
    ("team_owner", "team", False), ("member", "team", False),
])  # fmt: skip
def test_curators_get_to_the_admin(as_, team, name, owner, allowed):
    made = factories.question_set("a", [factories.question()], owner=team if owner else None)
    page = as_(name).get(made.get_absolute_url()).content.decode()
    assert (f'href="/admin/questions/questionset/{made.pk}/change/"' in page) == allowed


def test_nothing_to_show(as_, team):
    assert "Sign in to see them" in text(as_("visitor").get("/sets/"))
    assert "A curator has to put one together first" in text(as_("member").get("/sets/"))
    assert 'href="/admin/questions/questionset/add/"' in as_("curator").get("/sets/").content.decode()
    factories.question_set("a", [], title="Bare")
    page = as_("member").get("/sets/a/")
    assert "Bare This set has no questions to show They are still being written." in text(page)
    assert "Continue" not in text(page) and "<progress" not in page.content.decode()
    assert "Add published questions to it in the admin." in text(as_("curator").get("/sets/a/"))


@pytest.mark.parametrize("name", ["visitor", "member"])
def test_the_same_queries_for_any_number_of_rows(as_, cast, team, name):
    client = as_(name)

    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        statements = [query["sql"] for query in queries]
        assert len(set(statements)) == len(statements)
        return len(statements)

    members = factories.questions(1, tags=["sql"])
    factories.question_set("first", members)
    one = count("/sets/"), count("/sets/first/")
    members += factories.questions(19, tags=["sql", "locks"])
    for question in members[::2]:
        factories.progress(cast["member"], question, mastered_at=timezone.now())
    for at in range(20):
        factories.question_set(f"set-{at}", members, owner=team if at % 2 else None)
    twenty = count("/sets/"), count("/sets/set-0/")
    assert one == twenty == ((2, 3) if name == "visitor" else (5, 7))
