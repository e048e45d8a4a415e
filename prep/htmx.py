"""Page or fragment, redirects and messages for htmx: the one place that decides."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page: not where it is boosted, or restores the history."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """Renders the page, or its named partial when htmx asks for a part."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    return render(request, name, context, status=status)


class InPlace(HttpResponseRedirect):
    """After a form, the page that it was on.

    htmx follows as any browser does, and swaps the fragment that it gets there.
    """


class HtmxResponseMiddleware:
    """Turns redirects and messages into what htmx knows.

    Caches are told that pages and fragments share their addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if not wants_fragment(request):
            return response
        response["Cache-Control"] = "no-store"
        if isinstance(response, InPlace):
            return response
        if isinstance(response, HttpResponseRedirect):
            return self.redirect(response)
        if is_html(response):
            add_messages(request, response)
        return response

    def redirect(self, response: HttpResponse) -> HttpResponse:
        """A whole new page instead of a page inside a fragment."""
        headers = {"HX-Redirect": response["Location"], "Cache-Control": "no-store"}
        moved = HttpResponse(status=204, headers=headers)
        moved.cookies = response.cookies
        patch_vary_headers(moved, ["HX-Request"])
        return moved


def is_html(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not response.streaming


def add_messages(request: HttpRequest, response: HttpResponse) -> None:
    """Adds what is to be said, for the place that the page keeps for messages."""
    messages = list(get_messages(request))
    if messages:
        context = {"messages": messages, "out_of_band": True}
        response.write(render_to_string("messages.html", context, request))
