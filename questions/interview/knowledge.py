"""What a learner knows of the questions of a plan."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef

from questions.catalogue.cache import audience, remembered
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan, Progress
from questions.models.progress import MEMORY
from questions.models.visibility import QuestionQuerySet
from questions.scheduling.fsrs import DAY, Memory
from questions.scheduling.planning import Material, PlanItem

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
        for question, mastered_at, buried_until, *columns in rows:
            memory = Memory(*columns)
            if mastered_at:
                mastered.add(question)
            if buried_until:
                buried[question] = buried_until
            if memory.last_review:
                memories[question] = memory
        return cls(questions, memories, frozenset(mastered), buried)

    def material(self, plan: InterviewPlan, now: datetime) -> Material:
        """What sessions may ask until the day: nothing mastered."""
        return self._without(self.mastered, plan, now)

    def material_of_today(self, plan: InterviewPlan, learner: LearnerContext) -> Material:
        """Nothing mastered or buried, and nothing that was studied today already."""
        buried = {question for question, until in self.buried.items() if until > learner.now}
        studied = self._studied_since(learner.start_of_day)
        return self._without(self.mastered | buried | studied, plan, learner.now)

    def _studied_since(self, start: datetime) -> set[int]:
        return {
            question for question, memory in self.memories.items() if memory.last_review and memory.last_review >= start
        }

    def _without(self, left_out: Set[int], plan: InterviewPlan, now: datetime) -> Material:
        items = [item_of(question, memory, plan, now) for question, memory in self.memories.items()]
        known = [item for item in items if item and item.id not in left_out]
        return Material(known, self.questions - len(self.memories.keys() | left_out))


def item_of(question: int, memory: Memory, plan: InterviewPlan, now: datetime) -> PlanItem | None:
    """None without a memory that can be planned with."""
    last = memory.last_review
    if not (last and memory.stability and memory.difficulty):
        return None
    days, seen = (now - last) / DAY, last >= plan.since
    return PlanItem(question, memory.stability, memory.difficulty, days, seen)


def counted(
    learner: LearnerContext,
    scope: SessionScope,
    name: str,
    count: Callable[[], T],
) -> T:
    """What `count` says of a scope, remembered where it is the same for everybody."""
    if scope.chosen.progress:
        return count()
    key = (learner.catalogue_version, audience(learner.user), scope.chosen, name)
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
