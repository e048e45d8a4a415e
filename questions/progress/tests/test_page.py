"""The page /progress/ and what it says."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prep.tests.pages import html_of
from questions.catalogue.listing import listing_of
from questions.learner.context import learner_context
from questions.models import InterviewPlan, Parameters, Progress, Review, StudySettings
from questions.progress import coverage
from questions.study.tests.acting import grade
from questions.study.undo import last_act, undo
from questions.tests import factories

PATH = "/progress/"


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def member(cast):
    return cast["member"]


def review(user, questions, *, days=0, rating=3, stability=None, seconds=60):
    """One review of each question, so many days ago."""
    parameters, at = Parameters.stored([0.1] * 21), timezone.now() - timedelta(days=days)
    for question in questions:
        of = Progress.objects.get_or_create(user=user, question=question)[0]
        Progress.objects.filter(pk=of.pk).update(last_review=at, due=at + timedelta(days=days + 2))
        Review.objects.create(
            user=user, progress=of, number=of.reviews.count() + 1, rating=rating, at=at, seconds=seconds, due_after=at,
            state_before=None if stability is None else 2, stability_before=stability, parameters=parameters,
        )  # fmt: skip


def text(response):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def test_the_first_day_is_friendly(as_, member):
    factories.question(tags=["sql"])
    page = as_("member").get(PATH)
    assert "Nothing to count yet" in text(page)
    assert 'href="/study/"' in page.content.decode()
    assert "Coverage by tag" in text(page) and "sql 0 0 1" in text(page)
    assert "Streak" not in text(page)


def test_an_empty_library_has_a_page_too(as_):
    page = as_("member").get(PATH)
    assert "0 of 0 mastered" in text(page) and "Coverage" not in text(page)


def test_every_figure_says_in_words_what_it_means(as_, member):
    made = factories.questions(20, tags=["sql"])
    review(member, made, days=3)
    review(member, made[:18], days=1, stability=5, seconds=30)
    review(member, made[18:], days=1, stability=30, rating=1)
    shown = text(as_("member").get(PATH))
    for sentence in (
        "You gave 40 answers on 2 days of the last year.",
        "In the last 30 days you recalled 18 of 20 that came back: 90%.",
        "That is about what you aim for: the schedule fits your memory.",
        "Of young memories, made to last less than 21 days, you recalled 100%; of mature ones 0%.",
        "The line across the chart is your aim, 90%.",
        "0 questions come back today; 20 within 30 days.",
        "You studied 31 min in the last 30 days, and 31 min in the last year.",
        "On a day with study that is 16 min.",
        "No question was forgotten 4 times within a year.",
        "2 days Study today to go on. One day off does not end it, two do.",
    ):
        assert sentence in shown


@pytest.mark.parametrize(
    ("right", "desired", "sentence"),
    [
        (19, 0.8, "That is more than you aim for"),
        (12, 0.9, "That is less than you aim for"),
        (17, 0.9, "That is less than you aim for"),
        (18, 0.9, "That is about what you aim for"),
    ],
)
def test_retention_is_compared_with_the_aim(as_, member, right, desired, sentence):
    StudySettings.objects.create(user=member, retention=desired)
    made = factories.questions(20)
    review(member, made[:right], stability=5)
    review(member, made[right:], stability=5, rating=1)
    assert sentence in text(as_("member").get(PATH))


def test_few_recalls_are_not_judged(as_, member):
    review(member, factories.questions(3), stability=5, rating=1)
    shown = text(as_("member").get(PATH))
    assert "So few say little yet." in shown and "you aim for:" not in shown


def test_every_chart_has_a_text_and_a_table(as_, member):
    made = factories.questions(4, tags=["sql"])
    review(member, made, stability=5)
    InterviewPlan.objects.create(
        user=member, day=timezone.now().date(), readiness={"2026-03-01": 0.25, "2026-03-09": 0.5}
    )
    page = as_("member").get(PATH)
    html = html_of(page)
    charts = re.findall(r"<svg[^>]*>", html)
    assert len(charts) == 7
    assert [chart for chart in charts if 'role="img" aria-label="' not in chart] == ['<svg viewBox="0 0 58 10">']
    assert html.count("as a table</summary>") == 5
    assert "style=" not in html and "<style" not in html
    assert "9 March 2026 50% 1 March 2026 25%" in text(page)
    assert "On 9 March 2026 you were predicted to recall 50% at the interview" in text(page)


def test_coverage_counts_seen_and_mastered_of_all(cast, member, team):
    made = [factories.question(f"Sql {at}", tags=["sql", *(["locks"] if at else [])]) for at in range(4)]
    draft = factories.question("Draft", tags=["sql"], status="draft")
    factories.question("Ours", tags=["ours"], owner=team)
    factories.question_set("all", [*made, draft], title="All")
    factories.question_set("none", [draft], title="None")
    now = timezone.now()
    factories.progress(member, made[0], mastered_at=now)
    factories.progress(member, made[1], last_review=now)
    factories.progress(member, made[2], starred=True)
    factories.progress(member, draft, mastered_at=now)
    factories.progress(cast["curator"], made[3], mastered_at=now)
    learner, listing = learner_context(member), listing_of(member, QueryDict())
    tags = coverage.by_tag(learner, listing)
    assert [(tag.name, tag.total, tag.seen, tag.mastered) for tag in tags] == [
        ("sql", 4, 2, 1), ("locks", 3, 1, 0), ("ours", 1, 0, 0)
    ]  # fmt: skip
    assert (tags[0].percent, tags[0].href) == (50, "/questions/?tag=sql")
    sets = coverage.by_set(learner, listing)
    assert [(each.name, each.total, each.seen, each.mastered) for each in sets] == [("All", 4, 2, 1)]


def test_what_is_remembered_follows_what_the_learner_does(as_, member):
    made = factories.questions(2, tags=["sql"])
    factories.question_set("first", made, title="First")
    for days in range(1, 5):
        review(member, made[:1], days=days, rating=1, stability=5)
    client = as_("member")
    shown = text(client.get(PATH))
    assert "sql 1 0 2" in shown and "First 1 0 2" in shown and "4 times" in shown
    client.post(f"/questions/{made[0].pk}/mastered/", {"mastered": "1"})
    shown = text(client.get(PATH))
    assert "sql 1 1 2" in shown and "First 1 1 2" in shown and "4 times" not in shown.replace("forgotten 4 times", "")


def test_the_year_is_read_again_once_something_is_graded(as_, member):
    one, two = factories.questions(2)
    client = as_("member")
    for number, question in enumerate((one, two), start=1):
        grade(user=member, question=question, number=1, rating=3)
        said = f"You gave {number} answer{'s' * (number > 1)} on 1 day of the last year."
        assert said in text(client.get(PATH)) and said in text(client.get(PATH))
    undo(user=member, act_id=last_act(member).pk)
    assert "You gave 1 answer on 1 day" in text(client.get(PATH))


def test_leeches_lead_to_their_questions(as_, member):
    one = factories.question("How do you forget?")
    for days in range(4):
        review(member, [one], days=days, rating=1, stability=5)
    page = as_("member").get(PATH)
    assert f'<a href="/questions/{one.pk}/">How do you forget?</a> <span>4 times</span>' in html_of(page)


def test_the_same_queries_for_any_number_of_rows(as_, member, team):
    client = as_("member")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PATH).status_code == 200
        statements = [query["sql"] for query in queries]
        assert len(set(statements)) == len(statements)
        return len(statements)

    made = factories.questions(1, tags=["sql"])
    factories.question_set("first", made)
    for days in range(4):
        review(member, made, days=days, rating=1, stability=5)
    client.get(PATH)
    one = count()
    made += factories.questions(19, tags=["sql", "locks"])
    for at in range(10):
        factories.question_set(f"set-{at}", made, owner=team if at % 2 else None)
    for days in range(4):
        review(member, made, days=days, rating=1, stability=5)
    client.get(PATH)
    assert one == count() == 7
