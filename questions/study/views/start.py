"""Where studying starts: what waits, and how a session is to go."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from prep.htmx import render_page, wants_fragment
from questions.catalogue.filters import DIFFICULTIES, PROGRESS, Filter
from questions.catalogue.selection import Selection
from questions.learner.context import keep_time_zone
from questions.learner.requests import learner_of, user_of
from questions.rendering.words import counted

from .. import cards, sessions
from ..first_picks import WEAK
from ..front_page import hour_of, session_to_resume
from ..options import misread
from ..standing import standing_of
from ..start import SessionWish, card_of, wish_of
from .current import Mode

MODES = {
    Mode.DUE: (
        "Due, then new",
        "What comes back today, then new questions, within your limits a day.",
    ),
    Mode.WEAK: (
        "My weak ones",
        f"What you would recall worst now, due or not: {WEAK}, unless you say how many.",
    ),
    Mode.CRAM: ("Cram", "All of them once, mastered or not. Your schedule is not touched."),
    Mode.INTERVIEW: (
        "For the interview",
        "What your plan asks today, of the questions it is for.",
    ),
}

# The values of a choice, each with its word and whether it is chosen.
Choices = list[tuple[str, str, bool]]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return begin(request)
    wish, fragment = wish_of(learner_of(request), request.GET), wants_fragment(request)
    context = start_context(wish) | {"fragment": fragment, "misread": misread(request.GET)}
    response = render_page(request, "study/start.html", context, fragment="choices")
    if fragment:
        response["HX-Replace-Url"] = wish.address
    return response


def begin(request: HttpRequest) -> HttpResponse:
    keep_time_zone(user_of(request), request.POST.get("time_zone", ""))
    wish = wish_of(learner_of(request), request.POST)
    options = replace(wish.options, mode=wish.mode)
    session = sessions.begin(wish.learner, wish.selection.scope, options)
    return redirect("study:session", session.pk)


def start_context(wish: SessionWish) -> dict[str, Any]:
    learner, chosen = wish.learner, wish.listing.selection.chosen
    listing = replace(wish.listing, selection=wish.selection)
    standing = standing_of(learner, listing)
    session = session_to_resume(learner)
    return {
        "learner": learner,
        "wish": wish,
        "about": cards.about(wish.selection, wish.mode),
        "unread": learner.unread_answers,
        "open_session": session.pk if session else None,
        "begun": hour_of(session.started_at, learner) if session else "",
        "card": card_of(wish, standing),
        "ends": ends_after(wish),
        "narrowed": wish.narrowed,
        "list": chosen.address(),
        "modes": [(mode, *MODES[mode], mode == wish.mode) for mode in MODES if mode in wish.modes],
        "selects": selects(wish.listing.selection),
        "hidden": hidden(chosen),
        "asks_time_zone": learner.settings._state.adding,
    }


def ends_after(wish: SessionWish) -> str:
    """The number of minutes, and of questions where the card does not say it."""
    ends = []
    if wish.options.limit and wish.mode not in {Mode.CRAM, Mode.WEAK}:
        ends.append(counted(wish.options.limit, "question"))
    if wish.options.minutes:
        ends.append(counted(wish.options.minutes, "minute"))
    return " or ".join(ends)


def hidden(chosen: Filter) -> list[tuple[str, Any]]:
    """What the form has no field for."""
    tags = [("tag", tag) for tag in chosen.tags[1:]]
    pairs = [("q", chosen.q), ("source", chosen.source), *tags]
    return [(name, value) for name, value in pairs if value]


def selects(selection: Selection) -> list[tuple[str, str, Choices]]:
    """The filters that a form offers: label, name, and the choices."""
    chosen, known = selection.chosen, selection.filter_choices
    fields = [
        select("Set", "set", chosen.set, {name: title for name, (_, title, _) in known.sets.items()}),
        select("Tag", "tag", (*chosen.tags, "")[0], {tag: name for tag, (_, name) in known.tags.items()}),
        select("Difficulty", "difficulty", chosen.difficulty, {name: name.title() for name in DIFFICULTIES}),
        select("Marks", "progress", chosen.progress, PROGRESS),
    ]
    return [field for field in fields if len(field[2]) > 1]


def select(label: str, name: str, chosen: str, words: dict[str, str]) -> tuple[str, str, Choices]:
    choices = [(value, word, value == chosen) for value, word in words.items()]
    return label, name, [("", "Any", not chosen), *choices]
