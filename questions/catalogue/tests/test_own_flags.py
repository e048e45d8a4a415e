"""The learner is told of answers to their flags, finds them all on one page, and says that they were read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership
from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import text
from questions.learner.context import learner_context
from questions.models import Flag, StudySettings
from questions.tests import factories

PATH = "/questions/flags/"
LINK = f'<a href="{PATH}">Read the answer'
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def send(cast):
    """send("Why?", answer="So.") is a flag of the member's on a question of this title; later ones are newer."""
    times = iter(NOON + timedelta(days=at) for at in range(100))

    def sent(title, *, name="member", answer="", **fields):
        question = factories.question(title, **fields)
        flag = Flag.objects.put(user=cast[name], question=question, kind="typo", text=f"Teh {title}", at=next(times))
        if answer:
            flag.close(answer, by=cast["curator"])
            flag.answered_at = NOON + timedelta(days=100)
            flag.save()
        return flag

    return sent


def shown(response):
    return [flag.pk for flag in response.context["flags"]]


def test_nothing_flagged_yet(as_):
    words = text(as_("member").get(PATH))
    assert "You have no flags. “Flag a problem” on a question" in words
    assert "Mark as read" not in words


def test_an_open_flag_and_an_answered_one(as_, send):
    answered, waiting = send("First?", answer="True.\nIt says so now."), send("Second?")
    response = as_("member").get(PATH)
    words, page = text(response), response.content.decode()
    assert shown(response) == [answered.pk, waiting.pk]
    assert (
        "1 answer you have not read yet. Mark as read "
        "First? Sent on 4 May 2026 There is a typo: Teh First? New Answered on 12 August 2026: True. It says so now. "
        "Second? Sent on 5 May 2026 There is a typo: Teh Second? Not answered yet. Change or withdraw it" in words
    )
    assert f'<a href="/questions/{answered.question_id}/">First?</a>' in page
    assert f'href="/questions/{waiting.question_id}/flag/?next={PATH}">Change or withdraw it' in page
    assert f'href="/questions/{answered.question_id}/flag/' not in page


@pytest.mark.parametrize(
    ("zone", "sent", "answered"),
    [("Pacific/Auckland", "5 May 2026", "13 August 2026"), ("America/St_Johns", "4 May 2026", "12 August 2026")],
)
def test_dates_are_the_learners(as_, cast, send, zone, sent, answered):
    StudySettings.objects.create(user=cast["member"], time_zone=zone)
    send("Why?", answer="So.")
    words = text(as_("member").get(PATH))
    assert f"Sent on {sent} There is a typo" in words and f"Answered on {answered}:" in words


def test_changing_and_withdrawing_lead_back(as_, send):
    flag = send("Why?")
    client = as_("member")
    path = f"/questions/{flag.question_id}/flag/"
    assert f'name="next" value="{PATH}"' in client.get(f"{path}?next={PATH}").content.decode()
    assert client.post(path, {"kind": "wrong", "text": "No.", "next": PATH})["Location"] == PATH
    assert client.post(f"{path}withdraw/", {"next": PATH})["Location"] == PATH
    assert shown(client.get(PATH)) == []


def unread(user):
    """As the front page and the start of a session say it."""
    return learner_context(user).unread_answers if user.is_authenticated else 0


def test_unread_answers_come_first_then_the_newest(as_, cast, send):
    read, unread, one, two = send("Read?", answer="Yes."), send("Unread?", answer="Yes."), send("One?"), send("Two?")
    Flag.objects.read(cast["member"], [read.pk])
    assert shown(as_("member").get(PATH)) == [unread.pk, two.pk, one.pk, read.pk]


def test_nobody_sees_the_flags_of_others(as_, send):
    send("Theirs?", answer="Between us.")
    for name in ("outsider", "team_owner", "curator", "administrator"):
        response = as_(name).get(PATH)
        assert (shown(response), "Between us" in text(response), unread(response.wsgi_request.user)) == (
            [], False, 0
        )  # fmt: skip
    assert as_("visitor").get(PATH)["Location"] == f"/accounts/login/?next={PATH}"
    assert as_("visitor").post(PATH)["Location"] == f"/accounts/login/?next={PATH}"


@pytest.mark.parametrize("change", ["draft", "retired", "left the team"])
def test_a_question_that_is_closed_to_the_learner_keeps_its_title(as_, cast, team, send, change):
    answered = send("A secret?", answer="We took it out.", owner=team)
    waiting = send("Another secret?", owner=team)
    for flag in (answered, waiting):
        if change == "left the team":
            Membership.objects.filter(user=cast["member"]).delete()
        else:
            flag.question.status = change
            flag.question.save()
    response = as_("member").get(PATH)
    words = text(response)
    assert words.count("A question that you cannot open any more") == 2
    assert "Teh A secret?" in words and "We took it out." in words and "Teh Another secret?" in words
    assert words.count("secret?") == 2 and "Change or withdraw it" not in words
    assert f"/questions/{answered.question_id}/" not in response.content.decode()
    assert f"/questions/{waiting.question_id}/" not in response.content.decode()


def test_marking_as_read_is_for_ones_own_answered_ones_that_were_shown(as_, cast, send):
    mine, open_one, later = send("Mine?", answer="Yes."), send("Open?"), send("Later?", answer="Yes.")
    theirs = send("Theirs?", name="outsider", answer="Yes.")
    client = as_("member")
    sent = [mine.pk, open_one.pk, theirs.pk, "x", "-1", "", "9" * 30]
    response = client.post(PATH, {"flag": sent}, follow=True)
    assert response.redirect_chain == [(PATH, 302)]
    assert "Marked as read." in text(response)
    assert list(Flag.objects.filter(read_at__isnull=False)) == [mine]
    assert [flag.pk for flag in response.context["unread"]] == [later.pk]
    assert [unread(cast[name]) for name in ("member", "outsider")] == [1, 1]
    assert "Marked as read." not in text(client.post(PATH, {"flag": [mine.pk]}, follow=True))
    assert "Marked as read." not in text(client.post(PATH, follow=True))


def test_reading_again_keeps_the_first_time(cast, send):
    flag = send("Why?", answer="So.")
    assert Flag.objects.read(cast["member"], [flag.pk]) == 1
    flag.refresh_from_db()
    first = flag.read_at
    assert Flag.objects.read(cast["member"], [flag.pk]) == 0
    flag.refresh_from_db()
    assert flag.read_at == first


def test_a_mended_answer_is_unread_again(as_, cast, send):
    flag = send("Why?", answer="Soo.")
    Flag.objects.read(cast["member"], [flag.pk])
    curator, path = as_("curator"), f"/admin/questions/flag/{flag.pk}/change/"
    curator.post(path, {"answer": "Soo."})
    flag.refresh_from_db()
    assert (flag.is_unread, unread(cast["member"])) == (False, 0)
    curator.post(path, {"answer": "So."})
    flag.refresh_from_db()
    assert (flag.is_unread, unread(cast["member"])) == (True, 1)
    assert LINK in as_("member").get("/").content.decode()


def test_only_what_is_answered_can_be_read(send):
    flag = send("Why?")
    flag.read_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        flag.save()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, f"A curator answered your flag. {LINK}</a>"),
        (2, f"Curators answered 2 of your flags. {LINK}s</a>"),
        (3, f"Curators answered 3 of your flags. {LINK}s</a>"),
    ],
)
def test_the_front_page_tells_of_answers(as_, cast, send, number, said):
    flags = [send(f"Question {at}?", answer="Yes.") for at in range(number)]
    send("Open?")
    send("Theirs?", name="outsider", answer="Yes.")
    client = as_("member")
    assert said in html_of(client.get("/"))
    client.post(PATH, {"flag": [flag.pk for flag in flags]})
    assert "answered" not in text(client.get("/"))
    assert "answered" not in text(as_("visitor").get("/"))


def test_the_piece_for_other_pages_is_nothing_without_answers():
    assert render_to_string("catalogue/answered.html", {"unread": 0}).strip() == ""
    assert render_to_string("catalogue/answered.html").strip() == ""


def test_counting_reads_its_own_index(cast):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides by the number of rows.")
    with CaptureQueriesContext(connection) as queries:
        unread(cast["member"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[-1]['sql']}")
        assert "INDEX flag_unread" in str(cursor.fetchall())


@pytest.mark.parametrize(("path", "expected"), [(PATH, 4), ("/", 6)])
def test_the_same_queries_for_any_number(as_, send, path, expected):
    client = as_("member")
    for more in (1, 19):
        for at in range(more):
            send(f"Question {more} {at}?", answer="Yes." if at % 2 == 0 else "")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len({query["sql"] for query in queries}) == len(queries) == expected


def test_pages_of_twenty(as_, send):
    flags = [send(f"Question {at}?").pk for at in range(25)][::-1]
    client = as_("member")
    first, second, third = (client.get(PATH, {"page": page}) for page in (1, 2, 3))
    assert (shown(first), shown(second), shown(third)) == (flags[:20], flags[20:], [])
    assert "Older flags" in text(first) and "Newer flags" not in text(first)
    assert 'href="?page=2" rel="next"' in first.content.decode()
    assert "Older flags" not in text(second) and 'href="?page=1" rel="prev"' in second.content.decode()
    assert "The list ends before this page. Back to its beginning" in text(third)
    assert "You have no flags" not in text(third) and "Newer flags" not in text(third)
    for odd in ("0", "-1", "x", "", "9" * 30):
        assert shown(client.get(PATH, {"page": odd})) == flags[:20]


def test_the_form_says_where_the_answer_will_be(as_, cast):
    question = factories.question()
    client = as_("member")
    assert "All your flags" not in text(client.get(question.get_absolute_url()))
    sent = client.post(f"/questions/{question.pk}/flag/", {"kind": "typo", "text": "Here."}, follow=True)
    assert (
        "Thank you. A curator will look at it. "
        "The answer will be with the question and under “All your flags”." in text(sent)
    )
    assert sent.content.decode().count(f'<a href="{PATH}">All your flags</a>') == 1
