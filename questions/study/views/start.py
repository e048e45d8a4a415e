"""Where studying starts: what waits, and how a session is to go."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from prep.htmx import render_page, wants_fragment
from questions.catalogue import counts
from questions.catalogue.choices import filter_choices_of
from questions.catalogue.filters import DIFFICULTIES, PROGRESS, Filter
from questions.catalogue.listing import Listing
from questions.catalogue.selection import Selection, listed_filter
from questions.learner.context import Arrival, arrive, keep_time_zone
from questions.learner.requests import learner
from questions.models import Catalogue, InterviewPlan, StudySettings
from questions.rendering.words import counted

from .. import cards, due_counts, sessions
from ..cards import Card, about
from ..due_counts import Waiting, weak_count
from ..first_picks import WEAK
from ..options import Options, misread, read_options, study_path
from .current import Mode

MODES = {
    Mode.DUE: ("Due, then new", "What comes back today, then new questions, within your limits a day."),
    Mode.WEAK: ("My weak ones", f"What you would recall worst now, due or not: {WEAK}, unless you say how many."),
    Mode.CRAM: ("Cram", "All of them once, mastered or not. Your schedule is not touched."),
    Mode.INTERVIEW: ("For the interview", "What your plan asks today, of the questions it is for."),
}
# What the column takes.
MOST_EXPECTED = 32_767


@dataclass(frozen=True, slots=True)
class Start:
    """What an address or a form asks for, as this learner can have it."""

    listing: Listing
    options: Options
    learner: User
    arrival: Arrival
    now: datetime

    @property
    def settings(self) -> StudySettings:
        return StudySettings.of(self.learner)

    @property
    def plan(self) -> InterviewPlan | None:
        return cards.coming_plan(self.learner, self.settings, self.now)

    @property
    def mode(self) -> str:
        """The plan has questions of its own: whoever chooses others leaves it aside."""
        if self.options.mode in {"", Mode.INTERVIEW}:
            return Mode.INTERVIEW if self.plan and not self.listing.selection.chosen else Mode.DUE
        return self.options.mode

    @property
    def selection(self) -> Selection:
        asked = self.listing.selection
        return cards.plans(asked, self.plan) if self.mode == Mode.INTERVIEW and self.plan else asked

    @property
    def modes(self) -> set[str]:
        """Those that the form offers."""
        planned = self.plan and not self.listing.selection.chosen
        return {*Mode.values} if planned else {*Mode.values} - {Mode.INTERVIEW}

    @property
    def waiting(self) -> Waiting:
        pool, more = self.selection.pool, self.options.more
        return due_counts.waiting(self.learner, pool, self.settings, self.now, more=more)

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Of the address that leads here."""
        options = replace(self.options, mode=self.mode) if self.options.mode else self.options
        return [*self.listing.selection.chosen.pairs(), *options.pairs()]

    @property
    def address(self) -> str:
        query = urlencode(self.pairs)
        return f"{study_path()}{'?' if query else ''}{query}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return begin(request)
    wish, fragment = wish_of(learner(request), request.GET), wants_fragment(request)
    context = start_context(wish) | {"fragment": fragment, "misread": misread(request.GET)}
    response = render_page(request, "study/start.html", context, fragment="choices")
    if fragment:
        response["HX-Replace-Url"] = wish.address
    return response


def begin(request: HttpRequest) -> HttpResponse:
    keep_time_zone(learner(request), request.POST.get("time_zone", ""))
    wish = wish_of(learner(request), request.POST)
    options, selection = wish.options, wish.selection
    pool, due = selection.pool, wish.waiting.due if wish.mode == Mode.DUE else 0
    session = sessions.begin(
        user=wish.learner,
        pool=pool,
        query=selection.chosen.query(),
        mode=wish.mode,
        shuffled=options.shuffled,
        limit=options.limit,
        minutes=options.minutes,
        more=options.more,
        timer=options.timer,
        now=wish.now,
    )
    session.expected = min(len(session.chosen) + due, MOST_EXPECTED)
    session.save(update_fields=["expected"])
    return redirect("study:session", session.pk)


def wish_of(user: User, params: QueryDict) -> Start:
    version = Catalogue.current()
    everything = Selection(user, Filter(), filter_choices_of(user, version))
    listing = Listing(replace(everything, chosen=listed_filter(params, everything)), version)
    return Start(listing, read_options(params), user, arrive(user), timezone.now())


def start_context(wish: Start) -> dict[str, Any]:
    listing = replace(wish.listing, selection=wish.selection)
    standing = cast(counts.Standing, listing.standing(listing.counts.total))
    session, begun = cards.under_way(wish.arrival, wish.settings, wish.now)
    chosen = wish.listing.selection.chosen
    return {
        "wish": wish,
        "about": about(wish.selection, wish.mode),
        "unread": wish.arrival.unread,
        "open_session": session,
        "begun": begun,
        "card": card_of(wish, standing),
        "ends": ends_after(wish),
        "narrowed": bool(chosen),
        "list": chosen.address(),
        "modes": [(mode, *words, mode == wish.mode) for mode, words in MODES.items() if mode in wish.modes],
        "selects": selects(wish.listing.selection),
        "hidden": hidden(chosen),
        "asks_time_zone": wish.settings._state.adding,
    }


def card_of(wish: Start, standing: counts.Standing) -> Card | None:
    """What a session would ask; None where nothing matches."""
    marks, limit = wish.selection.chosen.progress, wish.options.limit
    matching = getattr(standing, marks or "total")
    if not matching:
        return None
    if wish.mode == Mode.CRAM:
        return cards.cram_card(matching, limit)
    if wish.mode == Mode.WEAK:
        return cards.weak_card(weak_count(wish.learner, wish.selection.pool, wish.now, limit))
    if wish.mode == Mode.INTERVIEW:
        return cards.plan_card(wish.learner, wish.selection, matching, standing.begun, wish.now)
    if marks in {"mastered", "changed"} or standing.mastered == standing.total:
        return cards.ALL_MASTERED
    return cards.due_card(wish.waiting, wish.settings, wish.now)


def ends_after(wish: Start) -> str:
    """The number of questions where the card does not say it."""
    limit = None if wish.mode in {Mode.CRAM, Mode.WEAK} else wish.options.limit
    ends = ((limit, "question"), (wish.options.minutes, "minute"))
    return " or ".join(counted(number, noun) for number, noun in ends if number)


def hidden(chosen: Filter) -> list[tuple[str, Any]]:
    """What the form has no field for."""
    pairs = (("q", chosen.q), ("source", chosen.source), *(("tag", tag) for tag in chosen.tags[1:]))
    return [(name, value) for name, value in pairs if value]


def selects(selection: Selection) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The filters that a form offers: label, name, and value, word, whether chosen."""
    chosen, filter_choices = selection.chosen, selection.filter_choices
    tag = chosen.tags[0] if chosen.tags else ""
    known: list[tuple[str, str, str, dict[str, str]]] = [
        ("Set", "set", chosen.set, {name: title for name, (_, title, _) in filter_choices.sets.items()}),
        ("Tag", "tag", tag, {slug: name for slug, (_, name) in filter_choices.tags.items()}),
        ("Difficulty", "difficulty", chosen.difficulty, {name: name.title() for name in DIFFICULTIES}),
        ("Marks", "progress", chosen.progress, PROGRESS),
    ]
    return [
        (label, name, [("", "Any", not value), *((each, word, each == value) for each, word in words.items())])
        for label, name, value, words in known
        if words
    ]
