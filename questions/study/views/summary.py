"""The end of a session: what was recalled, and what comes next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from questions.catalogue.selection import everything
from questions.interview.knowledge import question_count
from questions.interview.today import today_for
from questions.learner.context import LearnerContext
from questions.models import Question, StudySession

from .. import cards
from ..due_counts import coming, due_counts
from ..options import study_address
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


def summary(current: CurrentSession, log: SessionLog) -> dict[str, Any]:
    learner = current.learner
    recalled, forgotten = log.recalled[:LISTED], log.forgotten[:LISTED]
    visible = Question.objects.visible_to(current.user).filter(pk__in=[*recalled, *forgotten])
    titles = visible.only("pk", "title").in_bulk()
    days = coming(learner, everything(current.user).scope)
    return rest_of_day(current) | {
        "complete": is_complete(current.session, log),
        "nothing": "" if current.session.expected else NOTHING[Mode(current.session.mode)],
        "recalled": len(log.recalled),
        "forgotten": len(log.forgotten),
        "recalled_ones": present(recalled, titles),
        "forgotten_ones": present(forgotten, titles),
        "coming": [(name_of(day, learner), count) for day, count in days],
        "minutes": round(log.seconds / 60),
    }


def present(questions: list[int], found: Mapping[int, Question]) -> list[Question]:
    return [found[pk] for pk in questions if pk in found]


def is_complete(session: StudySession, log: SessionLog) -> bool:
    """Whether all that it was to ask was asked and recalled."""
    if log.forgotten or not log.grades:
        return False
    return len(log.graded) >= log.wanted(session)


def rest_of_day(current: CurrentSession) -> dict[str, Any]:
    """What the day still has, of the plan where the session was for it."""
    learner = current.learner
    if current.session.mode == Mode.INTERVIEW:
        return rest_of_plan(current)
    scope = current.scope
    counts = due_counts(learner, scope, question_count(learner, scope))
    waiting = ""
    if counts.total:
        waiting = f"Still waiting today: {cards.amount(counts.due, counts.new)}."
    review_limit = cards.review_limit(counts, learner.settings)
    new_limit = cards.new_limit(counts, learner.settings)
    return {
        "left": cards.said([waiting, review_limit, new_limit]),
        "offer": cards.offer_beyond(counts),
        "beyond": path_beyond(current),
    }


def rest_of_plan(current: CurrentSession) -> dict[str, Any]:
    """The session's filter is the plan's."""
    if not current.learner.coming_plan:
        return {}
    card = cards.plan_card(today_for(current.learner, current.scope))
    words = card.words if card.asks else []
    return {"left": [" ".join([f"{card.heading}.", *words])]}


def path_beyond(current: CurrentSession) -> str:
    """Where a session on the same questions starts that goes beyond the day's limits."""
    options = replace(current.options, mode=Mode.DUE, more=True)
    return study_address(current.selection.chosen, options)


def name_of(day: date, learner: LearnerContext) -> str:
    return "Later today" if day == learner.day else f"{day:%A}, {day.day} {day:%B}"
