"""What is ahead of a learner today, in words: on the front page, where studying starts, and at a session's end."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from questions.catalogue import facets
from questions.catalogue.cache import remembered, scope
from questions.catalogue.counts import Standing
from questions.catalogue.filters import list_path
from questions.catalogue.selection import Selection, listed_filter
from questions.learner.context import Arrival
from questions.models import InterviewPlan, StudySession, StudySettings
from questions.rendering.words import counted

from . import due_counts
from .due_counts import Waiting, planned
from .options import LONGEST, study_path

Mode = StudySession.Mode
# Of so many questions begun, to count what a plan asks costs more than the rest of a page.
COUNTED_BEGUN = 1_000


@dataclass(frozen=True, slots=True)
class Card:
    """`asks`: whether a session has anything to ask. `offer`: what one beyond the day's limits would ask."""

    heading: str
    words: list[str] = field(default_factory=list)
    asks: bool = True
    offer: str = ""


ALL_MASTERED = Card(
    "You have mastered all of them",
    ["Mastered questions are not asked again. Cram goes through them all the same, and unmarking one brings it back."],
    asks=False,
)
NEVER_STUDIED = Card(
    "Nothing to recall yet",
    ["Weak ones come from what you have graded before. You have graded none of these, or it is mastered or buried."],
    asks=False,
)
THE_DAY = Card("The day of your interview", ["Read the sheet once more, and then rest."])
PLAN_DONE = Card("Your plan asks nothing more today", ["What is due can be studied all the same."], asks=False)


def due_card(waiting: Waiting, settings: StudySettings, now: datetime) -> Card:
    if waiting.total:
        offer = offer_of(waiting) if waiting.due_beyond else ""
        words = [order_of(waiting), limit_of(waiting, settings)]
        return Card(f"{amount(waiting.due, waiting.new)} today", [*filter(None, words)], offer=offer)
    if waiting.due_beyond:
        return Card("Done for today", [limit_of(waiting, settings)], asks=False, offer=offer_of(waiting))
    words = [next_of(waiting, settings, now), new_limit_of(waiting, settings)]
    return Card("Nothing is due", [*filter(None, words)], asks=False, offer=offer_of(waiting))


def amount(due: int, new: int) -> str:
    return ", ".join(f"{number} {word}" for number, word in ((due, "due"), (new, "new")) if number)


def order_of(waiting: Waiting) -> str:
    if waiting.due:
        return "Due ones come first." if waiting.new else "There is nothing new today."
    return "" if waiting.due_beyond else "Nothing is due."


def limit_of(waiting: Waiting, settings: StudySettings) -> str:
    if not waiting.due_beyond:
        return ""
    more, limit = waiting.due_beyond, f"today's limit of {counted(settings.reviews_per_day, 'review')}"
    if waiting.due:
        return f"{more} more {'is' if more == 1 else 'are'} due, over {limit}."
    return f"T{limit[1:]} is reached; {more} more {'waits' if more == 1 else 'wait'}."


def new_limit_of(waiting: Waiting, settings: StudySettings) -> str:
    if waiting.new or not waiting.new_beyond:
        return ""
    return f"Today's limit of {counted(settings.new_per_day, 'new question')} is reached."


def next_of(waiting: Waiting, settings: StudySettings, now: datetime) -> str:
    if not waiting.next_due:
        return "" if waiting.new_beyond else "Nothing new is left for today either."
    days = (settings.calendar.day(waiting.next_due) - settings.calendar.day(now)).days
    when = f"in {days} days" if days > 1 else "tomorrow" if days == 1 else "later today"
    return f"The next question comes back {when}."


def offer_of(waiting: Waiting) -> str:
    due, new = waiting.due + waiting.due_beyond, waiting.new + waiting.new_beyond
    if waiting.due_beyond:
        return f"Go beyond: {amount(due, new)}"
    return f"{new} more new {'one' if new == 1 else 'ones'}" if new and not waiting.total else ""


def weak_card(count: int) -> Card:
    if not count:
        return NEVER_STUDIED
    return Card(f"{counted(count, 'weak question')}", ["Those you would recall worst now, due or not."])


def cram_card(matching: int, limit: int | None) -> Card:
    count = min(matching, limit or LONGEST)
    words = "Each is asked once, and your schedule stays as it is."
    return Card(
        f"{counted(count, 'question')} to cram",
        [words if count == matching else f"{words[:-1]}: {count} of {matching}."],
    )


def plan_card(user: User, selection: Selection, matching: int, begun: int, now: datetime) -> Card:
    """`selection`: what the plan's filter finds, so many; `begun`: how many of them at most are no longer new."""
    if begun > COUNTED_BEGUN:
        return Card("Your interview: what the plan asks today")
    asked = planned(user, selection.pool, matching, user.interview_plan, StudySettings.of(user), now)
    if not asked.total:
        return PLAN_DONE
    heading = f"{counted(asked.total, 'question')} for your interview today"
    if asked.new and asked.known:
        return Card(heading, [f"{asked.new} new and {asked.known} to see again."])
    return Card(heading, ["Not studied before." if asked.new else "Studied before."])


def coming_plan(user: User, settings: StudySettings, now: datetime) -> InterviewPlan | None:
    """That of a day to come."""
    plan: InterviewPlan | None = getattr(user, "interview_plan", None)
    return plan if plan and plan.day > settings.calendar.wall_date(now) else None


def is_the_day(user: User, settings: StudySettings, now: datetime) -> bool:
    plan: InterviewPlan | None = getattr(user, "interview_plan", None)
    return plan is not None and plan.day == settings.calendar.wall_date(now)


def plans(selection: Selection, plan: InterviewPlan) -> Selection:
    """What the plan's own filter finds."""
    return replace(selection, chosen=listed_filter(QueryDict(plan.query), selection))


def number_of(selection: Selection, version: int) -> int:
    """How many it finds; remembered where that is the same for everybody."""
    if selection.chosen.progress:
        return selection.found().count()
    return remembered((version, scope(selection.user), selection.chosen, "number"), selection.found().count)


def under_way(arrival: Arrival, settings: StudySettings, now: datetime) -> tuple[int | None, str]:
    """The session to take up again, one of the learner's day, and the hour at which it began."""
    calendar, begun = settings.calendar, arrival.begun_at
    if not begun or calendar.day(begun) != calendar.day(now):
        return None, ""
    return arrival.session, f"{begun.astimezone(calendar.zone):%H:%M}"


def first_of_all(
    user: User, selection: Selection, version: int, standing: Standing, arrival: Arrival, now: datetime
) -> dict[str, Any]:
    """What the front page leads to: the session under way, else the plan, else what is due and new."""
    settings = StudySettings.of(user)
    session, begun = under_way(arrival, settings, now)
    if session:
        card = Card("A session is under way", [f"You began it at {begun}."])
        return {"card": card, "way": reverse("study:session", args=[session]), "label": "Resume the session"}
    if is_the_day(user, settings, now):
        return {"card": THE_DAY, "way": reverse("study:sheet"), "label": "Open the sheet"}
    if plan := coming_plan(user, settings, now):
        asked = plans(selection, plan)
        card = plan_card(user, asked, number_of(asked, version), standing.begun, now)
        if card.asks:
            return {"card": card, "way": study_path(), "label": "Study for the interview"}
        return {"card": card, "way": f"{study_path()}?due=1", "label": "Study what is due"}
    if standing.mastered == standing.total:
        return {"card": ALL_MASTERED, "way": list_path(), "label": "Browse the questions"}
    card = due_card(due_counts.waiting(user, selection.pool, settings, now), settings, now)
    if card.asks:
        return {"card": card, "way": study_path(), "label": "Study"}
    if card.offer:
        return {"card": card, "way": f"{study_path()}?more=1", "label": card.offer}
    return {"card": card, "way": list_path(), "label": "Browse the questions"}


WORDS = {Mode.DUE: "due and new", Mode.WEAK: "weak ones", Mode.CRAM: "cram", Mode.INTERVIEW: "for the interview"}


def about(selection: Selection, mode: str) -> str:
    """What is studied, in words."""
    chosen = selection.chosen
    marks = [*filter(None, (chosen.difficulty, chosen.progress))]
    if chosen.set or chosen.source or chosen.tags:
        what = [facets.heading(selection), *marks]
    else:
        what = [" ".join([*marks, "questions"]).capitalize() if chosen else "Everything"]
    return ", ".join([*what, *([f"“{chosen.q}”"] if chosen.q else []), WORDS[Mode(mode)]])
