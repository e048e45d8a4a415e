"""What a learner may start: which questions, in which way, and what a session would ask."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from questions.catalogue.counts import Standing
from questions.catalogue.listing import Listing, everything_listed
from questions.catalogue.selection import Selection, listed_filter
from questions.interview.plan import plan_selection
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan, StudySession

from . import cards
from .cards import Card
from .due_counts import due_counts, weak_count
from .front_page import plan_card
from .options import SessionOptions, read_options, study_address, study_path

Mode = StudySession.Mode


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What an address or a form asks for, as this learner can have it."""

    learner: LearnerContext
    listing: Listing
    options: SessionOptions

    @property
    def narrowed(self) -> bool:
        return bool(self.listing.selection.chosen)

    @property
    def plan(self) -> InterviewPlan | None:
        return self.learner.coming_plan

    @property
    def mode(self) -> str:
        """The plan has questions of its own: whoever chooses others leaves it aside."""
        if self.options.mode in self.modes:
            return self.options.mode
        return Mode.INTERVIEW if Mode.INTERVIEW in self.modes else Mode.DUE

    @property
    def selection(self) -> Selection:
        if self.plan and self.mode == Mode.INTERVIEW:
            return plan_selection(self.listing.selection, QueryDict(self.plan.query))
        return self.listing.selection

    @property
    def modes(self) -> set[str]:
        """Those that the form offers."""
        offered = set(Mode.values)
        if self.narrowed or not self.plan:
            offered.remove(Mode.INTERVIEW)
        return offered

    @property
    def address(self) -> str:
        """Which leads here."""
        options = replace(self.options, mode=self.mode) if self.options.mode else self.options
        return study_address(self.listing.selection.chosen, options)

    @property
    def is_plain(self) -> bool:
        """Nothing is asked for but what suits the learner."""
        return self.address == study_path()


def wish_of(learner: LearnerContext, params: QueryDict) -> SessionWish:
    listing = everything_listed(learner)
    chosen = listed_filter(params, listing.selection)
    selection = replace(listing.selection, chosen=chosen)
    return SessionWish(learner, replace(listing, selection=selection), read_options(params))


def card_of(wish: SessionWish, standing: Standing) -> Card | None:
    """What a session would ask; None where nothing matches."""
    learner, selection, limit = wish.learner, wish.selection, wish.options.limit
    matching = matching_count(selection, standing)
    if not matching:
        return None
    if wish.mode == Mode.CRAM:
        return cards.cram_card(matching, limit)
    if wish.mode == Mode.WEAK:
        return cards.weak_card(weak_count(learner, selection.scope, limit))
    if wish.mode == Mode.INTERVIEW:
        return plan_card(learner, selection, standing.begun)
    if asks_only_mastered(selection, standing):
        return cards.ALL_MASTERED
    counts = due_counts(learner, selection.scope, matching, more=wish.options.more)
    return cards.due_card(counts, learner)


def matching_count(selection: Selection, standing: Standing) -> int:
    marks = selection.chosen.progress
    return getattr(standing, marks) if marks else standing.total


def asks_only_mastered(selection: Selection, standing: Standing) -> bool:
    if selection.chosen.progress in {"mastered", "changed"}:
        return True
    return standing.mastered == standing.total
