"""The end of a session: what was recalled, and what comes next."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from questions.catalogue.selection import everything
from questions.models import Question, StudySession

from .. import cards, due_counts
from ..options import study_path
from ..session_log import Done
from .current import Mode, Sitting

LISTED = 20
# Where there was nothing to ask from the beginning.
NOTHING = {
    Mode.DUE: "nothing of it is due, and nothing new is left for today.",
    Mode.WEAK: "you have graded none of it before, or it is mastered or buried.",
    Mode.CRAM: "there is no such question.",
    Mode.INTERVIEW: "the plan asked nothing more that day.",
}


def summary(sitting: Sitting, done: Done) -> dict[str, Any]:
    forgotten, recalled = done.forgotten, done.recalled
    wanted = {*forgotten[:LISTED], *recalled[:LISTED]}
    coming = due_counts.coming(sitting.user, everything(sitting.user).pool, sitting.settings, sitting.now)
    listed = Question.objects.visible_to(sitting.user).filter(pk__in=wanted).only("pk", "title").in_bulk()
    return left(sitting) | {
        "complete": is_complete(sitting.session, done),
        "nothing": "" if sitting.session.expected else NOTHING[Mode(sitting.session.mode)],
        "recalled": len(recalled),
        "forgotten": len(forgotten),
        "recalled_ones": [listed[pk] for pk in recalled[:LISTED] if pk in listed],
        "forgotten_ones": [listed[pk] for pk in forgotten[:LISTED] if pk in listed],
        "coming": [(named(sitting, day), count) for day, count in coming],
        "minutes": round(done.seconds / 60),
    }


def is_complete(session: StudySession, done: Done) -> bool:
    """Whether all that it was to ask was asked and recalled."""
    return bool(done.grades) and not done.forgotten and len(done.graded) >= done.wanted(session)


def left(sitting: Sitting) -> dict[str, Any]:
    """What the day still has, of the plan where the session was for it."""
    user, settings, now = sitting.user, sitting.settings, sitting.now
    if sitting.session.mode == Mode.INTERVIEW:
        if not cards.coming_plan(user, settings, now):
            return {}
        # The session's filter is the plan's.
        card = cards.plan_card(user, sitting.selection, sitting.selection.found().count(), 0, now)
        return {"left": [" ".join([f"{card.heading}.", *(card.words if card.asks else [])])]}
    waiting = due_counts.waiting(user, sitting.pool, settings, now)
    still = f"Still waiting today: {cards.amount(waiting.due, waiting.new)}." if waiting.total else ""
    sentences = (still, cards.limit_of(waiting, settings), cards.new_limit_of(waiting, settings))
    return {"left": [*filter(None, sentences)], "offer": cards.offer_of(waiting), "beyond": beyond(sitting)}


def beyond(sitting: Sitting) -> str:
    """Where a session on the same questions starts that goes beyond the day's limits."""
    options = replace(sitting.options, mode=Mode.DUE, more=True)
    return f"{study_path()}?{urlencode([*sitting.selection.chosen.pairs(), *options.pairs()])}"


def named(sitting: Sitting, day: date) -> str:
    today = day == sitting.settings.calendar.day(sitting.now)
    return "Later today" if today else f"{day:%A}, {day.day} {day:%B}"
