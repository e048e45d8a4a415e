"""The list and the question's page, as people see them."""

import re
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prep.tests.pages import html_of
from questions.models import Answer, Flag, KeyPoint
from questions.tests import factories

HTMX = {"HX-Request": "true"}
ROW = re.compile(r'<li class="row" id="q(\d+)">')


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


def text(response):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def rows(response):
    return [int(number) for number in ROW.findall(response.content.decode())]


def test_a_visitor_sees_public_questions_and_no_progress(as_):
    one = factories.question("What is a lock?", tags=["locks"], difficulty=2, applies_to="Python 3.13")
    factories.question("Hidden", origin=factories.source("Our own", public=False))
    response = as_("visitor").get("/questions/")
    assert rows(response) == [one.pk]
    assert "1 question" in text(response)
    assert "What is a lock? Reveal answer Mark as mastered ☆ locks Medium Python 3.13" in text(response)
    assert "<progress" not in response.content.decode()
    assert "Shared state." not in text(response)


def test_a_learner_sees_where_they_stand(as_, cast):
    made = factories.questions(4, difficulty=1)
    factories.progress(cast["member"], made[0], mastered_at=timezone.now(), starred=True)
    factories.progress(cast["member"], made[1], mastered_at=made[1].answer_changed_at - timezone.timedelta(days=1))
    response = as_("member").get("/questions/")
    html = response.content.decode()
    assert '<progress id="bar" aria-label="Mastered" value="2" max="4"></progress>' in html
    assert "2 of 4 mastered" in text(response)
    assert "Progress All 4 New 2 Mastered 2 Starred 1 Changed since mastered 1 Difficulty Easy 4" in text(response)
    assert "Question 01 Reveal answer Mastered ★ Easy Question 02" in text(response)
    assert "Question 02 Reveal answer Mastered ☆ Easy Answer changed since you mastered it" in text(response)


def test_the_filter_stays_in_every_link_of_the_list(as_):
    one = factories.question(tags=["sql", "locks"], difficulty=1)
    html = html_of(as_("member").get("/questions/?tag=sql&difficulty=easy"))
    assert f'href="/questions/{one.pk}/?tag=sql&amp;difficulty=easy"' in html
    assert 'href="/questions/?tag=sql&amp;tag=locks&amp;difficulty=easy"' in html
    assert 'href="/questions/?difficulty=easy" aria-current="true"> sql' in html
    assert 'href="/questions/?tag=sql&amp;difficulty=easy&amp;progress=new"' in html
    assert '<input type="hidden" name="next" value="/questions/?tag=sql&amp;difficulty=easy">' in html
    assert "<h1>Sql</h1>" in html


def test_load_more_goes_on_behind_the_last_row(as_, cast):
    made = [one.pk for one in factories.questions(45)]
    client = as_("member")
    first = client.get("/questions/")
    assert rows(first) == made[:20]
    assert f'href="/questions/?page=2&amp;after={made[19]}"' in first.content.decode()
    second = client.get(f"/questions/?page=2&after={made[19]}", headers=HTMX)
    assert rows(second) == made[20:40]
    assert "<h1" not in second.content.decode() and 'id="facets"' not in second.content.decode()
    third = client.get(f"/questions/?page=3&after={made[39]}", headers=HTMX)
    assert rows(third) == made[40:]
    assert "Load more" not in text(third)


def test_a_page_is_one_of_its_own(as_):
    made = [one.pk for one in factories.questions(25)]
    response = as_("visitor").get("/questions/?page=2")
    assert rows(response) == made[20:]
    assert "<h1>" in response.content.decode()


def test_load_more_misses_nothing_when_rows_left_the_filter(as_, cast):
    made = factories.questions(30)
    for one in made[:3]:
        factories.progress(cast["member"], one, mastered_at=timezone.now())
    response = as_("member").get(f"/questions/?progress=new&page=2&after={made[19].pk}", headers=HTMX)
    assert rows(response) == [one.pk for one in made[20:]]


def test_load_more_behind_a_question_one_may_not_see_is_by_number_of_page(as_):
    made = [one.pk for one in factories.questions(25)]
    draft = factories.question("A draft", status="draft")
    assert rows(as_("member").get(f"/questions/?sort=title&page=2&after={draft.pk}", headers=HTMX)) == made[20:]


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30])
def test_odd_pages_are_the_first(as_, page):
    one = factories.question()
    assert rows(as_("visitor").get("/questions/", {"page": page})) == [one.pk]


def test_beyond_the_last_page(as_):
    factories.question()
    response = as_("visitor").get("/questions/?page=9&sort=title")
    assert response.status_code == 200
    assert "The list ends before page 9" in text(response)
    assert 'href="/questions/?sort=title">Back to its beginning' in response.content.decode()


def test_no_match_says_what_to_loosen(as_):
    factories.question(tags=["sql"])
    response = as_("visitor").get("/questions/?q=zebra&tag=sql")
    html = response.content.decode()
    assert "No question matches" in text(response)
    assert '<a href="/questions/?tag=sql">the search for “zebra”</a>' in html
    assert '<a href="/questions/?q=zebra">the tag sql</a>' in html


@pytest.mark.parametrize(
    ("name", "words"),
    [("curator", "python manage.py load_questions"), ("member", "A curator has to publish"), ("visitor", "Sign in")],
)
def test_without_any_question(as_, name, words):
    assert words in text(as_(name).get("/questions/"))


def test_searching_answers_with_the_part_that_changes(as_):
    one = factories.question("What is a mutex?")
    factories.question("Another thing")
    response = as_("member").get("/questions/?q=mutex&difficulty=", headers=HTMX)
    html = response.content.decode()
    assert rows(response) == [one.pk]
    assert response["HX-Push-Url"] == "/questions/?q=mutex"
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]
    assert "<html" not in html and 'type="search"' not in html
    assert 'id="standing" hx-swap-oob="true"' in html and 'aria-label="Filters" hx-swap-oob="true"' in html


def test_a_restored_history_gets_the_page(as_):
    response = as_("member").get("/questions/", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert response.content.startswith(b"<!doctype html>")
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    "path", ["/questions/", "/questions/?tag=sql", "/questions/?q=question", "/questions/?progress=new"]
)
def test_queries_of_the_list_do_not_grow(as_, path, django_assert_num_queries):
    client = as_("member")
    numbers = []
    for more in (1, 19):
        for at in range(more):
            factories.question(f"Question {at}", tags=["sql", f"tag {at}"], points=["One", "Two"])
        client.get(path)
        with django_assert_num_queries(8):
            numbers.append(len(rows(client.get(path))))
    assert numbers == [1, 20]


def test_the_answer_is_not_in_the_page_before_it_is_asked_for(as_):
    one = factories.question(answer="Only the owner.", short="Ownership.", points=["Say who", "Say when"])
    client = as_("visitor")
    closed = client.get(f"/questions/{one.pk}/")
    assert "Only the owner" not in text(closed) and "Say who" not in text(closed)
    assert "a good one makes 2 key points" in text(closed)
    opened = client.get(f"/questions/{one.pk}/answer/")
    assert "Hide answer" in text(opened)
    assert "Ownership. Only the owner. Key points Say who Say when" in text(opened)
    assert opened.content.startswith(b"<!doctype html>")
    alone = client.get(f"/questions/{one.pk}/answer/", headers=HTMX)
    assert text(alone).startswith("Ownership. Only the owner.")
    assert alone["Cache-Control"] == "no-store"


def test_everything_that_belongs_to_an_answer(as_):
    one = factories.question(
        mistakes="- **Locks are free.** They wait.",
        follow_ups="- **What is a deadlock?** Two that wait for each other.",
        links="[Manual](https://example.org/manual)",
        verified_on="2026-11-02",
        applies_to="Python 3.13",
    )
    one.origins.update(number=12, url="https://example.org/notes#12")
    other = one.origins.create(source=factories.source("Second notes"), key="b")
    Answer.objects.create(question=one, answer="A second view.", origin=other)
    Answer.objects.create(question=one, answer="By hand.")
    html = html_of(as_("visitor").get(f"/questions/{one.pk}/answer/"))
    assert "Checked on 2 November 2026" in html
    assert "<strong>Locks are free.</strong><p>They wait.</p>" in html
    assert '<details class="follow"><summary>What is a deadlock?</summary><p>Two that wait' in html
    assert '<a href="https://example.org/manual" rel="noopener noreferrer">Manual</a>' in html
    assert '<a href="https://example.org/notes#12" rel="noopener noreferrer">Field notes</a>, number 12' in html
    assert "<summary>From Second notes</summary><p>A second view.</p>" in html
    assert "<summary>From a curator</summary><p>By hand.</p>" in html


def test_a_visitor_reads_nothing_of_a_source_that_is_not_public(as_):
    one = factories.question()
    private = one.origins.create(source=factories.source("Our own", public=False), key="b")
    Answer.objects.create(question=one, answer="Between ourselves.", origin=private)
    for name, shown in (("visitor", False), ("outsider", True)):
        words = text(as_(name).get(f"/questions/{one.pk}/answer/"))
        assert ("Between ourselves." in words, "Our own" in words) == (shown, shown), name


def test_a_team_answer_is_for_the_team(as_, team):
    one = factories.question()
    Answer.objects.create(question=one, owner=team, answer="How we do it here.", accepted=True)
    assert "How we do it here." in text(as_("member").get(f"/questions/{one.pk}/answer/"))
    assert "How we do it here." not in text(as_("outsider").get(f"/questions/{one.pk}/answer/"))
    assert "How we do it here." not in text(as_("visitor").get(f"/questions/{one.pk}/answer/"))


def test_a_question_without_an_answer(as_):
    one = factories.question(answer="")
    assert "Nobody has written an answer yet." in text(as_("visitor").get(f"/questions/{one.pk}/answer/"))


def test_previous_next_and_back_keep_the_filter(as_):
    first, second, third = (factories.question(f"Question {at}", tags=["sql"]) for at in range(3))
    factories.question("Another")
    html = as_("visitor").get(f"/questions/{second.pk}/?tag=sql").content.decode()
    assert f'rel="prev" href="/questions/{first.pk}/?tag=sql"' in html
    assert f'rel="next" href="/questions/{third.pk}/?tag=sql"' in html
    assert f'<a href="/questions/?tag=sql#q{second.pk}">Back to the selection</a>' in html
    assert 'rel="next"' not in as_("visitor").get(f"/questions/{third.pk}/?tag=sql").content.decode()


def test_who_may_edit_is_led_to_the_admin(as_):
    one = factories.question()
    link = f'href="/admin/questions/question/{one.pk}/change/"'
    shown = {
        name: link in as_(name).get(f"/questions/{one.pk}/").content.decode()
        for name in ("member", "curator", "administrator")
    }
    assert shown == {"member": False, "curator": True, "administrator": True}


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_is_not_published_says_so(as_, status):
    one = factories.question(status=status)
    assert status.title() in text(as_("curator").get(f"/questions/{one.pk}/"))
    assert status.title() in text(as_("curator").get(f"/questions/?status={status}"))


def test_code_is_highlighted_and_nothing_unsafe_gets_through(as_):
    one = factories.question(answer="```python\nwith lock:\n    pass\n```\n\n<script>alert(1)</script>")
    html = as_("visitor").get(f"/questions/{one.pk}/answer/", headers=HTMX).content.decode()
    assert '<pre tabindex="0"><code class="language-python"><span class="k">with</span>' in html
    assert "<script" not in html


BY_ADDRESS = {
    "": 7,
    "?tag=sql": 7,
    "?set=mine": 7,
    "?sort=hard": 7,
    "?q=lock": 7,
    "?q=lock&progress=starred&difficulty=easy": 7,
    "answer/": 10,
    "answer/?tag=sql": 10,
}


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_queries_of_a_question_do_not_grow(as_, cast, address):
    one = factories.question(tags=["sql"], points=["One"], applies_to="Python 3.13", verified_on="2026-11-02")
    factories.question_set("mine", [one])
    factories.progress(cast["member"], one, starred=True)
    Flag.objects.create(user=cast["member"], question=one, kind="typo", text="Here.")
    client = as_("member")
    for more in range(2):
        client.get(f"/questions/{one.pk}/{address}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/questions/{one.pk}/{address}").status_code == 200
        assert len({query["sql"] for query in queries}) == len(queries) == BY_ADDRESS[address]
        for at in range(5):
            one.tags.add(f"tag {at} {more}")
            KeyPoint.objects.create(question=one, text=f"Point {at} {more}")
            origin = one.origins.create(source=factories.source(f"Notes {at}{more}"), key="x")
            Answer.objects.create(question=one, answer="Another view.", origin=origin)
            factories.question(f"Lock {at} {more}", tags=["sql"])


def test_home_of_a_visitor(as_, settings):
    html = as_("visitor").get("/").content.decode()
    assert 'href="/questions/">Browse the questions' in html
    assert "Create an account" not in html
    settings.SIGNUP = "open"
    assert "Create an account" in as_("visitor").get("/").content.decode()


def test_home_of_a_learner(as_, cast):
    first, second = factories.question("First", tags=["sql"]), factories.question("Second", tags=["sql"])
    client = as_("member")
    assert "2 new today" in text(client.get("/"))
    client.post(f"/questions/{first.pk}/mastered/", {"mastered": "1"})
    html = client.get("/").content.decode()
    assert "1 new today" in html and "1 of 2 mastered" in html
    assert '<progress aria-label="Mastered of sql" value="1" max="2">' in html
    client.post(f"/questions/{second.pk}/mastered/", {"mastered": "1"})
    assert "You have mastered all of them" in text(client.get("/"))


def test_home_without_questions(as_):
    assert "A curator has to publish some first." in text(as_("member").get("/"))
    assert "load_questions" in text(as_("curator").get("/"))
