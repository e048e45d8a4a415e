"""Where studying starts: what waits, and how a session is to go."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from prep.htmx import render_page, wants_fragment

from .. import lookup, stats, study
from ..browsing import Selection
from ..filters import DIFFICULTIES, PROGRESS, Filter
from ..models import InterviewPlan, StudySettings
from ..models.plan import validate_time_zone
from .desk import Desk
from .learner import learner
from .sitting import Mode, about, listed_filter, study_path

MODES = {
    Mode.DUE: ("Due, then new", "What comes back today, then new questions within your limit."),
    Mode.WEAK: ("My weak ones", "What you would recall worst now, due or not."),
    Mode.CRAM: ("Cram", "All of them once, mastered or not. Your schedule is not touched."),
    Mode.INTERVIEW: ("For the interview", "What your plan asks today."),
}


@dataclass(frozen=True, slots=True)
class Start:
    """What an address or a form asks for, as this learner can have it."""

    desk: Desk
    options: study.Options
    learner: User
    arrival: study.Arrival
    now: datetime

    @property
    def settings(self) -> StudySettings:
        return StudySettings.of(self.learner)

    @property
    def plan(self) -> InterviewPlan | None:
        """That of a day to come."""
        plan = getattr(self.learner, "interview_plan", None)
        return plan if plan and plan.day > self.settings.calendar.day(self.now) else None

    @property
    def mode(self) -> str:
        if self.options.mode == Mode.INTERVIEW or not (self.options.mode or self.desk.selection.chosen):
            return Mode.INTERVIEW if self.plan else Mode.DUE
        return self.options.mode or Mode.DUE

    @property
    def selection(self) -> Selection:
        """The plan has a filter of its own."""
        asked = self.desk.selection
        if self.mode != Mode.INTERVIEW or not self.plan:
            return asked
        return replace(asked, chosen=listed_filter(QueryDict(self.plan.query), asked))

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Of the address that leads here."""
        return [*self.desk.selection.chosen.pairs(), *self.options.pairs()]

    @property
    def address(self) -> str:
        query = urlencode(self.pairs)
        return f"{study_path()}{'?' if query else ''}{query}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return begin(request)
    wish = wish_of(learner(request), request.GET)
    response = render_page(request, "study/start.html", start_context(wish), fragment="choices")
    if wants_fragment(request):
        response["HX-Replace-Url"] = wish.address
    return response


def begin(request: HttpRequest) -> HttpResponse:
    keep_time_zone(learner(request), request.POST.get("time_zone", ""))
    wish = wish_of(learner(request), request.POST)
    options, selection = wish.options, wish.selection
    query = urlencode([*selection.chosen.pairs(), *([] if options.timer else [("timer", 0)])])
    pool = selection.pool
    waiting = study.waiting(wish.learner, pool, wish.settings, wish.now) if wish.mode == Mode.DUE else None
    session = study.begin(
        user=wish.learner,
        pool=pool,
        query=query,
        mode=wish.mode,
        shuffled=options.shuffled,
        limit=options.limit,
        minutes=options.minutes,
        now=wish.now,
    )
    session.expected = len(session.chosen) + (waiting.due if waiting else 0)
    session.save(update_fields=["expected"])
    return redirect("study:session", session.pk)


def keep_time_zone(user: User, name: str) -> None:
    """As the browser says, for those who never chose one."""
    try:
        validate_time_zone(name)
    except ValidationError:
        return
    StudySettings.objects.get_or_create(user=user, defaults={"time_zone": name})


def wish_of(user: User, params: QueryDict) -> Start:
    version, tallies = lookup.versions(user)
    everything = Selection(user, Filter(), stats.shelf_of(user, version))
    desk = Desk(replace(everything, chosen=listed_filter(params, everything)), version, tallies)
    return Start(desk, study.read_options(params), user, study.arrive(user), timezone.now())


def start_context(wish: Start) -> dict[str, Any]:
    selection, calendar = wish.selection, wish.settings.calendar
    session, begun, unread = wish.arrival
    desk = replace(wish.desk, selection=selection)
    total = desk.counts.total
    waiting = study.waiting(wish.learner, selection.pool, wish.settings, wish.now)
    standing = desk.standing(total)
    days = (calendar.day(waiting.next_due) - calendar.day(wish.now)).days if waiting.next_due else 0
    return {
        "wish": wish,
        "about": about(selection, wish.mode),
        "unread": unread,
        "open_session": session if begun and calendar.day(begun) == calendar.day(wish.now) else None,
        "begun": begun and begun.astimezone(calendar.zone),
        "waiting": waiting,
        "in_days": days,
        "standing": standing,
        "total": total,
        "list": wish.desk.selection.chosen.address(),
        "modes": [
            (mode, *words, mode == wish.mode) for mode, words in MODES.items() if mode != Mode.INTERVIEW or wish.plan
        ],
        "selects": selects(wish.desk.selection),
        "hidden": hidden(wish.desk.selection.chosen),
        "asks_time_zone": wish.settings._state.adding,
    }


def hidden(chosen: Filter) -> list[tuple[str, Any]]:
    """What the form has no field for."""
    pairs = (("q", chosen.q), ("source", chosen.source), *(("tag", tag) for tag in chosen.tags[1:]))
    return [(name, value) for name, value in pairs if value]


def selects(selection: Selection) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The filters that a form offers: label, name, and value, word, whether chosen."""
    chosen, shelf = selection.chosen, selection.shelf
    tag = chosen.tags[0] if chosen.tags else ""
    known: list[tuple[str, str, str, dict[str, str]]] = [
        ("Set", "set", chosen.set, {name: title for name, (_, title, _) in shelf.sets.items()}),
        ("Tag", "tag", tag, {slug: name for slug, (_, name) in shelf.tags.items()}),
        ("Difficulty", "difficulty", chosen.difficulty, {name: name.title() for name in DIFFICULTIES}),
        ("Marks", "progress", chosen.progress, PROGRESS),
    ]
    return [
        (label, name, [("", "Any", not value), *((each, word, each == value) for each, word in words.items())])
        for label, name, value, words in known
        if words
    ]
