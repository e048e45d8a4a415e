"""What the front page leads to: the session under way, else the plan, else what is due and new."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from questions.catalogue.counts import Standing
from questions.catalogue.filters import list_path
from questions.catalogue.selection import Selection
from questions.interview.plan import plan_selection
from questions.interview.today import today_for
from questions.learner.context import LearnerContext
from questions.models import StudySession

from . import cards
from .cards import Card
from .due_counts import due_counts
from .options import study_path

# Of so many questions begun, to count what a plan asks costs more than the rest of a page.
COUNTED_BEGUN = 1_000


@dataclass(frozen=True, slots=True)
class NextStep:
    card: Card
    path: str
    label: str


def session_to_resume(learner: LearnerContext) -> StudySession | None:
    """The one under way, if it is of the learner's day."""
    session = learner.session
    if session and learner.calendar.day(session.started_at) == learner.day:
        return session
    return None


def hour_of(moment: datetime, learner: LearnerContext) -> str:
    return f"{moment.astimezone(learner.calendar.zone):%H:%M}"


def plan_card(learner: LearnerContext, selection: Selection, begun: int) -> Card:
    """`selection`: what the plan's filter finds; `begun`: of how many questions at most."""
    if begun > COUNTED_BEGUN:
        return cards.PLAN_NOT_COUNTED
    return cards.plan_card(today_for(learner, selection.scope))


def next_step(learner: LearnerContext, everything: Selection, standing: Standing) -> NextStep:
    """`everything` that the learner is listed."""
    session = session_to_resume(learner)
    if session:
        words = f"You began it at {hour_of(session.started_at, learner)}."
        card = Card("A session is under way", [words])
        path = reverse("study:session", args=[session.pk])
        return NextStep(card, path, "Resume the session")
    if learner.days_to_interview == 0:
        return NextStep(cards.INTERVIEW_DAY, reverse("study:sheet"), "Open the sheet")
    if learner.coming_plan:
        selection = plan_selection(everything, QueryDict(learner.coming_plan.query))
        return _step_of_plan(plan_card(learner, selection, standing.begun))
    if standing.mastered == standing.total:
        return NextStep(cards.ALL_MASTERED, list_path(), "Browse the questions")
    counts = due_counts(learner, everything.scope, standing.total)
    return _step_of_due(cards.due_card(counts, learner))


def _step_of_plan(card: Card) -> NextStep:
    if card.asks:
        return NextStep(card, study_path(), "Study for the interview")
    return NextStep(card, f"{study_path()}?due=1", "Study what is due")


def _step_of_due(card: Card) -> NextStep:
    if card.asks:
        return NextStep(card, study_path(), "Study")
    if card.offer:
        return NextStep(card, f"{study_path()}?more=1", card.offer)
    return NextStep(card, list_path(), "Browse the questions")
