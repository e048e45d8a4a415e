"""Marking, starring and noting, with and without htmx."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import HTMX, text
from questions.models import Progress
from questions.tests import factories

BEFORE = timezone.now() - timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def questions(db):
    return factories.questions(3, tags=["sql"])


def test_marking_without_htmx_leads_back_to_the_row(as_, cast, questions):
    client = as_("member")
    pk = questions[0].pk
    response = client.post(f"/questions/{pk}/mastered/", {"mastered": "1", "next": "/questions/?tag=sql&page=2"})
    assert (response.status_code, response["Location"]) == (302, f"/questions/?tag=sql&page=2#q{pk}")
    mine = Progress.objects.get(user=cast["member"], question=pk)
    assert mine.mastered_at > BEFORE and not mine.starred
    client.post(f"/questions/{pk}/mastered/", {"mastered": "0"})
    mine.refresh_from_db()
    assert mine.mastered_at is None


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_leads_back_to_our_own_pages_only(as_, questions, address):
    response = as_("member").post(f"/questions/{questions[0].pk}/starred/", {"starred": "1", "next": address})
    assert response["Location"] == f"/questions/{questions[0].pk}/"


def test_from_the_page_of_a_question_back_to_it(as_, questions):
    address = f"/questions/{questions[0].pk}/?tag=sql"
    response = as_("member").post(f"/questions/{questions[0].pk}/starred/", {"starred": "1", "next": address})
    assert response["Location"] == address


def test_marking_in_place_answers_with_the_row_and_the_counts(as_, questions):
    client = as_("member")
    client.get("/questions/?tag=sql")
    pk = questions[0].pk
    sent = {"mastered": "1", "next": "/questions/?tag=sql"}
    response = client.post(f"/questions/{pk}/mastered/", sent, headers=HTMX)
    html = html_of(response)
    assert response.status_code == 200 and len(response.content) < 2000
    assert response["Cache-Control"] == "no-store"
    assert 'name="mastered" value="0" aria-pressed="true">Mastered</button>' in html
    assert "changed-" not in html
    assert '<p id="count" hx-swap-oob="innerHTML">1 of 3 mastered</p>' in html
    assert '<progress id="bar" hx-swap-oob="true" aria-label="Mastered" value="1" max="3"></progress>' in html
    numbers = dict(re.findall(r'<span id="n-(\w+)" hx-swap-oob="true">(\d+)</span>', html))
    assert numbers == {"all": "3", "new": "2", "mastered": "1", "starred": "0", "changed": "0"}
    assert questions[1].title not in html


def test_counts_are_of_the_filter_one_looks_at(as_, questions):
    other = factories.question("Another")
    client = as_("member")
    response = client.post(
        f"/questions/{questions[0].pk}/mastered/", {"mastered": "1", "next": "/questions/?tag=sql"}, headers=HTMX
    )
    assert "1 of 3 mastered" in text(response)
    response = client.post(
        f"/questions/{other.pk}/mastered/", {"mastered": "1", "next": "/questions/?tag=sql"}, headers=HTMX
    )
    assert "1 of 3 mastered" in text(response)
    assert "2 of 4 mastered" in text(client.get("/questions/"))


def test_on_the_page_of_a_question_there_is_nothing_to_count(as_, questions):
    pk = questions[0].pk
    sent = {"starred": "1", "next": f"/questions/{pk}/"}
    html = html_of(as_("member").post(f"/questions/{pk}/starred/", sent, headers=HTMX))
    assert 'aria-label="Star" value="0" aria-pressed="true">★</button>' in html
    assert "hx-swap-oob" not in html


def test_marking_again_accepts_the_changed_answer(as_, cast, questions):
    mine = factories.progress(
        cast["member"], questions[0], mastered_at=questions[0].answer_changed_at - timedelta(days=2)
    )
    client = as_("member")
    assert "Answer changed since you mastered it" in text(client.get("/questions/"))
    html = client.post(f"/questions/{questions[0].pk}/mastered/", {"mastered": "1"}, headers=HTMX).content.decode()
    assert f'<span id="changed-{questions[0].pk}" hx-swap-oob="delete"></span>' in html
    mine.refresh_from_db()
    assert not mine.changed_since_mastered(questions[0])
    assert "Answer changed" not in text(client.get("/questions/"))


def test_marks_leave_the_rest_of_the_progress_alone(as_, cast, questions):
    due = timezone.now()
    mine = factories.progress(
        cast["member"], questions[0], note="Mine.", starred=True, stability=3.5, state=2, due=due, last_review=due
    )
    as_("member").post(f"/questions/{questions[0].pk}/mastered/", {"mastered": "1"})
    mine.refresh_from_db()
    assert mine.mastered
    assert (mine.note, mine.starred, mine.stability, mine.state, mine.due) == ("Mine.", True, 3.5, 2, due)


@pytest.mark.parametrize("value", ["", "2", "yes", None])
def test_a_mark_is_one_or_nought(as_, questions, value):
    sent = {} if value is None else {"mastered": value}
    response = as_("member").post(f"/questions/{questions[0].pk}/mastered/", sent)
    assert (response.status_code, response.content) == (400, b"mastered is 1 or 0.")
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    ("act", "sent"), [("mastered", {"mastered": 1}), ("starred", {"starred": 1}), ("note", {"note": "x"})]
)
def test_a_visitor_signs_in_and_comes_back_to_the_question(as_, questions, act, sent):
    pk = questions[0].pk
    client = as_("visitor")
    response = client.post(f"/questions/{pk}/{act}/", sent | {"next": "/questions/?tag=sql"})
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next=/questions/{pk}/%3Ftag%3Dsql",
    )
    lost = client.post(f"/questions/{pk}/{act}/", sent, headers=HTMX)
    assert (lost.status_code, lost["HX-Redirect"]) == (204, f"/accounts/login/?next=/questions/{pk}/")
    assert not Progress.objects.exists()


@pytest.mark.parametrize("act", ["mastered", "starred"])
def test_only_by_post_and_with_a_token(as_, cast, questions, act):
    path = f"/questions/{questions[0].pk}/{act}/"
    assert as_("member").get(path).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast["member"])
    assert careful.post(path, {act: "1"}).status_code == 403
    assert not Progress.objects.exists()


def test_a_note_is_kept_and_is_private(as_, cast, questions):
    pk = questions[0].pk
    client = as_("member")
    response = client.post(f"/questions/{pk}/note/", {"note": "Ask Ada.", "next": f"/questions/{pk}/?tag=sql"})
    assert response["Location"] == f"/questions/{pk}/?tag=sql#note"
    page = client.get(response["Location"])
    assert "Note saved." in text(page) and "Ask Ada." in text(page)
    for name in ("outsider", "curator", "administrator", "visitor"):
        assert "Ask Ada." not in text(as_(name).get(f"/questions/{pk}/"))
    again = client.post(f"/questions/{pk}/note/", {"note": ""}, headers=HTMX)
    assert "Saved." in text(again)
    assert Progress.objects.get(user=cast["member"], question=pk).note == ""


def test_a_note_that_is_too_long_comes_back_with_the_reason(as_, questions):
    path = f"/questions/{questions[0].pk}/note/"
    client = as_("member")
    for headers in ({}, HTMX):
        response = client.post(path, {"note": "x" * 20_001}, headers=headers)
        assert response.status_code == 422
        assert "Ensure this value has at most 20000 characters (it has 20001)." in text(response)
        assert "x" * 20_001 in response.content.decode()
        assert (b"<html" in response.content) == (not headers)
    assert not Progress.objects.exists()


def test_queries_of_a_mark(as_, questions, django_assert_num_queries):
    client = as_("member")
    sent = {"mastered": "1", "next": "/questions/"}
    for _ in range(2):
        client.post(f"/questions/{questions[0].pk}/mastered/", sent, headers=HTMX)
    # Of which two begin and end the transaction.
    with django_assert_num_queries(12):
        client.post(f"/questions/{questions[1].pk}/mastered/", sent, headers=HTMX)
