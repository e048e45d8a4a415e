"""Page or fragment, and what htmx is told: the middleware and its helpers alone."""

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from prep.htmx import HtmxResponseMiddleware, InPlace, wants_fragment
from prep.tests.pages import html_of

FRAGMENT = {"HX-Request": "true"}
PAGES = [
    {},
    FRAGMENT | {"HX-Boosted": "true"},
    FRAGMENT | {"HX-History-Restore-Request": "true"},
    {"HX-Request": "false"},
]


def answer(view, headers):
    handler = view
    for middleware in (HtmxResponseMiddleware, HtmxMiddleware, MessageMiddleware, SessionMiddleware):
        handler = middleware(handler)
    return handler(RequestFactory().get("/", headers=headers))


@pytest.mark.parametrize("headers", PAGES)
def test_pages(headers):
    response = answer(lambda request: HttpResponse(str(wants_fragment(request))), headers)
    assert response.content == b"False"
    assert "HX-Request" in response["Vary"]
    assert "Cache-Control" not in response


def test_a_fragment_is_not_stored():
    response = answer(lambda request: HttpResponse(str(wants_fragment(request))), FRAGMENT)
    assert response.content == b"True"
    assert "HX-Request" in response["Vary"]
    assert response["Cache-Control"] == "no-store"


def test_a_redirect_becomes_a_new_page():
    def leave(request):
        response = HttpResponseRedirect("/accounts/login/?next=/")
        response.set_cookie("kept", "1")
        return response

    moved = answer(leave, FRAGMENT)
    assert (moved.status_code, moved.content) == (204, b"")
    assert moved["HX-Redirect"] == "/accounts/login/?next=/"
    assert moved["Cache-Control"] == "no-store"
    assert moved.cookies["kept"].value == "1"
    assert answer(leave, {})["Location"] == "/accounts/login/?next=/"


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_redirect_in_place_is_the_browser_s_and_keeps_the_messages(headers):
    def act(request):
        messages.success(request, "Done.")
        return InPlace("/study/1/")

    moved = answer(act, headers)
    assert (moved.status_code, moved["Location"], moved.content) == (302, "/study/1/", b"")
    assert "HX-Redirect" not in moved
    assert moved.cookies["messages"].value


@pytest.mark.django_db
def test_messages_ride_along_out_of_band():
    def speak(request):
        messages.success(request, "Done & dusted.")
        return HttpResponse("<p>Part</p>")

    html = html_of(answer(speak, FRAGMENT))
    assert html.startswith("<p>Part</p>")
    assert 'id="messages" role="status" hx-swap-oob="true"' in html
    assert "Done &amp; dusted." in html
    assert answer(speak, {}).content == b"<p>Part</p>"


@pytest.mark.django_db
def test_what_is_no_html_is_left_alone():
    def speak(request):
        messages.success(request, "Done.")
        return HttpResponse("{}", content_type="application/json")

    assert answer(speak, FRAGMENT).content == b"{}"
