"""The list of questions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from prep.htmx import render_page, wants_fragment

from .. import facets
from ..listing import Listing, listing_of, page_of
from ..rows import rows_of

TEMPLATE = "catalogue/question_list.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    listing = listing_of(request.user, request.GET)
    selection, swap = listing.selection, wants_fragment(request)
    page = page_of(selection, request.GET)
    rows = rows_of(page.questions, selection)
    context = {"chosen": selection.chosen, "page": page, "rows": rows, "swap": swap}
    if page.number > 1 and swap:
        return render_page(request, TEMPLATE, context, fragment="rows")
    context |= list_context(listing)
    response = render_page(request, TEMPLATE, context, fragment="results")
    if swap:
        response["HX-Push-Url"] = selection.chosen.address()
    return response


def list_context(listing: Listing) -> dict[str, Any]:
    """Beside the rows: how many there are, how many are mastered, and by what to filter."""
    selection, counts = listing.selection, listing.counts
    standing = listing.standing(counts.total)
    pairs = selection.chosen.pairs()
    return {
        "counts": counts,
        "mine": standing,
        "heading": facets.heading(selection),
        "facets": facets.facets(selection, counts, standing),
        "loosen": list(facets.conditions(selection)),
        "next": selection.chosen.address(),
        "pairs": pairs,
        "hidden": [(name, value) for name, value in pairs if name != "q"],
        "curates": selection.curates,
    }
