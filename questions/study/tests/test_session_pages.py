"""Studying through the pages: starting, grading, the other acts, undo, resuming, the end."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import timezone

from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import HTMX, text
from questions.learner.context import learner_context
from questions.models import Act, InterviewPlan, KeyPoint, Progress, Question, Review, StudySession, StudySettings
from questions.scheduling.fsrs import NEW
from questions.study.tests.acting import master
from questions.tests import factories

FIELD = re.compile(r'name="(question|number|shown|act)" value="([^"]*)"')
REVEAL = re.compile(r'formaction="([^"]*/answer/[^"]*)"')
ANSWER = "The one who holds it."


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
    return [
        factories.question(title, tags=[tag], answer=ANSWER, points=["One thing", "Another thing"], difficulty=2)
        for title, tag in (("What is a lock?", "locks"), ("What is a join?", "sql"), ("What is a queue?", "queues"))
    ]


def learned(user, of, *, due=None, days=5):
    due = due or timezone.now() - timedelta(hours=1)
    last = due - timedelta(days=days)
    return factories.progress(user, of, state=2, stability=5.0, difficulty=5.0, due=due, last_review=last)


def begin(client, **options):
    """The address of a new session."""
    response = client.post("/study/", options)
    assert response.status_code == 302
    return response["Location"]


def fields(response):
    """What the form of a session's page would send."""
    return dict(FIELD.findall(html_of(response)))


def heading(response):
    return re.search(r"<h1[^>]*>([^<]+)</h1>", html_of(response))[1]


def send(client, path, act, *, page=None, **extra):
    sent = fields(page or client.get(path))
    return client.post(f"{path}{act}/", sent | extra, follow=True)


def test_the_start_says_what_waits(client, learner, library):
    learned(learner, library[0])
    page = text(client.get("/study/"))
    assert "Everything, due and new 1 due, 2 new today" in page
    assert "You began a session" not in page


def test_a_filter_is_a_link(client, learner, library):
    response = client.get("/study/?tag=sql&difficulty=medium&weak=1&shuffle=1&number=7&minutes=3&timer=0")
    html = html_of(response)
    assert "sql, medium, weak ones" in text(response)
    assert '<option value="sql" selected>sql</option>' in html and '<option value="medium" selected>' in html
    assert 'name="mode" value="weak" checked' in html
    assert 'name="number" min="1" max="500" inputmode="numeric" value="7"' in html
    assert 'name="shuffle" value="1" checked' in html and 'name="timer" value="1" checked' not in html


def test_choosing_answers_with_what_waits_and_the_address(client, library):
    sent = {"mode": "cram", "tag": "sql", "set": "", "number": "", "minutes": "9", "timer": ["0", "1"]}
    response = client.get("/study/", sent, headers=HTMX)
    assert response["HX-Replace-Url"] == "/study/?tag=sql&cram=1&minutes=9"
    assert "sql, cram 1 question to cram" in text(response) and b"<html" not in response.content


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, ("due", "", False, None, None)),
        ({"mode": "weak", "number": "9999"}, ("weak", "", False, 500, None)),
        ({"cram": "1", "tag": ["sql", "nonsense"], "shuffle": "1"}, ("cram", "tag=sql", True, None, None)),
        ({"mode": "nonsense", "minutes": "-4", "number": "x", "status": "draft"}, ("due", "", False, None, None)),
        ({"mode": "interview"}, ("due", "", False, None, None)),
        ({"minutes": "15", "timer": "0"}, ("due", "", False, None, 15)),
    ],
)
def test_a_session_is_as_asked(client, library, asked, kept):
    begin(client, **asked)
    row = StudySession.objects.get()
    assert (row.mode, row.query, row.shuffled, row.limit, row.minutes) == kept


def test_the_plan_is_what_a_learner_with_an_interview_studies(client, learner, library):
    tomorrow = timezone.now().date() + timedelta(days=3)
    InterviewPlan.objects.create(user=learner, day=tomorrow, query="tag=sql")
    assert "sql, for the interview 1 question for your interview today Not studied before." in text(
        client.get("/study/")
    )
    path = begin(client)
    row = StudySession.objects.get()
    assert (row.mode, row.query, row.chosen) == ("interview", "tag=sql", [library[1].pk])
    assert heading(client.get(path)) == "What is a join?"
    assert "Everything, due and new" in text(client.get("/study/?due=1"))
    assert "locks, due and new" in text(client.get("/study/?tag=locks"))


def test_the_answer_is_not_there_before_it_is_asked_for(client, library):
    path = begin(client)
    before = client.get(path)
    assert ANSWER not in before.content.decode() and "One thing" not in before.content.decode()
    assert "1 of 3, 0 min What is a lock? locks Medium New" in text(before)
    assert "a good answer makes 2 key points" in text(before)
    answer = client.get(f"{path}answer/{library[0].pk}/", headers=HTMX)
    assert ANSWER in text(answer) and b"<html" not in answer.content
    assert "Which of these did you say? One thing Another thing" in text(answer)
    assert "Again 1 min Hard 6 min Good 10 min Easy 8 days" in text(answer)
    assert 'data-suggestions="1,2,3"' in answer.content.decode()


def test_what_was_written_comes_back_beside_the_answer_and_is_kept_nowhere(client, library):
    path = begin(client)
    page = client.get(path)
    sent, reveal = fields(page), unescape(REVEAL.search(page.content.decode())[1])
    response = client.post(reveal, {"own": "A <b>door</b> with one key"})
    assert ANSWER in text(response)
    assert "readonly>A &lt;b&gt;door&lt;/b&gt; with one key</textarea>" in response.content.decode()
    assert fields(response) == sent
    assert (Act.objects.count(), Progress.objects.count()) == (0, 0)


def test_a_grade_is_stored_and_the_next_question_comes(client, learner, library):
    path = begin(client)
    page = client.get(path)
    point = KeyPoint.objects.filter(question=library[0]).first().pk
    foreign = KeyPoint.objects.filter(question=library[1]).first().pk
    after = send(client, path, "grade", page=page, rating="3", point=[point, foreign, "x"])
    assert after.redirect_chain == [(path, 302)]
    assert (heading(after), "1 of 3" in text(page), "2 of 3" in text(after)) == ("What is a join?", True, True)
    review = Review.objects.get()
    assert (review.user, review.number, review.rating, review.points) == (learner, 1, 3, [point])
    assert review.act.session == StudySession.objects.get()
    assert review.seconds == 0 and review.shown_at <= review.at


def test_in_place_a_grade_leads_to_the_next_question_alone(client, library):
    path = begin(client)
    sent = fields(client.get(path)) | {"rating": "4"}
    moved = client.post(f"{path}grade/", sent, headers=HTMX)
    assert (moved.status_code, moved["Location"], moved.content) == (302, path, b"")
    response = client.get(moved["Location"], headers=HTMX)
    assert response.content.strip().startswith(b'<div id="asked">')
    assert b"<html" not in response.content and response["Cache-Control"] == "no-store"
    assert heading(response) == "What is a join?"


@pytest.mark.parametrize(
    ("buttons", "ticked", "rating"), [(4, 0, 1), (4, 1, 2), (4, 2, 3), (2, 0, 1), (2, 1, 3), (2, 2, 3)]
)
def test_the_ticks_can_be_the_grade(client, learner, library, buttons, ticked, rating):
    StudySettings.objects.update(buttons=buttons)
    path = begin(client)
    points = list(KeyPoint.objects.filter(question=library[0]).values_list("pk", flat=True))
    foreign = KeyPoint.objects.filter(question=library[1]).first().pk
    send(client, path, "grade", rating="ticked", point=[*points[:ticked], foreign])
    review = Review.objects.get()
    assert (review.rating, review.points) == (rating, points[:ticked])


def test_without_key_points_there_is_no_grade_by_ticks(client, learner):
    asked = factories.question(answer=ANSWER)
    path = begin(client)
    assert b"ticked" not in client.get(f"{path}answer/{asked.pk}/").content
    assert client.post(f"{path}grade/", fields(client.get(path)) | {"rating": "ticked"}).status_code == 400
    assert not Review.objects.exists()


def test_a_note_is_written_from_the_session(client, learner, library):
    path, asked = begin(client), library[0]
    link = unescape(re.search(r'class="noting" href="([^"]*)"', html_of(client.get(path)))[1])
    form = client.get(link)
    assert "What is a lock?" in text(form) and b"<html" not in client.get(link, headers=HTMX).content
    back = re.search(r'name="next" value="([^"]*)"', form.content.decode())[1]
    assert back == f"{path}?question={asked.pk}"
    response = client.post(link, {"note": "x" * 20_001, "next": back})
    assert response.status_code == 422 and "at most 20000 characters" in text(response)
    response = client.post(link, {"note": "Mine.", "next": back}, follow=True)
    assert response.redirect_chain == [(f"{back}#note", 302)]
    assert heading(response) == "What is a lock?" and "Your note" in text(response)
    assert Progress.objects.get().note == "Mine."
    assert "Mine.</textarea>" in client.get(link, headers=HTMX).content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_second_click_on_a_grade_is_told_so_and_goes_on(client, library, headers):
    path = begin(client)
    sent = fields(client.get(path)) | {"rating": "3"}
    client.post(f"{path}grade/", sent)
    again = client.post(f"{path}grade/", sent | {"rating": "1"}, headers=headers, follow=True)
    assert "This question was graded already" in text(again)
    assert heading(again) == "What is a join?"
    assert list(Review.objects.values_list("rating", flat=True)) == [3]


@pytest.mark.parametrize("wrong", [{"rating": "5"}, {"rating": ""}, {"number": "x"}, {"rating": "-1"}])
def test_an_odd_grade_is_refused(client, library, wrong):
    path = begin(client)
    sent = fields(client.get(path)) | {"rating": "3"} | wrong
    assert client.post(f"{path}grade/", sent).status_code == 400
    assert not Review.objects.exists()


@pytest.mark.parametrize("question", ["", "0", "99999", "x", "9" * 30, "\u00b2"])
@pytest.mark.parametrize("act", ["grade", "skip", "bury", "mastered", "starred"])
def test_a_question_that_is_not_there_leads_to_the_next(client, library, question, act):
    path = begin(client)
    sent = {"question": question, "rating": "3", "number": "1"}
    response = client.post(f"{path}{act}/", sent, follow=True)
    assert response.redirect_chain == [(path, 302)]
    assert "That question was withdrawn meanwhile." in text(response) and heading(response) == "What is a lock?"
    assert heading(client.get(path, {"question": question})) == "What is a lock?"
    assert not Act.objects.exists()


def test_a_question_withdrawn_meanwhile_is_not_revealed(client, library):
    path = begin(client)
    Question.objects.filter(pk=library[0].pk).update(status="draft")
    address = f"{path}answer/{library[0].pk}/"
    assert client.get(address, headers=HTMX)["HX-Redirect"] == path
    response = client.get(address, follow=True)
    assert "That question was withdrawn meanwhile." in text(response) and heading(response) == "What is a join?"


def test_the_time_of_what_was_skipped_counts_too(client, learner, library):
    path = begin(client, minutes="5")
    for act, seconds in (("skip", 60), ("bury", 100), ("mastered", 140)):
        page = client.get(path)
        shown = timezone.now().timestamp() - seconds
        client.post(f"{path}{act}/", fields(page) | {"shown": str(shown), "mastered": "1"})
    assert list(Act.objects.order_by("pk").values_list("seconds", flat=True)) == [60, 100, 140]
    assert heading(client.get(path)) == "The session is over"


def test_a_session_that_runs_out_has_ended(client, learner, library):
    path = begin(client)
    master(user=learner, question=library[1], mastered=True)
    Question.objects.filter(pk=library[2].pk).update(status="retired")
    send(client, path, "grade", rating="4")
    assert StudySession.objects.get().ended_at
    assert "You began a session" not in text(client.get("/study/"))


def test_an_ended_session_goes_on(client, learner, library):
    path = begin(client)
    client.post(f"{path}end/")
    other = begin(client, tag="sql")
    assert "Go on with this session" in text(client.get(path)) and "Go on" not in text(client.get(other))
    response = client.post(f"{path}on/", follow=True)
    assert (response.redirect_chain, heading(response)) == ([(path, 302)], "What is a lock?")
    assert {row.pk: row.ended_at is None for row in StudySession.objects.all()} == {
        int(path.split("/")[2]): True,
        int(other.split("/")[2]): False,
    }


def test_a_star_without_a_script_keeps_the_answer_open(client, library):
    path = begin(client)
    page = client.get(unescape(REVEAL.search(client.get(path).content.decode())[1]))
    sent = dict(re.findall(r'name="(question|number|shown|revealed)" value="([^"]*)"', html_of(page)))
    response = client.post(f"{path}starred/", sent | {"starred": "1"}, follow=True)
    assert ANSWER in text(response) and fields(response) == fields(page) | {"act": str(Act.objects.get().pk)}


def test_with_two_buttons_the_ticks_say_what_they_suggest(client, learner, library):
    path = begin(client)
    address = f"{path}answer/{library[0].pk}/"
    assert "All of them suggest Good, half of them Hard, fewer Again." in text(client.get(address))
    StudySettings.objects.update(buttons=2)
    assert "Half of them or more suggest Good, fewer Again." in text(client.get(address))


def test_cramming_offers_nothing_that_touches_the_schedule(client, library):
    assert b"bury/" in client.get(begin(client)).content
    assert b"bury/" not in client.get(begin(client, mode="cram")).content


@pytest.mark.parametrize("act", ["skip", "bury", "mastered"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_undo_goes_back_to_the_question(client, library, act, headers):
    path = begin(client)
    sent = fields(client.get(path)) | {"mastered": "1"}
    after = client.post(f"{path}{act}/", sent, headers=headers, follow=True)
    assert heading(after) == "What is a join?"
    undone = client.post(f"{path}undo/", fields(after), headers=headers, follow=True)
    assert heading(undone) == "What is a lock?"
    row = Progress.objects.filter(question=library[0]).first()
    assert row is None or (row.mastered_at, row.buried_until) == (None, None)
    assert heading(client.get(path)) == "What is a lock?"


def test_the_end_says_what_comes_back_when(client, learner, library):
    path = begin(client)
    for rating in ("3", "4", "4"):
        send(client, path, "grade", rating=rating)
    client.post(f"{path}end/")
    calendar, now = learner_context(learner).calendar, timezone.now()
    soon, later = now + timedelta(minutes=10), now + timedelta(days=3)
    Progress.objects.filter(question=library[1]).update(due=later)
    days = [f"{day:%A}, {day.day} {day:%B}" for day in map(calendar.day, (soon, later))]
    first = "Later today" if calendar.day(soon) == calendar.day(now) else days[0]
    assert f"What comes next {first} 1 question {days[1]} 1 question" in text(client.get(path))


def test_undo_goes_back_any_number_of_grades(client, library):
    path = begin(client)
    page = client.get(path)
    asked = []
    for rating in ("4", "4", "4"):
        asked.append(heading(page))
        page = send(client, path, "grade", page=page, rating=rating)
    assert heading(page) == "You recalled everything"
    assert StudySession.objects.get().ended_at
    for title in reversed(asked):
        page = send(client, path, "undo", page=page)
        assert heading(page) == title
    assert StudySession.objects.get().ended_at is None
    assert 'value="" hidden>Undo' in html_of(page)
    assert not Review.objects.standing().exists()
    assert [row.memory for row in Progress.objects.all()] == [NEW] * 3


def test_undo_twice_says_so(client, library):
    path = begin(client)
    page = send(client, path, "grade", rating="3")
    sent = fields(page)
    client.post(f"{path}undo/", sent)
    again = client.post(f"{path}undo/", sent, follow=True)
    assert "That is undone already." in text(again)


def test_a_star_leaves_the_question_where_it_is(client, library):
    path = begin(client)
    sent = fields(client.get(path))
    star = client.post(f"{path}starred/", sent | {"starred": "1"}, headers=HTMX)
    html = html_of(star)
    assert 'aria-label="Star" value="0" aria-pressed="true">★</button>' in html
    assert f'name="act" value="{Act.objects.get().pk}" hx-swap-oob="true">Undo</button>' in html
    assert len(star.content) < 700 and ANSWER not in html
    assert Progress.objects.get(question=library[0]).starred
    plain = client.post(f"{path}starred/", sent | {"starred": "0"})
    assert plain["Location"] == f"{path}?question={library[0].pk}"
    assert not Progress.objects.get(question=library[0]).starred


def test_cram_asks_all_and_touches_no_schedule(client, learner, library):
    learned(learner, library[1], due=timezone.now() + timedelta(days=9))
    before = Progress.objects.get().memory
    path = begin(client, cram="1")
    page = client.get(path)
    answer = client.get(f"{path}answer/{library[0].pk}/", headers=HTMX)
    assert "Again Hard Good Easy Cramming leaves your schedule as it is." in text(answer)
    for rating in ("1", "3", "3"):
        page = send(client, path, "grade", page=page, rating=rating)
    assert "Recalled 2 Not recalled 1" in text(page)
    assert (Progress.objects.get().memory, Review.objects.count()) == (before, 0)


def test_a_session_is_resumed_from_anywhere(client, as_, library):
    path = begin(client, tag="sql")
    send(client, path, "star", starred="1")
    elsewhere = as_("member")
    start = elsewhere.get("/study/")
    assert "You began a session at" in text(start) and f'href="{path}">Resume' in html_of(start)
    assert heading(elsewhere.get(path)) == "What is a join?"
    ended = elsewhere.post(f"{path}end/", follow=True)
    assert heading(ended) == "The session is over"
    assert "You graded no question in it." in text(ended)
    assert "You began a session" not in text(client.get("/study/"))


def test_a_session_of_another_day_is_not_offered(client, library):
    begin(client)
    StudySession.objects.update(started_at=timezone.now() - timedelta(days=2))
    assert "You began a session" not in text(client.get("/study/"))


def test_nobody_else_gets_at_a_session(client, as_, library):
    path = begin(client)
    for name in ("outsider", "administrator"):
        other = as_(name)
        assert other.get(path).status_code == 404
        assert other.get(f"{path}answer/{library[0].pk}/").status_code == 404
        for act in ("grade", "skip", "bury", "mastered", "starred", "undo", "end"):
            assert other.post(f"{path}{act}/", {"question": library[0].pk}).status_code == 404, act
    assert client.get("/study/999999999999999999999/").status_code == 404
    assert StudySession.objects.get().ended_at is None


def test_a_lost_session_leads_back_to_the_page(as_, client, library):
    path = begin(client)
    lost = as_("visitor").post(f"{path}grade/", {"rating": "3"})
    assert lost["Location"] == f"/accounts/login/?next={path}"


def test_the_summary_says_what_was_and_what_comes(client, learner, library):
    path = begin(client, number="2")
    page = client.get(path)
    for rating in ("1", "4"):
        page = send(client, path, "grade", page=page, rating=rating)
    said = text(page)
    assert heading(page) == "What is a lock?" and "Once more, 2 of 2 done" in said
    said = text(page := send(client, path, "grade", page=page, rating="4"))
    assert heading(page) == "That was the session"
    assert "Recalled 1 Not recalled 1 Minutes 0" in said
    assert f'<a href="/questions/{library[0].pk}/">What is a lock?</a>' in page.content.decode()
    assert '<a class="btn best" href="/study/?due=1&amp;number=2">' in page.content.decode()
    assert "Still waiting today: 1 new." in said
    assert StudySession.objects.get().ended_at


def test_nothing_to_study(client, learner, library):
    for one in library:
        learned(learner, one, due=timezone.now() + timedelta(days=6), days=9)
    assert "Nothing is due The next question comes back in 6 days." in text(client.get("/study/"))
    page = client.get(begin(client))
    assert heading(page) == "Nothing to ask now"
    Progress.objects.update(mastered_at=timezone.now())
    caches["local"].clear()
    master(user=learner, question=library[0], mastered=False)
    master(user=learner, question=library[0], mastered=True)
    assert "You have mastered all of them" in text(client.get("/study/"))


@pytest.mark.parametrize(("name", "words"), [("member", "A curator has to"), ("curator", "load_questions")])
def test_without_any_question(as_, cast, name, words):
    assert words in text(as_(name).get("/study/"))


def test_two_buttons_for_those_who_prefer(client, learner, library):
    StudySettings.objects.update(buttons=2)
    path = begin(client)
    answer = client.get(f"{path}answer/{library[0].pk}/", headers=HTMX)
    assert "Again 1 min Good 10 min" in text(answer) and "Easy" not in text(answer)
    assert 'data-suggestions="1,3,3"' in answer.content.decode()


def test_the_time_can_be_hidden(client, learner, library):
    assert 'class="timer"' in client.get(begin(client)).content.decode()
    assert 'class="timer"' not in client.get(begin(client, timer="0")).content.decode()
    StudySettings.objects.update(timer=False)
    assert 'class="timer"' not in client.get(begin(client)).content.decode()


def test_a_time_box_counts_minutes(client, library):
    path = begin(client, minutes="10")
    html = client.get(path).content.decode()
    assert '<progress value="0" max="600" aria-label="Session">' in html and "of 10 min" in html


def test_the_browser_says_the_time_zone_once(as_, cast, library):
    client = as_("outsider")
    assert 'name="time_zone"' in client.get("/study/").content.decode()
    begin(client, time_zone="Nowhere/Land")
    assert not StudySettings.objects.exists()
    begin(client, time_zone="Asia/Tokyo")
    begin(client, time_zone="Europe/Berlin")
    assert StudySettings.objects.get(user=cast["outsider"]).time_zone == "Asia/Tokyo"
    assert 'name="time_zone"' not in client.get("/study/").content.decode()


def test_settings(client, learner):
    assert client.get("/study/settings/").status_code == 200
    wanted = {
        "new_per_day": 4,
        "reviews_per_day": 50,
        "retention": 0.85,
        "buttons": 2,
        "time_zone": "Asia/Tokyo",
        "day_start": 3,
    }
    response = client.post("/study/settings/", wanted, follow=True)
    assert "Saved." in text(response)
    assert StudySettings.objects.values(*wanted, "timer", "fuzz").get() == wanted | {"timer": False, "fuzz": False}
    refused = client.post("/study/settings/", wanted | {"retention": "1.2", "time_zone": "Mars"})
    assert refused.status_code == 422
    assert "less than or equal to 0.97" in text(refused) and "There is no time zone of this name." in text(refused)
    learner.study_settings.refresh_from_db()
    assert learner.study_settings.retention == 0.85


def test_the_front_page_leads_to_what_is_due(client, learner, library):
    assert "3 new today Nothing is due. Study" in text(client.get("/"))
    learned(learner, library[1])
    after = client.get("/")
    assert "1 due, 2 new today Due ones come first. Study" in text(after)
    assert '<a class="btn best" href="/study/">Study</a>' in after.content.decode()


@pytest.mark.parametrize("due", [3, 12])
@pytest.mark.parametrize("query", [{}, {"tag": "python"}])
def test_queries_do_not_grow(client, learner, due, query, django_assert_num_queries):
    made = factories.questions(due + 3, tags=["python"], points=["One", "Two"])
    for one in made[:due]:
        learned(learner, one)
    client.get("/study/", query)
    with django_assert_num_queries(6):
        client.get("/study/", query)
    path = begin(client, **query)
    page = send(client, path, "grade", rating="3")
    with django_assert_num_queries(9):
        client.get(path)
    with django_assert_num_queries(8):
        client.get(f"{path}answer/{fields(page)['question']}/", headers=HTMX)
    # Of which two begin and end the transaction.
    with django_assert_num_queries(14):
        client.post(f"{path}grade/", fields(page) | {"rating": "3"}, headers=HTMX)


def test_lists_and_sets_lead_to_their_sessions(client, as_, library):
    factories.question_set("week", library)
    assert '<a class="studied" href="/study/">Study these</a>' in html_of(client.get("/questions/"))
    html = html_of(client.get("/questions/?tag=sql&difficulty=medium"))
    assert '<a class="studied" href="/study/?tag=sql&amp;difficulty=medium">Study these</a>' in html
    assert 'href="/study/?set=week">Study this set</a>' in client.get("/sets/week/").content.decode()
    for path in ("/questions/", "/sets/week/"):
        assert "/study/" not in as_("visitor").get(path).content.decode()
