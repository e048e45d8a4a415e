"""What a learner knows of the questions of a plan."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from questions.catalogue.cache import remembered
from questions.catalogue.cache import scope as visibility
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan, Progress
from questions.models.progress import MEMORY
from questions.models.visibility import QuestionQuerySet
from questions.scheduling.fsrs import DAY, Memory
from questions.scheduling.planning import Item, Material

T = TypeVar("T")
# What of a row of Progress makes knowledge.
COLUMNS = ("question", "mastered_at", "buried_until", *MEMORY)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a learner knows of so many questions.

    The memories of the studied ones by question, which are mastered, studied or not, and until
    when some are buried.
    """

    questions: int
    memories: dict[int, Memory]
    mastered: frozenset[int]
    buried: dict[int, datetime]

    @classmethod
    def from_rows(cls, questions: int, rows: Iterable[tuple[Any, ...]]) -> "Knowledge":
        """`rows`: of Progress, with COLUMNS."""
        memories, mastered, buried = {}, set(), {}
        for question, mastered_at, buried_until, *memory in rows:
            if mastered_at:
                mastered.add(question)
            if buried_until:
                buried[question] = buried_until
            studied = Memory(*memory)
            if studied.last_review:
                memories[question] = studied
        return cls(questions, memories, frozenset(mastered), buried)

    def material(self, plan: InterviewPlan, now: datetime) -> Material:
        """What sessions may ask until the day: nothing mastered."""
        return self._material(plan, now, self.mastered)

    def material_of_today(self, plan: InterviewPlan, learner: LearnerContext) -> Material:
        """Nothing mastered or buried, and nothing that was studied today already."""
        left_out = set(self.mastered)
        for question, until in self.buried.items():
            if until > learner.now:
                left_out.add(question)
        start = learner.start_of_day
        for question, memory in self.memories.items():
            if memory.last_review and memory.last_review >= start:
                left_out.add(question)
        return self._material(plan, learner.now, left_out)

    def _material(self, plan: InterviewPlan, now: datetime, left_out: Set[int]) -> Material:
        known = []
        for question, memory in self.memories.items():
            last = memory.last_review
            if question in left_out or not (last and memory.stability and memory.difficulty):
                continue
            days, seen = (now - last) / DAY, last >= plan.since
            known.append(Item(question, memory.stability, memory.difficulty, days, seen))
        return Material(known, self.questions - len(self.memories.keys() | left_out))


def counted(
    learner: LearnerContext,
    scope: SessionScope,
    name: str,
    count: Callable[[], T],
) -> T:
    """What `count` says of a scope, remembered where it is the same for everybody."""
    if scope.chosen.progress:
        return count()
    key = (learner.catalogue_version, visibility(learner.user), scope.chosen, name)
    return remembered(key, count)


def question_count(learner: LearnerContext, scope: SessionScope) -> int:
    return counted(learner, scope, "number", scope.questions().count)


def knowledge_of(learner: LearnerContext, scope: SessionScope) -> Knowledge:
    """Mastered ones belong to it, for the interviewer asks them as well."""
    rows = Progress.objects.begun_or_buried().filter(scope.contains("question"), user=learner.user)
    return Knowledge.from_rows(question_count(learner, scope), rows.values_list(*COLUMNS))


def fresh_questions(learner: LearnerContext, scope: SessionScope) -> QuestionQuerySet:
    """Those that the learner has not begun, without buried ones, in no order."""
    mine = Progress.objects.filter(user=learner.user, question=OuterRef("pk"))
    return scope.questions().exclude(Exists(mine.begun() | mine.out_of_play(learner.now)))
