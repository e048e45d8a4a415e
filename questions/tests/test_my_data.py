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
from questions import my_data
from questions.models import (
    Answer,
    Flag,
    InterviewPlan,
    Learner,
    Parameters,
    Progress,
    Question,
    Reminder,
    Review,
    StudySession,
    StudySettings,
)  # fmt: skip
from questions.tests import factories

PATH, DELETE = "/progress/data/", "/progress/data/delete/"
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
    Review.objects.create(
        user=user, progress=progress, number=1, act=act, rating=3, at=NOON, seconds=12, points=[4, 5],
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
    question = factories.question("Why a lock?")
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
                 "seconds": 12, "points": [4, 5], "due_after": "2026-05-07T12:00:00+00:00", "undone_at": None}
    ]  # fmt: skip
    assert [(each["query"], each["limit"]) for each in data["sessions"]] == [("tag=sql", 20)]
    (flag,) = data["flags"]
    assert (flag["title"], flag["kind"], flag["text"]) == ("Why a lock?", "typo", "Teh lock.")
    assert (flag["answer"], flag["answered_at"], flag["read_at"]) == ("", None, None)


def test_csv_says_the_same(as_, member):
    belong(member, factories.question("Why a lock?"))
    client = as_("member")
    data = json.loads(body(client.get("/progress/data/prep.json")))
    response = client.get("/progress/data/prep.csv")
    assert response["Content-Disposition"].endswith('.zip"')
    archive = zipfile.ZipFile(io.BytesIO(body(response)))
    assert archive.testzip() is None
    assert archive.namelist() == ["notes.csv", "progress.csv", "reviews.csv", "sessions.csv", "flags.csv"]
    for table in ("notes", "progress", "reviews", "sessions", "flags"):
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode(), newline="")))
        assert rows == [{name: cell(value) for name, value in row.items()} for row in data[table]]


def cell(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def test_nobody_else_s_and_nothing_that_may_not_be_seen(as_, member, cast, team):
    secret = factories.question("Their own?", owner=team)
    belong(member, secret)
    belong(cast["outsider"], factories.question("Another's?"))
    Membership.objects.filter(user=member).delete()
    data = json.loads(body(as_("member").get("/progress/data/prep.json")))
    assert [(each["number"], each["title"]) for each in data["progress"]] == [(secret.pk, None)]
    assert [each["title"] for each in data["reviews"]] == [None]


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
    for sentence in ("the progress on 1 question, 1 of them mastered", "1 private note", "1 review and 1 session",
                     "1 flag, your interview plan", "your place in 1 team", "This cannot be undone"):  # fmt: skip
        assert sentence in shown
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
    for model in (Progress, Review, StudySession, Flag, StudySettings, InterviewPlan, Reminder, Learner):
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
    assert "1 answer you wrote, and whatever you changed as a curator" in text(client.get(DELETE))
    client.post(DELETE, {"username": "curator"})
    answer.refresh_from_db()
    assert (answer.author, answer.answer) == (None, "Written by hand.")
    assert question.history.first().history_user is None


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
            my_data.delete_account(user)
            outcomes.append("left")
        except my_data.LastAdministratorError:
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
