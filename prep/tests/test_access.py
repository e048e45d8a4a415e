"""Every address of ours, tried as everybody, with the right verb and with the wrong one."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.views.defaults import server_error

from prep.tests.cast import CAST
from questions.models import Act, QuestionSet, Reminder, StudySession
from questions.tests import factories

SIGNED_IN = dict.fromkeys(CAST, 200) | {"visitor": 302}
EVERYBODY = dict.fromkeys(CAST, 200)
ACTS = dict.fromkeys(CAST, 302)
# A page of the member's, and of nobody else.
THEIRS = dict.fromkeys(CAST, 404) | {"visitor": 302, "member": 200}
THEIR_ACTS = THEIRS | {"member": 302}
STAFF = {name: 200 if name in {"curator", "administrator"} else 302 for name in CAST}
GET, POST = ("get",), ("post",)

# Route name -> verbs it knows, what is sent, and the status for each.
ROUTES = {
    "home": (GET, {}, EVERYBODY),
    "health": (GET, {}, EVERYBODY),
    "questions:list": (GET, {}, EVERYBODY),
    "questions:detail": (GET, {}, EVERYBODY),
    "questions:answer": (GET, {}, EVERYBODY),
    "questions:mastered": (POST, {"mastered": "1"}, ACTS),
    "questions:starred": (POST, {"starred": "1"}, ACTS),
    "questions:note": (("get", "post"), {"note": "Mine."}, SIGNED_IN),
    "questions:flags": (("get", "post"), {}, SIGNED_IN),
    "questions:flag": (("get", "post"), {"kind": "typo", "text": "Here."}, SIGNED_IN),
    "questions:withdraw": (POST, {}, ACTS),
    "sets:list": (GET, {}, EVERYBODY),
    "sets:detail": (GET, {}, EVERYBODY),
    "study:start": (("get", "post"), {}, SIGNED_IN),
    "study:settings": (("get", "post"), {}, SIGNED_IN),
    "study:session": (GET, {}, THEIRS),
    "study:reveal": (("get", "post"), {}, THEIRS),
    "study:grade": (POST, {"rating": "3", "number": "1"}, THEIR_ACTS),
    "study:skip": (POST, {}, THEIR_ACTS),
    "study:bury": (POST, {}, THEIR_ACTS),
    "study:mastered": (POST, {}, THEIR_ACTS),
    "study:starred": (POST, {}, THEIR_ACTS),
    "study:undo": (POST, {}, THEIR_ACTS),
    "study:end": (POST, {}, THEIR_ACTS),
    "study:go_on": (POST, {}, THEIR_ACTS),
    "study:interview": (("get", "post"), {"day": "2100-01-01"}, SIGNED_IN),
    "study:remove_plan": (POST, {}, ACTS),
    "study:sheet": (GET, {}, SIGNED_IN),
    "study:reset": (("get", "post"), {}, SIGNED_IN),
    "study:undo_reset": (("get", "post"), {}, THEIRS),
    "progress:index": (GET, {}, SIGNED_IN),
    "progress:data": (GET, {}, SIGNED_IN),
    "progress:export": (GET, {}, SIGNED_IN),
    "progress:delete": (("get", "post"), {}, SIGNED_IN),
    "reminders:page": (("get", "post"), {}, SIGNED_IN),
    "reminders:stop": (("get", "post"), {}, EVERYBODY),
    "accounts:profile": (("get", "post"), {}, SIGNED_IN),
    "admin:index": (GET, {}, STAFF),
}
THEIR_ROUTES = [route for route, (_, _, expected) in ROUTES.items() if expected in (THEIRS, THEIR_ACTS)]


@pytest.fixture
def address(cast):
    """The address of a route, with a question where one is asked for."""
    question = factories.question()
    sessions = dict.fromkeys(THEIR_ROUTES, StudySession.objects.create(user=cast["member"]).pk)
    library = QuestionSet.objects.create(key="birds", title="Birds")
    library.append([question])
    reset = Act.objects.create(user=cast["member"], kind=Act.Kind.RESET, at=timezone.now())
    others = sessions | {
        "study:undo_reset": reset.pk,
        "progress:export": "json",
        "reminders:stop": Reminder(pk=0).token,
        "sets:detail": "birds",
    }

    def find(name):
        try:
            return reverse(name)
        except NoReverseMatch:
            more = [question.pk] if name == "study:reveal" else []
            return reverse(name, args=[others.get(name, question.pk), *more])

    find.question = question.pk
    return find


def our_routes():
    """The names of all routes of the study pages, found in the address table itself."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name
        elif isinstance(entry, URLResolver) and entry.namespace in {
            "questions",
            "sets",
            "study",
            "progress",
            "reminders",
        }:
            yield from (f"{entry.namespace}:{pattern.name}" for pattern in entry.url_patterns)


def test_no_route_is_forgotten():
    assert set(our_routes()) <= set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", CAST)
def test_everybody_at_every_route(as_, address, name, route):
    verbs, sent, expected = ROUTES[route]
    response = getattr(as_(name), verbs[0])(address(route), sent | {"question": address.question})
    assert response.status_code == expected[name]
    if response.status_code == 302 and name == "visitor":
        assert "/login/?next=/" in response["Location"]


@pytest.mark.parametrize("route", [route for route in ROUTES if route != "admin:index"])
@pytest.mark.parametrize("name", ["visitor", "member"])
def test_wrong_verbs(as_, address, name, route):
    verbs = ROUTES[route][0]
    for verb in {"get", "post", "put", "delete", "patch"} - set(verbs):
        assert getattr(as_(name), verb)(address(route)).status_code == 405, verb


# A mail program that stops reminders with one click has no token.
@pytest.mark.parametrize(
    "route", [route for route, (verbs, *_) in ROUTES.items() if "post" in verbs and route != "reminders:stop"]
)
def test_a_form_without_its_token(cast, address, route):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast["member"])
    response = careful.post(address(route), ROUTES[route][1])
    assert response.status_code == 403
    assert "This form has grown old" in response.content.decode()


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("questions:")])
def test_pages_say_what_they_depend_on(as_, address, route):
    for headers in ({}, {"HX-Request": "true"}):
        verbs, sent, _ = ROUTES[route]
        response = getattr(as_("member"), verbs[0])(address(route), sent, headers=headers)
        assert "HX-Request" in response["Vary"]
        assert ("no-store" in response.get("Cache-Control", "")) == bool(headers)


def test_error_pages(as_):
    missing = as_("visitor").get("/nowhere/")
    assert missing.status_code == 404 and "There is nothing here" in missing.content.decode()


def test_the_page_of_a_failure_needs_nothing(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
