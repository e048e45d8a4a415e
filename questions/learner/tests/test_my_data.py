"""One's own data: taken away whole, and deleted with the account."""

import csv
import io
import json
import re
import threading
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client

from accounts.models import Membership, User
from prep.tests.cast import PASSWORD
from questions.learner import leaving, my_data
from questions.models import (
    Act,
    Answer,
    Flag,
    InterviewPlan,
    Learner,
    Parameters,
    PendingUpload,
    Progress,
    Question,
    Reminder,
    Review,
    StudySession,
    StudySettings,
)
from questions.tests import factories

PATH, DELETE = "/progress/data/", "/progress/data/delete/"
POINTS = ["It waits", "¿Fair?"]
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def member(cast):
    return cast["member"]


def belong(user, question):
    """Something of each kind that is a learner's."""
    progress = factories.progress(user, question, note='Say "lock", then\nwait; =1+1', starred=True, mastered_at=NOON,
                                  state=2, stability=1.5, due=NOON, last_review=NOON)  # fmt: skip
    session = StudySession.objects.create(user=user, query="tag=sql", limit=20, started_at=NOON)
    act = session.acts.create(user=user, question=question, kind="grade", at=NOON, rating=3)
    points = [point.pk for point in question.key_points.all()]
    Review.objects.create(
        user=user, progress=progress, number=1, act=act, rating=3, at=NOON, seconds=12, points=points,
        due_after=NOON + timedelta(days=3), parameters=Parameters.stored([0.1] * 21),
    )  # fmt: skip
    Flag.objects.create(user=user, question=question, kind="typo", text="Teh lock.")
    StudySettings.objects.create(user=user, time_zone="Europe/Berlin")
    InterviewPlan.objects.create(user=user, day=NOON.date(), since=NOON, readiness={"2026-05-01": 0.5})
    Reminder.objects.create(user=user, hour=7)
    Learner.objects.create(user=user)


def body(response):
    return b"".join(response.streaming_content)


def test_json_has_everything(as_, member, cast):
    question = factories.question("Why a lock?", points=POINTS)
    belong(member, question)
    belong(cast["outsider"], question)
    response = as_("member").get("/progress/data/prep.json")
    assert response["Content-Type"] == "application/json"
    assert re.fullmatch(r'attachment; filename="prep-\d{4}-\d\d-\d\d\.json"', response["Content-Disposition"])
    data = json.loads(body(response))
    where = {"number": question.pk, "id": question.key, "title": "Why a lock?"}
    assert data["account"].pop("exported_at") and data["account"].pop("date_joined")
    assert data["account"] == {
        "username": "member", "name": "", "email": "member@example.org", "reminder_hour": 7,
        "settings": {"retention": 0.9, "new_per_day": 10, "reviews_per_day": 200, "fuzz": True, "buttons": 4,
                     "timer": True, "time_zone": "Europe/Berlin", "day_start": 4},
        "interview_plan": {"day": "2026-05-04", "query": "", "minutes": 30, "since": "2026-05-04T12:00:00+00:00",
                           "readiness": {"2026-05-01": 0.5}},
    }  # fmt: skip
    assert data["notes"] == [where | {"note": 'Say "lock", then\nwait; =1+1'}]
    noon = "2026-05-04T12:00:00+00:00"
    assert data["progress"] == [
        where | {"mastered_at": noon, "starred": True, "state": 2, "step": None, "stability": 1.5, "difficulty": None,
                 "due": noon, "last_review": noon, "buried_until": None}
    ]  # fmt: skip
    assert data["reviews"] == [
        where | {"review": 1, "kind": "review", "place": "session", "rating": 3, "at": noon, "shown_at": None,
                 "seconds": 12, "due_after": "2026-05-07T12:00:00+00:00", "undone_at": None,
                 "points": [point.pk for point in question.key_points.all()], "point_texts": ["It waits", "¿Fair?"]}
    ]  # fmt: skip
    session = StudySession.objects.get(user=member)
    assert [(each["session"], each["query"], each["limit"]) for each in data["sessions"]] == [
        (session.pk, "tag=sql", 20)
    ]
    assert data["acts"] == [
        where | {"session": session.pk, "kind": "grade", "at": noon, "rating": 3, "seconds": None, "undone_at": None}
    ]
    (flag,) = data["flags"]
    assert (flag["title"], flag["kind"], flag["text"]) == ("Why a lock?", "typo", "Teh lock.")
    assert (flag["answer"], flag["answered_at"], flag["read_at"]) == ("", None, None)


def test_csv_says_the_same(as_, member):
    belong(member, factories.question("Why a lock?", points=POINTS))
    client = as_("member")
    data = json.loads(body(client.get("/progress/data/prep.json")))
    response = client.get("/progress/data/prep.csv")
    assert response["Content-Disposition"].endswith('.zip"')
    archive = zipfile.ZipFile(io.BytesIO(body(response)))
    assert archive.testzip() is None
    assert archive.namelist() == ["notes.csv", "progress.csv", "reviews.csv", "sessions.csv", "acts.csv",
                                  "flags.csv"]  # fmt: skip
    for table in ("notes", "progress", "reviews", "sessions", "acts", "flags"):
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode(), newline="")))
        assert rows == [{name: cell(value) for name, value in row.items()} for row in data[table]]


def cell(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def csv_rows(response, name):
    archive = zipfile.ZipFile(io.BytesIO(body(response)))
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode(), newline="")))


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_runs_a_text(as_, cast, member, begin):
    question = factories.question(f"{begin}Why?")
    belong(member, question)
    Progress.objects.update(note=f"{begin}1+1", stability=-1.5)
    Flag.objects.get().close(f'{begin}HYPERLINK("x")', by=cast["curator"])
    client = as_("member")
    (note,), (progress,), (flag,) = (
        csv_rows(client.get("/progress/data/prep.csv"), name) for name in ("notes", "progress", "flags")
    )
    assert (note["title"], note["note"]) == (f"'{begin}Why?", f"'{begin}1+1")
    assert (progress["title"], progress["stability"]) == (f"'{begin}Why?", "-1.5")
    assert (flag["text"], flag["answer"]) == ("Teh lock.", f'\'{begin}HYPERLINK("x")')
    data = json.loads(body(client.get("/progress/data/prep.json")))
    assert data["notes"][0]["note"] == f"{begin}1+1"


def test_of_key_points_that_are_gone_only_the_ids_are_left(as_, member):
    question = factories.question(points=POINTS)
    belong(member, question)
    gone, left = question.key_points.all()
    number = gone.pk
    gone.delete()
    (review,) = json.loads(body(as_("member").get("/progress/data/prep.json")))["reviews"]
    assert (review["points"], review["point_texts"]) == ([number, left.pk], [None, "¿Fair?"])


def test_key_points_cost_a_query_for_many_reviews(member, django_assert_num_queries):
    of = factories.progress(member, question := factories.question(points=POINTS))
    ticked = [point.pk for point in question.key_points.all()]
    shared = {"user": member, "progress": of, "rating": 3, "due_after": NOON, "parameters": Parameters.stored([0.1])}
    for more in (1, my_data.BATCH - 1):
        taken = Review.objects.count()
        Review.objects.bulk_create([Review(number=taken + at, at=NOON, points=ticked, **shared) for at in range(more)])
        with django_assert_num_queries(12):
            data = json.loads(b"".join(my_data.as_json(User.objects.get(pk=member.pk))))
        assert [each["point_texts"] for each in data["reviews"]] == [POINTS] * (taken + more)


def test_nobody_else_s_and_nothing_that_may_not_be_seen(as_, member, cast, team):
    secret = factories.question("Their own?", owner=team, points=POINTS)
    belong(member, secret)
    belong(cast["outsider"], factories.question("Another's?"))
    Membership.objects.filter(user=member).delete()
    data = json.loads(body(as_("member").get("/progress/data/prep.json")))
    assert [(each["number"], each["title"]) for each in data["progress"]] == [(secret.pk, None)]
    assert [(each["title"], each["point_texts"]) for each in data["reviews"]] == [(None, [None, None])]
    assert [each["title"] for each in data["acts"]] == [None]


def test_nothing_at_all_is_a_document_too(as_):
    client = as_("member")
    data = json.loads(body(client.get("/progress/data/prep.json")))
    assert (data["notes"], data["progress"], data["reviews"], data["account"]["interview_plan"]) == ([], [], [], None)
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/progress/data/prep.csv"))))
    assert archive.read("notes.csv") == b"number,id,title,note\r\n"
    assert client.head("/progress/data/prep.json").content == b""


@pytest.mark.parametrize("write", [my_data.as_json, my_data.as_csv])
def test_memory_does_not_grow_with_the_log(member, write):
    of = factories.progress(member, factories.question())
    parameters = Parameters.stored([0.1] * 21)
    shared = {"user": member, "progress": of, "rating": 3, "due_after": NOON, "parameters": parameters}

    def peak():
        tracemalloc.start()
        size = sum(map(len, write(member)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, most

    Review.objects.bulk_create([Review(number=at, at=NOON, **shared) for at in range(1000)])
    peak()
    small = peak()
    Review.objects.bulk_create([Review(number=at, at=NOON, **shared) for at in range(1000, 6000)])
    large = peak()
    assert large[0] > 3 * small[0]
    assert large[1] < 1.5 * small[1]


@pytest.fixture
def client_of(cast):
    """client_of("member") signed in with the password a moment ago."""

    def sign_in(name):
        client = Client()
        client.post("/accounts/login/", {"login": name, "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return client

    return sign_in


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_before_says_what_goes(as_, member, team):
    belong(member, factories.question())
    shown = text(as_("member").get(DELETE))
    for sentence in ("all places where you are signed in", "the progress on 1 question, 1 of them mastered",
                     "1 private note", "1 review, 1 session and 1 act", "1 flag, with what curators answered",
                     "your interview plan with its readiness by day, your study settings and your reminder",
                     "your place in 1 team", "This cannot be undone"):  # fmt: skip
        assert sentence in shown
    assert "have not loaded" not in shown and "log says you did" not in shown
    assert "will have no owner" not in shown
    shown = text(as_("team_owner").get(DELETE))
    assert "your place in 1 team; Wren team will have no owner until an administrator names one" in shown


def test_everything_of_theirs_goes_and_nothing_else(client_of, member, cast):
    question = factories.question()
    belong(member, question)
    belong(cast["outsider"], question)
    users = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=cast["administrator"], content_type=users, object_id=str(member.pk),
                            object_repr="member", action_flag=CHANGE)  # fmt: skip
    phone, client = client_of("member"), client_of("member")
    Authenticator.objects.create(user=member, type="totp", data={})
    assert (Session.objects.count(), UserSession.objects.filter(user=member).count()) == (2, 2)
    response = client.post(DELETE, {"username": "member"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Your account and everything in it is deleted." in text(response)
    for model in (Progress, Review, StudySession, Act, Flag, StudySettings, InterviewPlan, Reminder, Learner):
        assert [row.user for row in model.objects.all()] == [cast["outsider"]], model
    assert not User.objects.filter(username="member").exists()
    assert not Authenticator.objects.exists() and not LogEntry.objects.exists()
    assert Question.objects.get() == question
    assert phone.get("/accounts/").status_code == 302
    assert not any("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_what_a_curator_wrote_stays_without_the_name(client_of, cast):
    question = factories.question()
    answer = Answer.objects.create(question=question, author=cast["curator"], answer="Written by hand.")
    question._history_user = cast["curator"]
    question.save()
    assert question.history.first().history_user == cast["curator"]
    client = client_of("curator")
    assert "1 answer you wrote, and whatever you did as a curator" in text(client.get(DELETE))
    client.post(DELETE, {"username": "curator"})
    answer.refresh_from_db()
    assert (answer.author, answer.answer) == (None, "Written by hand.")
    assert question.history.first().history_user is None


def test_a_curators_uploads_and_answers_to_flags(client_of, cast, member):
    PendingUpload.objects.create(user=cast["curator"], file="notes.md", data=b"# Why?")
    flag = Flag.objects.put(user=member, question=factories.question(), kind="typo", text="Teh.")
    flag.close("Mended.", by=cast["curator"])
    client = client_of("curator")
    shown = text(client.get(DELETE))
    assert "1 document that you uploaded and have not loaded" in shown and "log says you did" in shown
    assert "answers to flags. What may stay with your name What administrators wrote" in shown
    client.post(DELETE, {"username": "curator"})
    flag.refresh_from_db()
    assert (PendingUpload.objects.count(), flag.answer, flag.by) == (0, "Mended.", None)


def test_a_slip_deletes_nothing(client_of, member):
    client = client_of("member")
    for sent in ({}, {"username": ""}, {"username": "Member"}, {"username": "outsider"}):
        assert client.post(DELETE, sent).status_code in {200, 422}
    assert "That is not your username." in text(client.post(DELETE, {"username": "outsider"}))
    assert User.objects.filter(pk=member.pk).exists()


def test_the_password_is_asked_for_first(client, member):
    client.post("/accounts/login/", {"login": "member", "password": PASSWORD})
    response = client.post(DELETE, {"username": "member"})
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Fprogress%2Fdata%2Fdelete%2F"
    assert "Incorrect password" in text(client.post(response["Location"], {"password": "wrong"}))
    assert User.objects.filter(pk=member.pk).exists()
    # What was posted goes on where it was stopped.
    response = client.post(response["Location"], {"password": PASSWORD, "next": DELETE})
    assert response["Location"] == "/"
    assert not User.objects.filter(pk=member.pk).exists()


def test_the_last_administrator_stays(client_of, cast):
    client = client_of("administrator")
    shown = text(client.get(DELETE))
    assert "You are the only administrator." in shown and "Delete everything" not in shown
    response = client.post(DELETE, {"username": "administrator"})
    assert (response.status_code, User.objects.filter(is_superuser=True).count()) == (422, 1)
    User.objects.create_superuser("inactive", is_active=False)
    assert client.post(DELETE, {"username": "administrator"}).status_code == 422
    second = User.objects.create_superuser("second")
    assert client.post(DELETE, {"username": "administrator"}).status_code == 302
    assert list(User.objects.filter(is_superuser=True, is_active=True)) == [second]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_last_administrators_who_leave_at_once_one_stays(cast):
    people = [cast["administrator"], User.objects.create_superuser("second")]
    start, outcomes = threading.Barrier(2), []

    def leave(user):
        try:
            start.wait()
            leaving.delete_account(user)
            outcomes.append("left")
        except leaving.LastAdministratorError:
            outcomes.append("stayed")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "stayed"]
    assert User.objects.filter(is_superuser=True).count() == 1


def test_the_profile_leads_here(as_):
    assert f'href="{PATH}"' in as_("member").get("/accounts/").content.decode()
    page = as_("member").get(PATH)
    assert "0 begun, starred or noted; 0 mastered" in text(page)
    for address in ("/progress/data/prep.json", "/progress/data/prep.csv", DELETE):
        assert f'href="{address}"' in page.content.decode()
