"""The end of a session: what was recalled, and what comes next."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from questions.catalogue.selection import everything
from questions.models import Question, StudySession

from .. import cards, due_counts
from ..options import study_path
from ..session_log import SessionLog
from .current import CurrentSession, Mode

LISTED = 20
# Where there was nothing to ask from the beginning.
NOTHING = {
    Mode.DUE: "nothing of it is due, and nothing new is left for today.",
    Mode.WEAK: "you have graded none of it before, or it is mastered or buried.",
    Mode.CRAM: "there is no such question.",
    Mode.INTERVIEW: "the plan asked nothing more that day.",
}


def summary(current: CurrentSession, done: SessionLog) -> dict[str, Any]:
    forgotten, recalled = done.forgotten, done.recalled
    wanted = {*forgotten[:LISTED], *recalled[:LISTED]}
    coming = due_counts.coming(current.user, everything(current.user).pool, current.settings, current.now)
    listed = Question.objects.visible_to(current.user).filter(pk__in=wanted).only("pk", "title").in_bulk()
    return left(current) | {
        "complete": is_complete(current.session, done),
        "nothing": "" if current.session.expected else NOTHING[Mode(current.session.mode)],
        "recalled": len(recalled),
        "forgotten": len(forgotten),
        "recalled_ones": [listed[pk] for pk in recalled[:LISTED] if pk in listed],
        "forgotten_ones": [listed[pk] for pk in forgotten[:LISTED] if pk in listed],
        "coming": [(named(current, day), count) for day, count in coming],
        "minutes": round(done.seconds / 60),
    }


def is_complete(session: StudySession, done: SessionLog) -> bool:
    """Whether all that it was to ask was asked and recalled."""
    return bool(done.grades) and not done.forgotten and len(done.graded) >= done.wanted(session)


def left(current: CurrentSession) -> dict[str, Any]:
    """What the day still has, of the plan where the session was for it."""
    user, settings, now = current.user, current.settings, current.now
    if current.session.mode == Mode.INTERVIEW:
        if not cards.coming_plan(user, settings, now):
            return {}
        # The session's filter is the plan's.
        card = cards.plan_card(user, current.selection, current.selection.found().count(), 0, now)
        return {"left": [" ".join([f"{card.heading}.", *(card.words if card.asks else [])])]}
    waiting = due_counts.waiting(user, current.pool, settings, now)
    still = f"Still waiting today: {cards.amount(waiting.due, waiting.new)}." if waiting.total else ""
    sentences = (still, cards.limit_of(waiting, settings), cards.new_limit_of(waiting, settings))
    return {"left": [*filter(None, sentences)], "offer": cards.offer_of(waiting), "beyond": beyond(current)}


def beyond(current: CurrentSession) -> str:
    """Where a session on the same questions starts that goes beyond the day's limits."""
    options = replace(current.options, mode=Mode.DUE, more=True)
    return f"{study_path()}?{urlencode([*current.selection.chosen.pairs(), *options.pairs()])}"


def named(current: CurrentSession, day: date) -> str:
    today = day == current.settings.calendar.day(current.now)
    return "Later today" if today else f"{day:%A}, {day.day} {day:%B}"
