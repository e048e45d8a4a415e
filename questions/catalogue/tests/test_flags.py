"""Flags: a learner sends one, a curator answers it, the learner reads the answer."""

import re

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction

from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import text
from questions.models import Flag
from questions.tests import factories

SENT = {"kind": "outdated", "text": "Since Python 3.13 this is another way."}


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def question(db):
    return factories.question()


@pytest.fixture
def flag(cast, question):
    return Flag.objects.put(user=cast["member"], question=question, **SENT)


def address(question, rest=""):
    return f"/questions/{question.pk}/flag/{rest}"


def test_a_learner_sends_a_flag_and_sees_it_on_the_question(as_, cast, question):
    client = as_("member")
    page = client.get(question.get_absolute_url()).content.decode()
    assert f'<a href="{address(question)}?next=%2Fquestions%2F{question.pk}%2F">Flag a problem</a>' in page
    back = f"/questions/{question.pk}/?tag=sql"
    response = client.post(address(question), SENT | {"next": back})
    assert (response.status_code, response["Location"]) == (302, back)
    flag = Flag.objects.get()
    assert (flag.user, flag.question, flag.kind, flag.text) == (cast["member"], question, "outdated", SENT["text"])
    words = text(client.get(question.get_absolute_url()))
    assert "A curator will look at it" in words
    assert f"Your flag: It is outdated. {SENT['text']} Not answered yet. Change or withdraw it" in words
    assert "Flag a problem" not in words
    for name in ("outsider", "curator", "visitor"):
        assert SENT["text"] not in text(as_(name).get(question.get_absolute_url()))


def test_a_second_flag_changes_the_open_one(as_, question, flag):
    client = as_("member")
    page = client.get(address(question))
    assert SENT["text"] in page.content.decode() and "Change the flag" in text(page)
    client.post(address(question), {"kind": "wrong", "text": "Another reason."})
    assert list(Flag.objects.values_list("pk", "kind", "text")) == [(flag.pk, "wrong", "Another reason.")]


def test_there_is_one_open_flag_a_learner_and_question(cast, question, flag):
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(user=cast["member"], question=question, **SENT)
    flag.close("Mended.", by=cast["curator"])
    Flag.objects.create(user=cast["member"], question=question, **SENT)
    Flag.objects.create(user=cast["outsider"], question=question, **SENT)


IN_PLACE = {"HX-Request": "true"}


def focused(page):
    """What takes the focus when htmx puts this in its place."""
    return re.findall(r'<(\w+)(?: [^<>]*?(?:name|value)="(\w*)")*[^<>]* autofocus', page)


def test_in_place_it_is_the_form_alone(as_, question):
    back = f"/questions/{question.pk}/"
    response = as_("member").get(f"{address(question)}?next={back}", headers=IN_PLACE)
    page = html_of(response)
    assert page.startswith('<details class="flagging" open><summary><h2>Flag a problem</h2></summary>')
    assert "<html" not in page and "Withdraw it" not in page and f'name="next" value="{back}"' in page
    assert focused(page) == [("input", "wrong")]
    assert (response["Cache-Control"], "HX-Request" in response["Vary"]) == ("no-store", True)
    whole = as_("member").get(address(question)).content.decode()
    assert "<html" in whole and "hx-post" not in whole and focused(whole) == []


def test_in_place_the_answer_is_one_sentence(as_, question):
    client = as_("member")
    response = client.post(address(question), SENT | {"next": question.get_absolute_url()}, headers=IN_PLACE)
    assert (response.status_code, text(response)) == (
        200,
        "Thank you. A curator will look at it. The answer will be with the question and under “All your flags”.",
    )
    assert focused(html_of(response)) == [("p", "")]
    assert Flag.objects.get().text == SENT["text"]
    assert "Thank you" not in text(client.get("/"))


def test_in_place_ones_own_open_flag_can_be_changed(as_, question, flag):
    client = as_("member")
    response = client.get(address(question), headers=IN_PLACE)
    assert "Your flag" in text(response) and "It can be withdrawn under “All your flags”." in text(response)
    assert "/withdraw/" not in response.content.decode()
    assert focused(html_of(response)) == [("input", "outdated")]
    client.post(address(question), {"kind": "wrong", "text": "Another reason."}, headers=IN_PLACE)
    assert list(Flag.objects.values_list("pk", "kind", "text")) == [(flag.pk, "wrong", "Another reason.")]


@pytest.mark.parametrize(
    ("sent", "first"),
    [
        ({"kind": "typo", "text": " "}, [("textarea", "text")]),
        ({"text": "Look."}, [("input", "wrong")]),
        ({}, [("input", "wrong")]),
    ],
)
def test_in_place_what_cannot_be_sent_comes_back(as_, question, sent, first):
    response = as_("member").post(address(question), sent, headers=IN_PLACE)
    assert (response.status_code, "This field is required." in text(response)) == (422, True)
    assert "<html" not in response.content.decode()
    assert focused(html_of(response)) == first
    assert not Flag.objects.exists()


def test_in_place_a_lost_session_leads_to_signing_in(as_, question):
    response = as_("visitor").get(address(question), headers=IN_PLACE)
    assert (response.status_code, response["HX-Redirect"]) == (204, f"/accounts/login/?next={address(question)}")


def test_it_can_be_withdrawn_while_it_is_open(as_, cast, question, flag):
    answered = Flag.objects.put(user=cast["outsider"], question=question, **SENT)
    answered.close("Mended.", by=cast["curator"])
    for name in ("outsider", "member", "member"):
        assert as_(name).post(address(question, "withdraw/"))["Location"] == question.get_absolute_url()
    assert list(Flag.objects.all()) == [answered]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "typo", "text": " "}, "This field is required."),
        ({"text": "Look."}, "This field is required."),
        ({"kind": "rude", "text": "Look."}, "rude is not one of the available choices."),
        ({"kind": "typo", "text": "x" * 2001}, "Ensure this value has at most 2000 characters (it has 2001)."),
    ],
)
def test_what_cannot_be_sent_comes_back_with_the_reason(as_, question, sent, said):
    response = as_("member").post(address(question), sent)
    assert (response.status_code, said in text(response)) == (422, True)
    assert not Flag.objects.exists()


@pytest.mark.parametrize(("status", "owner"), [("draft", None), ("retired", None), ("published", "team")])
def test_only_what_one_may_open_can_be_flagged(as_, team, status, owner):
    hidden = factories.question(status=status, owner=team if owner else None)
    for rest in ("", "withdraw/"):
        assert as_("outsider").post(address(hidden, rest), SENT).status_code == 404
    assert not Flag.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_leads_back_to_our_own_pages_only(as_, question, elsewhere):
    page = as_("member").get(address(question), {"next": elsewhere}).content.decode()
    assert f'<a href="/questions/{question.pk}/">Back without a flag</a>' in page and "evil" not in page
    response = as_("member").post(address(question), SENT | {"next": elsewhere})
    assert response["Location"] == question.get_absolute_url()


def test_a_visitor_signs_in_first(as_, question):
    client = as_("visitor")
    assert client.get(address(question))["Location"] == f"/accounts/login/?next={address(question)}"
    response = client.post(address(question, "withdraw/"))
    assert response["Location"] == f"/accounts/login/?next=/questions/{question.pk}/"


def test_a_curator_finds_it_answers_it_and_the_learner_reads_the_answer(as_, cast, question, flag):
    curator = as_("curator")
    assert "1 flag to answer" in text(curator.get("/admin/"))
    listed = curator.get("/admin/questions/flag/?answered=no")
    assert f"It is outdated: {SENT['text']}" in text(listed)
    assert f'href="/admin/questions/question/{question.pk}/change/"' in listed.content.decode()
    page = curator.get(f"/admin/questions/flag/{flag.pk}/change/").content.decode()
    assert f'href="/admin/questions/question/{question.pk}/change/"' in page
    assert f'href="/questions/{question.pk}/answer/"' in page
    refused = curator.post(f"/admin/questions/flag/{flag.pk}/change/", {"answer": " "})
    assert "This field is required." in text(refused)
    curator.post(f"/admin/questions/flag/{flag.pk}/change/", {"answer": "True.\nIt says so now."})
    flag.refresh_from_db()
    assert (flag.answer, flag.by, flag.is_open) == ("True.\nIt says so now.", cast["curator"], False)
    assert "0 flags to answer" in text(curator.get("/admin/"))
    assert list(curator.get("/admin/questions/flag/?answered=no").context["cl"].result_list) == []
    words = text(as_("member").get(question.get_absolute_url()))
    assert "Answered: True. It says so now." in words and "Flag a problem" in words


def test_answering_again_mends_the_words(as_, cast, flag):
    flag.close("Yess.", by=cast["curator"])
    first = flag.answered_at
    as_("administrator").post(f"/admin/questions/flag/{flag.pk}/change/", {"answer": "Yes."})
    flag.refresh_from_db()
    assert (flag.answer, flag.by, flag.answered_at) == ("Yes.", cast["administrator"], first)


def test_many_are_answered_at_once(as_, cast, flag):
    done = Flag.objects.put(user=cast["outsider"], question=flag.question, **SENT)
    done.close("Look again.", by=cast["administrator"])
    sent = {"action": "mended", "_selected_action": [flag.pk, done.pk]}
    response = as_("curator").post("/admin/questions/flag/", sent, follow=True)
    assert "Answered: 1." in text(response)
    answers = Flag.objects.order_by("pk").values_list("answer", flat=True)
    assert list(answers) == ["Thank you. It is mended.", "Look again."]


def test_flags_on_a_teams_question_are_the_administrators(as_, cast, team):
    ours = factories.question(owner=team)
    flag = Flag.objects.put(user=cast["member"], question=ours, **SENT)
    address = f"/admin/questions/flag/{flag.pk}/change/"
    assert as_("curator").get(address).status_code == 302
    assert as_("curator").post(address, {"answer": "So."}).status_code == 302
    assert list(as_("curator").get("/admin/questions/flag/").context["cl"].result_list) == []
    flag.refresh_from_db()
    assert flag.is_open
    assert as_("administrator").get(address).status_code == 200


def test_who_may_add_and_delete_in_the_admin(as_, flag):
    for name, status in (("curator", 403), ("administrator", 200)):
        assert as_(name).get("/admin/questions/flag/add/").status_code == 403
        assert as_(name).get(f"/admin/questions/flag/{flag.pk}/delete/").status_code == status


def test_the_admins_list_takes_the_same_queries_for_any_number(as_, cast, django_assert_num_queries):
    client = as_("curator")
    for more in (1, 10):
        for at in range(more):
            Flag.objects.put(user=cast["member"], question=factories.question(f"Question {at}"), **SENT)
        client.get("/admin/questions/flag/")
        with django_assert_num_queries(6):
            client.get("/admin/questions/flag/")


def test_an_account_takes_its_flags_along_and_leaves_its_answers(cast, flag):
    flag.close("Mended.", by=cast["curator"])
    cast["curator"].delete()
    flag.refresh_from_db()
    assert (flag.answer, flag.by) == ("Mended.", None)
    cast["member"].delete()
    assert not Flag.objects.exists()
