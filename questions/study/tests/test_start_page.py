"""What the start of a session, the front page and the summary say waits, and whether a session asks just that."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import expect

from prep.tests.pages import html_of
from questions.catalogue.selection import everything
from questions.catalogue.tests.test_question_list import HTMX, text
from questions.learner.context import learner_context
from questions.models import InterviewPlan, Progress, Question, Review, StudySession, StudySettings
from questions.study.due_counts import coming
from questions.study.options import LONGEST, SessionOptions, options_of
from questions.study.tests.acting import bury, grade, master, next_number, star
from questions.study.tests.test_session_pages import begin, heading, learned, send
from questions.tests import factories

PAGES = ("/", "/study/")


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def learner(cast):
    StudySettings.objects.create(user=cast["member"], fuzz=False)
    return cast["member"]


@pytest.fixture
def client(as_, learner):
    return as_("member")


@pytest.fixture
def library(db):
    titles = (("What is a lock?", "locks"), ("What is a join?", "sql"), ("What is a queue?", "queues"))
    return [factories.question(title, tags=[tag], difficulty=2) for title, tag in titles]


@pytest.fixture
def plan(learner):
    return InterviewPlan.objects.create(
        user=learner, day=timezone.now().date() + timedelta(days=3), query="tag=sql", minutes=30
    )


def adjust(learner, **settings):
    StudySettings.objects.filter(user=learner).update(**settings)


def card(response):
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r'<section class="next".*?</section>', html, re.S)[0]).split())


def modes(response):
    return re.findall(r'name="mode" value="(\w+)"( checked)?', html_of(response))


@pytest.mark.parametrize("asked", [{"set": "week", "interview": "1"}, {"mode": "interview", "set": "week"}])
def test_who_chooses_questions_leaves_the_plan_aside(client, library, plan, asked):
    factories.question_set("week", library[:1], title="Week")
    page = client.get("/study/", asked)
    assert "Week, due and new 1 new today" in card(page)
    assert modes(page) == [("due", " checked"), ("weak", ""), ("cram", "")]
    assert '<a href="/study/?interview=1">Go back to your interview plan</a>' in page.content.decode()
    begin(client, **asked)
    row = StudySession.objects.get()
    assert (row.mode, row.query, row.chosen) == ("due", "set=week", [library[0].pk])


def test_in_place_the_way_follows_the_filter(client, library, plan):
    response = client.get("/study/", {"mode": "interview", "tag": "locks"}, headers=HTMX)
    assert response["HX-Replace-Url"] == "/study/?tag=locks&due=1"
    assert 'id="ways" hx-swap-oob="true"' in html_of(response)
    assert modes(response)[0] == ("due", " checked")
    back = client.get("/study/", {"mode": "interview", "tag": ""}, headers=HTMX)
    assert back["HX-Replace-Url"] == "/study/?interview=1"
    assert modes(back)[-1] == ("interview", " checked")
    assert "1 question for your interview today" in card(back)


def test_the_same_number_is_due_everywhere(client, learner):
    adjust(learner, reviews_per_day=3, new_per_day=0)
    made = factories.questions(8)
    for one in made:
        learned(learner, one)
    Progress.objects.filter(question=made[7]).update(buried_until=timezone.now() + timedelta(hours=1))
    review(learner, made[7], days=1)
    for path in PAGES:
        assert "3 due today" in card(client.get(path))
        assert "4 more are due, over today's limit of 3 reviews." in text(client.get(path))
    assert "Due today 3 questions" in text(client.get("/progress/"))
    for one in made[:3]:
        review(learner, one)
    for path in PAGES:
        assert "Done for today Today's limit of 3 reviews is reached; 4 more wait." in text(client.get(path))
        assert "Nothing is due" not in text(client.get(path))
    assert "Due today 0 questions" in text(client.get("/progress/"))


def review(user, question, *, days=0):
    number = next_number(user, question)
    at = timezone.now() - timedelta(days=days)
    grade(user=user, question=question, number=number, rating=3, now=at)


def test_more_than_the_limits_is_a_button_and_a_link(client, learner):
    adjust(learner, reviews_per_day=1, new_per_day=2)
    made = factories.questions(20)
    for one in made[:3]:
        learned(learner, one)
    start = client.get("/study/")
    assert '<button class="btn" form="start" name="more" value="1">Go beyond: 3 due, 12 new</button>' in (
        start.content.decode()
    )
    page = client.get("/study/?more=1")
    assert "3 due, 12 new today Due ones come first. It goes beyond the limits of a day." in card(page)
    assert 'name="more" value="1" checked' in page.content.decode()
    begin(client, more="1", timer="0")
    session = StudySession.objects.get()
    assert (session.query, session.expected, len(session.chosen)) == ("", 15, 12)
    assert (session.more, session.timer) == (True, False)
    assert options_of(session) == SessionOptions("due", timer=False, more=True)


def test_beyond_the_limit_all_that_is_due_is_asked(client, learner):
    adjust(learner, reviews_per_day=1, new_per_day=0)
    for one in factories.questions(3):
        learned(learner, one)
    assert "reached; 2 more wait." in text(send(client, begin(client), "grade", rating="4"))
    path = begin(client, more="1")
    for _ in range(2):
        page = send(client, path, "grade", rating="4")
    assert heading(page) == "You recalled everything" and Review.objects.count() == 3


def test_more_new_ones_after_those_of_the_day(client, learner):
    adjust(learner, new_per_day=1)
    made = factories.questions(6)
    page = send(client, begin(client), "grade", rating="4")
    assert "Today's limit of 1 new question is reached." in text(page)
    assert '<a class="btn" href="/study/?due=1&amp;more=1">5 more new ones</a>' in page.content.decode()
    for path in PAGES:
        assert "Nothing is due The next question comes back" in text(client.get(path))
        assert "5 more new ones" in card(client.get(path))
    assert "Start" not in card(client.get("/study/"))
    begin(client, more="1")
    assert StudySession.objects.latest("pk").chosen == [one.pk for one in made[1:]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("weak=1", "Nothing to recall yet"),
        ("progress=starred", "No question here Nothing matches these conditions."),
        ("progress=starred&weak=1", "No question here Nothing matches these conditions."),
        ("progress=mastered", "No question here Nothing matches these conditions."),
        ("cram=1&number=2", "2 questions to cram Each is asked once, and your schedule stays as it is: 2 of 3."),
        ("cram=1", "3 questions to cram Each is asked once, and your schedule stays as it is."),
        ("number=2", "3 new today Nothing is due. The session ends after 2 questions."),
        ("number=2&minutes=1", "The session ends after 2 questions or 1 minute."),
    ],
)
def test_the_start_says_what_a_session_asks(client, library, query, said):
    assert said in text(client.get(f"/study/?{query}"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Everything, due and new"),
        ("progress=starred", "Starred questions, due and new"),
        ("difficulty=medium&progress=new&cram=1", "Medium new questions, cram"),
        ("q=lock", "Questions, “lock”, due and new"),
        ("tag=sql&difficulty=medium", "sql, medium, due and new"),
    ],
)
def test_what_is_studied_in_words(client, library, query, words):
    assert f'<p id="about">{words}</p>' in client.get(f"/study/?{query}").content.decode()


def test_weak_ones_are_counted_as_they_are_asked(client, learner):
    for one in factories.questions(23):
        learned(learner, one, due=timezone.now() + timedelta(days=9), days=12)
    assert "20 weak questions" in card(client.get("/study/?weak=1"))
    assert "20, unless you say how many" in text(client.get("/study/"))
    assert "22 weak questions" in card(client.get("/study/?weak=1&number=22"))
    Progress.objects.filter(pk__in=Progress.objects.values("pk")[:5]).update(mastered_at=timezone.now())
    assert "18 weak questions" in card(client.get("/study/?weak=1"))
    begin(client, weak="1")
    assert len(StudySession.objects.get().chosen) == 18


def test_marked_questions_that_are_mastered_are_not_asked(client, learner, library):
    master(user=learner, question=library[0], mastered=True)
    assert "You have mastered all of them" in card(client.get("/study/?progress=mastered"))
    star(user=learner, question=library[1], starred=True)
    assert "1 new today" in card(client.get("/study/?progress=starred"))


def test_a_new_one_that_is_buried_is_not_counted_and_not_asked(client, learner, library):
    bury(user=learner, question=library[0])
    assert "2 new today" in card(client.get("/study/"))
    begin(client)
    assert StudySession.objects.get().chosen == [library[1].pk, library[2].pk]


def test_what_is_buried_comes_back_tomorrow(client, learner, library):
    learned(learner, library[1])
    bury(user=learner, question=library[1])
    assert "Nothing is due The next question comes back tomorrow." in card(client.get("/study/?tag=sql"))


def test_the_plan_says_what_it_asks_today(client, learner, plan):
    made = factories.questions(24, tags=["sql"])
    factories.question(tags=["other"])
    for one in made[:2]:
        learned(learner, one)
    asked = card(client.get("/study/"))
    begin(client)
    number = len(StudySession.objects.get().chosen)
    assert f"sql, for the interview {number} questions for your interview today" in asked
    assert f"{number} questions for your interview today" in card(client.get("/study/?interview=1"))
    StudySession.objects.all().delete()
    assert f"{number} questions for your interview today" in card(client.get("/"))
    assert '<a class="btn best" href="/study/">Study for the interview</a>' in client.get("/").content.decode()


def test_a_plan_without_questions_says_so(client, library, plan):
    InterviewPlan.objects.update(query="progress=starred")
    assert "No question here Nothing matches your interview plan. Change the plan" in card(client.get("/study/"))
    assert "Your plan asks nothing more today" in card(client.get("/"))
    assert '<a class="btn best" href="/study/?due=1">Study what is due</a>' in client.get("/").content.decode()


def test_after_the_plan_the_summary_is_about_the_plan(client, learner, library, plan):
    InterviewPlan.objects.update(query="")
    path = begin(client)
    page = send(client, path, "grade", rating="4")
    ended = client.post(f"{path}end/", follow=True)
    assert heading(page) != "That was the session" == heading(ended)
    assert "What comes next 2 questions for your interview today. Not studied before." in text(ended)
    assert "Still waiting" not in text(ended)
    plan.delete()
    assert "for your interview today" not in text(client.get(path))


def test_everything_is_recalled_when_all_was_asked(client, library):
    path = begin(client)
    send(client, path, "grade", rating="4")
    assert heading(client.post(f"{path}end/", follow=True)) == "That was the session"
    path = begin(client, number="1")
    assert heading(send(client, path, "grade", rating="4")) == "You recalled everything"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"weak": "1"}, "Everything, weak ones: you have graded none of it before, or it is mastered or buried."),
        ({"cram": "1", "progress": "starred"}, "there is no such question."),
        ({"interview": "1"}, "for the interview: the plan asked nothing more that day."),
        ({"tag": "sql"}, "sql, due and new: nothing of it is due, and nothing new is left for today."),
    ],
)
def test_the_summary_of_a_session_without_a_question(client, learner, library, plan, asked, said):
    InterviewPlan.objects.update(query="progress=starred")
    bury(user=learner, question=library[1])
    page = client.get(begin(client, **asked))
    assert heading(page) == "Nothing to ask now" and said in text(page)
    assert "You graded no question" not in text(page)


@pytest.mark.parametrize("mode", ["due", "cram"])
def test_a_set_is_asked_in_its_order(client, mode):
    one, two, three, other = (factories.question(f"Case {at}", tags=["sql"]) for at in range(4))
    between = factories.question("Other topic", tags=["git"])
    factories.question_set("first", [three, one, between, two])
    factories.question_set("second", [two, three, other, one])
    begin(client, mode=mode, set="first", tag="sql")
    assert StudySession.objects.get().chosen == [three.pk, one.pk, two.pk]
    begin(client, mode=mode, set="second")
    assert StudySession.objects.latest("pk").chosen == [two.pk, three.pk, other.pk, one.pk]


@pytest.mark.parametrize("shuffle", ["", "1"])
@pytest.mark.parametrize("mode", ["due", "cram"])
def test_no_session_is_longer_than_a_sitting(client, learner, mode, shuffle):
    adjust(learner, new_per_day=32_767)
    many = range(LONGEST + 30)
    Question.objects.bulk_create(Question(title=f"Case {at}", key=f"case-{at}", status="published") for at in many)
    begin(client, mode=mode, shuffle=shuffle, more="1")
    session = StudySession.objects.get()
    assert len({*session.chosen}) == session.expected == LONGEST
    StudySession.objects.all().delete()
    assert f"{LONGEST} new today" in card(client.get("/"))


def test_the_front_page_resumes_the_session(client, library):
    path = begin(client)
    html = client.get("/").content.decode()
    assert f'<a class="btn best" href="{path}">Resume the session</a>' in html
    assert "A session is under way You began it at" in card(client.get("/"))
    start = client.get("/study/")
    assert start.content.decode().count("btn best") == 1
    assert "Starting another session ends the one under way. Start another" in card(start)
    StudySession.objects.update(started_at=timezone.now() - timedelta(days=2))
    assert "3 new today" in card(client.get("/"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"number": "0"}, "A session has from 1 to 500 questions."),
        ({"number": "999"}, "A session has from 1 to 500 questions."),
        ({"minutes": "241"}, "A session has from 1 to 240 minutes."),
        ({"minutes": "-1", "number": "12"}, "A session has from 1 to 240 minutes."),
    ],
)
def test_a_number_that_cannot_be_is_told_at_once(client, library, sent, said):
    assert said in card(client.get("/study/", sent, headers=HTMX))
    assert "A session has" not in card(client.get("/study/", {"number": "500", "minutes": ""}, headers=HTMX))
    assert "novalidate" in client.get("/study/").content.decode()


@pytest.mark.parametrize("planned", [False, True])
@pytest.mark.parametrize("path", ["/", "/study/", "/study/?weak=1", "/study/?cram=1", "/study/?due=1&more=1"])
def test_few_queries_for_any_number(client, learner, path, planned):
    if planned:
        InterviewPlan.objects.create(user=learner, day=timezone.now().date() + timedelta(days=3))

    def count():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        statements = [query["sql"] for query in queries]
        assert len(set(statements)) == len(statements) <= 10
        return len(statements)

    made = factories.questions(3, tags=["sql"])
    learned(learner, made[0])
    first = count()
    for one in factories.questions(12, tags=["sql", "git"])[:9]:
        learned(learner, one)
    assert count() == first


@pytest.mark.parametrize("javascript", [True, False])
def test_choosing_beside_a_plan(new_page, sign_in, cast, javascript):
    page = new_page(javascript=javascript)
    caches["local"].clear()
    StudySettings.objects.create(user=cast["member"], fuzz=False, new_per_day=1)
    for tag in ("locks", "sql"):
        factories.questions(3, tags=[tag])
    InterviewPlan.objects.create(user=cast["member"], day=timezone.now().date() + timedelta(days=3), query="tag=sql")
    sign_in(page, "member")
    page.goto("/study/")
    page.get_by_text("Choose what and how").click()
    page.get_by_label("Tag").select_option("locks")
    if javascript:
        expect(page.locator("#about")).to_have_text("locks, due and new")
        expect(page.get_by_label("Due, then new")).to_be_checked()
        page.get_by_label("Questions at most").fill("0")
        page.get_by_label("Minutes at most").fill("5")
        expect(page.get_by_text("A session has from 1 to 500 questions.")).to_be_visible()
    page.get_by_role("button", name="Start with these").click()
    expect(page.locator(".session .about")).to_have_text("locks, due and new")
    page.get_by_role("button", name="End the session").click()
    page.get_by_role("link", name="Another session").click()
    page.get_by_label("Beyond the limits of a day").check()
    page.get_by_role("button", name="Start with these").click()
    expect(page.get_by_role("button", name="Reveal answer")).to_be_visible()
    assert len(StudySession.objects.latest("pk").chosen) == 3


def test_a_plan_asks_nothing_that_is_buried(client, learner, plan):
    new, known = factories.questions(2, tags=["sql"])
    learned(learner, known)
    assert "2 questions for your interview today" in card(client.get("/study/"))
    for each in (new, known):
        bury(user=learner, question=each)
    for path in PAGES:
        assert "Your plan asks nothing more today" in card(client.get(path))
    begin(client)
    assert StudySession.objects.get().chosen == []
    Progress.objects.update(buried_until=timezone.now())
    assert "2 questions for your interview today" in card(client.get("/study/"))


def test_on_the_day_the_front_page_leads_to_the_sheet(client, learner, library, plan):
    InterviewPlan.objects.update(day=learner_context(learner).wall_date)
    page = client.get("/")
    assert "The day of your interview Read the sheet once more, and then rest. Open the sheet" in card(page)
    assert 'href="/study/sheet/"' in page.content.decode()


def test_the_sheet_alone_announces_no_interview(client, library):
    assert "Interview today" not in text(client.get("/study/sheet/"))


def test_what_comes_back_leaves_out_what_is_buried_or_gone(client, learner, library):
    now = timezone.now()
    soon = now + timedelta(minutes=1)
    for each in library:
        learned(learner, each, due=soon)
    Progress.objects.filter(question=library[1]).update(buried_until=now + timedelta(days=2))
    Question.objects.filter(pk=library[2].pk).update(status="retired")
    context = learner_context(learner, now)
    found, calendar = dict(coming(context, everything(learner).scope)), context.calendar
    assert found == {calendar.day(soon): 1, calendar.day(now + timedelta(days=2)): 1}


def test_what_was_put_aside_is_no_part_of_the_session(client, learner, library):
    path = begin(client)
    assert "1 of 3" in text(client.get(path))
    assert "1 of 2" in text(send(client, path, "skip"))
    send(client, path, "bury")
    assert "1 of 1" in text(client.get(path))
    assert heading(send(client, path, "grade", rating="4")) == "You recalled everything"
