"""What is ahead of a learner today, in words."""

from dataclasses import dataclass, field

from questions.catalogue import facets
from questions.catalogue.selection import Selection
from questions.interview.today import Today
from questions.learner.context import LearnerContext
from questions.models import StudySession, StudySettings
from questions.rendering.words import counted

from .due_counts import DueCounts
from .options import LONGEST

Mode = StudySession.Mode
MODE_WORDS = {
    Mode.DUE: "due and new",
    Mode.WEAK: "weak ones",
    Mode.CRAM: "cram",
    Mode.INTERVIEW: "for the interview",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`asks`: whether a session has anything to ask; `offer`: what one beyond the day's limits
    would ask."""

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
INTERVIEW_DAY = Card(
    "The day of your interview",
    ["Read the sheet once more, and then rest."],
)
PLAN_ASKS_NOTHING = Card(
    "Your plan asks nothing more today",
    ["What is due can be studied all the same."],
    asks=False,
)
PLAN_NOT_COUNTED = Card("Your interview: what the plan asks today")


def due_card(counts: DueCounts, learner: LearnerContext) -> Card:
    if counts.total:
        return waiting_card(counts, learner.settings)
    if counts.due_beyond:
        words, offer = [review_limit(counts, learner.settings)], offer_beyond(counts)
        return Card("Done for today", words, asks=False, offer=offer)
    words = [when_back(counts, learner), new_limit(counts, learner.settings)]
    return Card("Nothing is due", said(words), asks=False, offer=offer_beyond(counts))


def waiting_card(counts: DueCounts, settings: StudySettings) -> Card:
    words = said([order_of_due(counts), review_limit(counts, settings)])
    offer = offer_beyond(counts) if counts.due_beyond else ""
    return Card(f"{amount(counts.due, counts.new)} today", words, offer=offer)


def said(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if sentence]


def amount(due: int, new: int) -> str:
    """ "3 due, 2 new", without what there is none of."""
    return ", ".join(said([f"{due} due" if due else "", f"{new} new" if new else ""]))


def order_of_due(counts: DueCounts) -> str:
    if counts.due:
        return "Due ones come first." if counts.new else "There is nothing new today."
    return "" if counts.due_beyond else "Nothing is due."


def review_limit(counts: DueCounts, settings: StudySettings) -> str:
    """What it keeps back; empty where it keeps nothing back."""
    more = counts.due_beyond
    limit = f"oday's limit of {counted(settings.reviews_per_day, 'review')}"
    if not more:
        return ""
    if counts.due:
        return f"{more} more {'is' if more == 1 else 'are'} due, over t{limit}."
    return f"T{limit} is reached; {more} more {'waits' if more == 1 else 'wait'}."


def new_limit(counts: DueCounts, settings: StudySettings) -> str:
    if counts.new or not counts.new_beyond:
        return ""
    return f"Today's limit of {counted(settings.new_per_day, 'new question')} is reached."


def when_back(counts: DueCounts, learner: LearnerContext) -> str:
    if counts.next_due:
        days = (learner.calendar.day(counts.next_due) - learner.day).days
        when = {0: "later today", 1: "tomorrow"}.get(days, f"in {days} days")
        return f"The next question comes back {when}."
    return "" if counts.new_beyond else "Nothing new is left for today either."


def offer_beyond(counts: DueCounts) -> str:
    due, new = counts.due + counts.due_beyond, counts.new + counts.new_beyond
    if counts.due_beyond:
        return f"Go beyond: {amount(due, new)}"
    if counts.total or not new:
        return ""
    return f"{new} more new {'one' if new == 1 else 'ones'}"


def weak_card(count: int) -> Card:
    if not count:
        return NEVER_STUDIED
    words = "Those you would recall worst now, due or not."
    return Card(counted(count, "weak question"), [words])


def cram_card(matching: int, limit: int | None) -> Card:
    count = min(matching, limit or LONGEST)
    words = "Each is asked once, and your schedule stays as it is"
    of_all = "" if count == matching else f": {count} of {matching}"
    return Card(f"{counted(count, 'question')} to cram", [f"{words}{of_all}."])


def plan_card(today: Today) -> Card:
    number = counted(today.total, "question")
    if not today.total:
        return PLAN_ASKS_NOTHING
    if today.done:
        heading = f"Today's {counted(today.minutes_planned, 'minute')} are done"
        return Card(heading, [f"You can go on: {number}."])
    return Card(f"{number} for your interview today", [kinds_in(today)])


def kinds_in(today: Today) -> str:
    if not today.known:
        return "Not studied before."
    if not today.new:
        return "Studied before."
    return f"{today.new} new and {today.known} to see again."


def about(selection: Selection, mode: str) -> str:
    """What is studied, in words."""
    chosen = selection.chosen
    search = f"“{chosen.q}”" if chosen.q else ""
    return ", ".join(said([*subject_of(selection), search, MODE_WORDS[Mode(mode)]]))


def subject_of(selection: Selection) -> list[str]:
    chosen = selection.chosen
    marks = said([chosen.difficulty, chosen.progress])
    if chosen.set or chosen.source or chosen.tags:
        return [facets.heading(selection), *marks]
    if chosen:
        return [" ".join([*marks, "questions"]).capitalize()]
    return ["Everything"]
