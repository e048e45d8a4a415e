"""The list of questions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from prep.htmx import render_page, wants_fragment

from .. import facets
from ..listing import Listing, listing_of, page_of, rows_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    listing = listing_of(request.user, request.GET)
    chosen = listing.selection.chosen
    page = page_of(listing.selection, request.GET)
    context = {"chosen": chosen, "page": page, "rows": rows_of(page.questions, listing.selection)}
    if page.number > 1 and wants_fragment(request):
        return render_page(request, "catalogue/question_list.html", context, fragment="rows")
    context |= around(listing) | {"swap": wants_fragment(request)}
    response = render_page(request, "catalogue/question_list.html", context, fragment="results")
    if wants_fragment(request):
        response["HX-Push-Url"] = chosen.address()
    return response


def around(listing: Listing) -> dict[str, Any]:
    """What stands around the rows: how many there are, how many are mastered, and by what to filter."""
    selection, counts = listing.selection, listing.counts
    mine = listing.standing(counts.total)
    pairs = selection.chosen.pairs()
    return {
        "counts": counts,
        "mine": mine,
        "heading": facets.heading(selection),
        "facets": facets.facets(selection, counts, mine),
        "loosen": facets.loosen(selection),
        "next": selection.chosen.address(),
        "pairs": pairs,
        "hidden": [pair for pair in pairs if pair[0] != "q"],
        "curates": selection.curates,
    }
