"""Page or fragment, redirects and messages for htmx: decided here and nowhere else."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """True for a request of htmx's that asks for a part of a page: neither boosted nor a restore of the history."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str, status: int = 200
) -> HttpResponse:
    """Renders the page, or its named partial when htmx asks for a part."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    return render(request, name, context, status=status)


class InPlace(HttpResponseRedirect):
    """After a form, the page it was on: htmx follows as any browser does, and swaps the fragment that it gets there."""


class HtmxResponseMiddleware:
    """Tells caches that pages and fragments share addresses, and turns redirects and messages into what htmx knows."""

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
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            messages = list(get_messages(request))
            if messages:
                response.write(render_to_string("messages.html", {"messages": messages, "out_of_band": True}, request))
        return response

    def redirect(self, response: HttpResponse) -> HttpResponse:
        """A whole new page instead of a page inside a fragment."""
        moved = HttpResponse(status=204, headers={"HX-Redirect": response["Location"], "Cache-Control": "no-store"})
        moved.cookies = response.cookies
        patch_vary_headers(moved, ["HX-Request"])
        return moved
